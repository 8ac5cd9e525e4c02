import base64
import struct

import layerscope as ls
import numpy as np
import pytest

PNG = b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", 2100, 1050)


@pytest.fixture
def displayed(monkeypatch):
    shown = []
    monkeypatch.setattr("IPython.display.display", lambda *data, **options: shown.append((data, options)))
    return shown


async def test_freeze_replaces_the_output_that_is_on_show_by_a_picture(notebook, displayed):
    page = notebook(ls.UmapScatter(coords=np.zeros((4, 2))))
    page.widget._ipython_display_()
    ((data, *_), options), *_ = displayed
    assert "application/vnd.jupyter.widget-view+json" in data
    page.is_done()
    frozen = page.widget.freeze()
    assert page.last("command")[0]["options"] == {"format": "png"}
    page.answer({}, PNG)
    assert await frozen is None
    (picture,), update = displayed[-1]
    assert update["display_id"] == options["display_id"]
    assert update["update"] is True
    assert base64.b64decode(picture["image/png"]) == PNG
    assert update["metadata"]["image/png"] == {"width": 640, "height": 320}


def test_a_frozen_widget_is_shown_as_its_picture(notebook, displayed):
    page = notebook(ls.UmapScatter(coords=np.zeros((4, 2))))
    page.is_done()
    page.widget.freeze()
    page.answer({}, PNG)
    page.widget._ipython_display_()
    assert "image/png" in displayed[-1][0][0]


def test_an_output_that_was_kept_as_text_says_what_it_was(notebook, displayed):
    page = notebook(ls.UmapScatter(coords=np.zeros((4, 2))))
    page.widget._ipython_display_()
    assert displayed[0][0][0]["text/plain"].startswith("UmapScatter(4 × 2, coordinates given)")


def test_plot_shows_a_mosaic_once_though_the_cell_ends_with_it(notebook, displayed, monkeypatch):
    from layerscope import _mosaic, _widget

    number = 1
    for module in (_mosaic, _widget):
        monkeypatch.setattr(module, "cell_number", lambda: number)
    mosaic = notebook(ls.Mosaic(np.zeros((4, 2, 2), np.uint8), np.zeros((4, 2)))).widget
    assert mosaic.plot() is mosaic
    ((shown,), _), *_ = displayed
    assert shown is mosaic
    before = len(displayed)
    mosaic._ipython_display_()
    assert len(displayed) == before
    number = 2
    mosaic._ipython_display_()
    assert len(displayed) == before + 1
