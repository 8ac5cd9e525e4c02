import base64
import gzip
import json
import re
import sys

import layerscope as ls
import numpy as np
import pytest
from layerscope import _left_out

EVIL = "</script><img src=x onerror=alert(1)>"


def blocks_of(page):
    found = re.findall(r'<script type="text/plain" id="ls-([^"]+)">([^<]*)</script>', page)
    return {key: gzip.decompress(base64.b64decode(text)) for key, text in found}


def state_of(page):
    (text,) = re.findall(r'<script type="application/json" id="ls-state">([^<]*)</script>', page)
    return json.loads(text)


@pytest.fixture
def points():
    return np.arange(40, dtype=np.float32).reshape(20, 2)


@pytest.fixture
def exported(notebook, points, tmp_path):
    page = notebook(ls.UmapScatter(points, labels=[EVIL, "b"] * 10, names=[EVIL] * 20, images=np.zeros((20, 4, 4))))
    return page.widget, page.widget.to_html(tmp_path / "map.html", title=EVIL).read_text(encoding="utf-8")


def test_the_page_may_ask_for_nothing_from_anywhere(exported):
    _, page = exported
    assert "default-src 'none'" in page
    assert "connect-src data: blob:" in page
    assert not re.search(r"""(src|href|url)\s*[=(]\s*["']?https?:""", page)


def test_labels_and_titles_with_markup_are_text(exported):
    widget, page = exported
    assert EVIL not in page
    assert "<img" not in page
    assert "&lt;/script&gt;&lt;img" in page
    assert state_of(page)["models"][widget._id]["_props"]["labels"]["names"] == sorted([EVIL, "b"])


def test_everything_that_the_page_needs_is_in_it(exported, points):
    widget, page = exported
    blocks = blocks_of(page)
    assert {"core", "part-plotly", "part-pdf"} < set(blocks)
    assert blocks[widget._props["points"]["$array"]["key"]] == points.tobytes()
    assert json.loads(blocks[widget._props["names"]["$text"]["key"]]) == [EVIL] * 20
    assert blocks[widget._props["images"]["$images"]["key"]] == widget._facts.images.pack(range(20))


def test_what_two_widgets_share_is_in_the_page_once_and_links_stay(notebook, points, tmp_path):  # noqa: ARG001
    first, second = ls.UmapScatter(points), ls.UmapScatter(points, n_neighbors=5)
    ls.link(first, second)
    first.selected = [3]
    page = ls.to_html(tmp_path / "maps.html", first, second).read_text(encoding="utf-8")
    assert page.count(f'id="ls-{first._source.table.blocks[0].key}"') == 1
    assert page.count("data-ls-view=") == 2
    models = state_of(page)["models"]
    assert models[first._id]["_group"] == models[second._id]["_group"] != ""
    assert base64.b64decode(models[second._id]["_selected"]["$bytes"]) == first._selected


def test_a_map_that_is_known_goes_along_and_large_points_stay_out(notebook, points, tmp_path, monkeypatch):
    page = notebook(ls.UmapScatter(points))
    page.write("_saved", b"\x02\x00\x00\x00{}")
    key = page.widget._source.table.blocks[0].key
    small = page.widget.to_html(tmp_path / "small.html").read_text(encoding="utf-8")
    assert key in blocks_of(small)
    assert base64.b64decode(state_of(small)["models"][page.widget._id]["_saved"]["$bytes"]) == page.widget._saved
    monkeypatch.setattr(_left_out, "SMALL", 10)
    large = page.widget.to_html(tmp_path / "large.html").read_text(encoding="utf-8")
    assert key not in blocks_of(large)
    assert "points" not in state_of(large)["models"][page.widget._id]["_props"]
    asked = page.widget.to_html(tmp_path / "asked.html", points=True).read_text(encoding="utf-8")
    assert key in blocks_of(asked)


def test_points_go_along_whatever_their_size_when_there_is_no_map_yet(notebook, points, tmp_path, monkeypatch):  # noqa: ARG001
    monkeypatch.setattr(_left_out, "SMALL", 10)
    widget = ls.UmapScatter(points)
    assert widget._source.table.blocks[0].key in blocks_of(
        widget.to_html(tmp_path / "map.html").read_text(encoding="utf-8")
    )


def test_large_pictures_stay_out_and_the_page_says_so(notebook, points, tmp_path, monkeypatch):  # noqa: ARG001
    monkeypatch.setattr(_left_out, "SMALL", 1000)
    widget = ls.UmapScatter(points, images=np.zeros((20, 200, 200), np.uint8))
    page = widget.to_html(tmp_path / "map.html").read_text(encoding="utf-8")
    assert "The pictures (1 MB) are not in this page. to_html(path, images=True) adds them." in page
    assert "images" not in state_of(page)["models"][widget._id]["_props"]
    asked = widget.to_html(tmp_path / "map.html", images=True).read_text(encoding="utf-8")
    assert widget._facts.images.key in blocks_of(asked)


def test_nothing_to_write_is_refused(tmp_path):
    with pytest.raises(ls.InputError, match=r"^There is no widget to write\."):
        ls.to_html(tmp_path / "map.html")


def test_numpy_is_not_needed_to_import_the_package():
    import subprocess

    code = "import sys; sys.modules['numpy'] = None; import layerscope"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=_environment(), check=False)  # noqa: S603
    assert done.returncode == 0, done.stderr


def _environment():
    import os

    return {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}


TILES = np.arange(20 * 16, dtype=np.uint8).reshape(20, 4, 4)


def known(notebook, points):
    """A mosaic whose scatter, and which itself, the page has computed."""
    scatter = ls.UmapScatter(points)
    page = notebook(ls.Mosaic(TILES, scatter, labels=["a", "b"] * 10, tile_meta=points))
    page.widget._take_embedding({"dims": 3}, np.arange(60, dtype="<f4").tobytes())
    return scatter, page.widget


def test_a_mosaic_alone_in_its_page_brings_the_map_that_it_follows(notebook, points, tmp_path):
    _, mosaic = known(notebook, points)
    page = mosaic.to_html(tmp_path / "tiles.html").read_text(encoding="utf-8")
    props, blocks = state_of(page)["models"][mosaic._id]["_props"], blocks_of(page)
    assert not {"follows", "points"} & set(props)
    assert props["axes"] == ["UMAP 1", "UMAP 2"]
    coords = np.frombuffer(blocks[props["coords"]["$array"]["key"]], "<f4").reshape(20, 2)
    assert coords.tolist() == mosaic.embedding[:, :2].tolist()
    assert blocks[props["images"]["$images"]["key"]] == mosaic._facts.images.pack(range(20))
    # The points themselves are there for the centroids alone.
    assert blocks[props["tileMeta"]["$array"]["key"]] == points.tobytes()
    assert mosaic._props["points"]["$array"]["key"] not in set(blocks) - {props["tileMeta"]["$array"]["key"]}
    assert "follows" in mosaic._props


def test_a_mosaic_beside_its_scatter_goes_on_following_it(notebook, points, tmp_path):
    scatter, mosaic = known(notebook, points)
    page = ls.to_html(tmp_path / "both.html", scatter, mosaic).read_text(encoding="utf-8")
    models = state_of(page)["models"]
    assert models[mosaic._id]["_props"]["follows"] == models[scatter._id]["_props"]["shares"]
    assert models[mosaic._id]["_group"] == models[scatter._id]["_group"] != ""


def test_nothing_that_its_map_was_computed_from_goes_along_but_the_seed(notebook, points, tmp_path):
    knn = (np.zeros((20, 4), int), np.ones((20, 4)))
    scatter = ls.UmapScatter(points, precomputed_knn=knn, init=np.zeros((20, 2)), random_state=7)
    page = notebook(ls.Mosaic(TILES, scatter, tile_select="random"))
    page.widget._embedding = np.zeros((20, 2), "<f4")
    written = page.widget.to_html(tmp_path / "tiles.html").read_text(encoding="utf-8")
    props = state_of(written)["models"][page.widget._id]["_props"]
    assert props["seed"] == 7
    named = json.dumps(props)
    left = {key for key in blocks_of(written) if key not in named}
    assert not left & {block.key for block in scatter._source.blocks}


def test_a_mosaic_whose_map_is_not_known_yet_brings_its_points(notebook, points, tmp_path):  # noqa: ARG001
    mosaic = ls.Mosaic(TILES, ls.UmapScatter(points))
    page = mosaic.to_html(tmp_path / "tiles.html").read_text(encoding="utf-8")
    props = state_of(page)["models"][mosaic._id]["_props"]
    assert "follows" not in props
    assert blocks_of(page)[props["points"]["$array"]["key"]] == points.tobytes()


def test_the_picture_to_normalise_by_goes_along(notebook, points, tmp_path):  # noqa: ARG001
    mosaic = ls.Mosaic(TILES, points, normalizer="macenko", normalizer_source=TILES[4])
    page = mosaic.to_html(tmp_path / "tiles.html").read_text(encoding="utf-8")
    props = state_of(page)["models"][mosaic._id]["_props"]
    assert blocks_of(page)[props["normalizerSource"]["$images"]["key"]].endswith(TILES[4].tobytes())
