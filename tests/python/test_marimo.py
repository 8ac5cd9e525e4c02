import asyncio
import sys
import types

import layerscope as ls
import numpy as np
import pytest
from layerscope import _asset

import unit_answers


class StoppedCell(BaseException):
    """What marimo raises to stop a cell without an error."""


class FakeMarimo(types.ModuleType):
    """As much of marimo as cells see."""

    def __init__(self):
        super().__init__("marimo")
        self.shown = []

    def running_in_notebook(self):
        return True

    def plain_text(self, text):
        return text

    def vstack(self, items):
        return list(items)

    def stop(self, predicate, output):
        assert predicate
        self.shown.append(output)
        raise StoppedCell


@pytest.fixture
def marimo(monkeypatch):
    fake = FakeMarimo()
    monkeypatch.setitem(sys.modules, "marimo", fake)
    return fake


def run_cell(make):
    async def cell():
        return await make()

    return asyncio.run(cell())


def wakes(page):
    return page.kinds().count("wake")


def test_a_cell_that_awaits_is_stopped_with_a_line_of_progress_and_woken_when_the_results_are_here(notebook, marimo):
    page = notebook(ls.UmapScatter(np.zeros((4, 3))))
    with pytest.raises(StoppedCell):
        run_cell(lambda: page.widget)
    line, advice = marimo.shown[0]
    assert (line._widget, line._of) == ("progress", page.widget._id)
    assert advice.startswith("This cell runs again when the page is done")
    page.is_done()
    assert wakes(page) == 0
    page.answer({"dims": 2}, np.zeros(8, np.float32).tobytes())
    assert wakes(page) == 1
    assert run_cell(lambda: page.widget) is page.widget


def test_a_page_that_failed_wakes_the_cell_which_says_why(notebook, marimo):  # noqa: ARG001
    page = notebook(ls.UmapScatter(np.zeros((4, 3))))
    with pytest.raises(StoppedCell):
        run_cell(lambda: page.widget)
    page.say("status", status={"phase": "failed", "reason": "Row 1 is NaN.", "remedy": "Fill it.", "details": ""})
    assert wakes(page) == 1
    with pytest.raises(ls.PageError, match=r"^Row 1 is NaN\. Fill it\.$"):
        run_cell(lambda: page.widget)


def test_a_question_is_asked_once_however_often_its_cell_runs(notebook, marimo, tmp_path):  # noqa: ARG001
    page = notebook(ls.UmapScatter(coords=np.zeros((4, 2))))
    page.is_done()
    paths = [tmp_path / "a.png", tmp_path / "b.png"]
    for path in paths:
        with pytest.raises(StoppedCell):
            run_cell(lambda path=path: page.widget.save(path))
    assert page.kinds().count("command") == 2
    commands = [content for content, _ in page.heard if content["kind"] == "command"]
    for command in commands:
        page.say("answer", id="head", of=command["id"], header={}, total=1)
        page.say("answer-chunk", b"p", id="chunk", of=command["id"], offset=0)
        # Each of the two wakes both cells; neither may ask again for that.
        for path in paths:
            if path.exists():
                assert run_cell(lambda path=path: page.widget.save(path)) == path
    assert page.kinds().count("command") == 2
    assert wakes(page) == 2
    page.widget.selected = [1]
    with pytest.raises(StoppedCell):
        run_cell(lambda: page.widget.save(paths[0]))
    assert page.kinds().count("command") == 3


def test_a_picture_that_nobody_awaits_wakes_nobody(notebook, marimo, tmp_path):  # noqa: ARG001
    page = notebook(ls.UmapScatter(coords=np.zeros((4, 2))))
    page.is_done()
    page.widget.save(tmp_path / "map.png")
    page.answer({}, b"picture")
    assert (tmp_path / "map.png").read_bytes() == b"picture"
    assert wakes(page) == 0


def test_freezing_is_refused_where_no_outputs_are_kept(notebook, marimo):  # noqa: ARG001
    page = notebook(ls.UmapScatter(coords=np.zeros((4, 2))))
    with pytest.raises(ls.InputError, match=r"^marimo keeps no outputs that a picture could replace\. Write save"):
        page.widget.freeze()


def test_the_page_is_told_that_cells_follow_what_it_writes(notebook, marimo, monkeypatch):  # noqa: ARG001
    assert notebook(ls.UmapScatter(coords=np.zeros((4, 2)))).widget._reactive
    monkeypatch.delitem(sys.modules, "marimo")
    assert not notebook(ls.UmapScatter(coords=np.zeros((4, 2)))).widget._reactive


def test_wrapped_widgets_are_linked_and_exported_as_what_is_inside(notebook, marimo, tmp_path):  # noqa: ARG001
    wrapper = type("anywidget", (), {"__module__": "marimo.ui", "_id": "other"})
    pages = [notebook(ls.UmapScatter(coords=np.zeros((4, 2)))) for _ in range(2)]
    wrapped = []
    for page in pages:
        wrapped.append(wrapper())
        wrapped[-1].widget = page.widget
    ls.link(*wrapped)
    wrapped[0].widget.selected = [2]
    assert pages[1].widget.selected.tolist() == [2]
    text = ls.to_html(tmp_path / "map.html", *wrapped).read_text(encoding="utf-8")
    assert pages[0].widget._id in text
    assert "other" not in text


def test_the_code_is_given_anew_when_the_cell_that_made_its_model_ran_again(notebook, marimo):  # noqa: ARG001
    first = notebook(ls.UmapScatter(coords=np.zeros((4, 2)))).widget
    _asset.asset().comm.close()
    second = notebook(ls.UmapScatter(coords=np.zeros((4, 2)))).widget
    assert second._core is not first._core


def test_a_mosaic_follows_a_wrapped_scatter_under_one_name_however_often_its_cell_runs(notebook, marimo):  # noqa: ARG001
    wrapped = type("anywidget", (), {"__module__": "marimo.ui", "_id": "other"})()
    wrapped.widget = ls.UmapScatter(np.zeros((4, 3)))
    tiles = np.zeros((4, 8, 8), np.uint8)
    names = {ls.Mosaic(tiles, wrapped)._props["follows"] for _ in range(2)}
    assert names == {wrapped.widget._props["shares"]}


def test_a_grid_is_asked_for_once_however_often_its_cell_runs(notebook, marimo):  # noqa: ARG001
    page = notebook(ls.Mosaic(np.zeros((4, 8, 8), np.uint8), np.zeros((4, 2))))
    page.is_done()
    numbers = np.zeros(5, "<i4").tobytes()
    page.answer({"columns": 1, "rows": 1}, numbers)
    asked = page.kinds().count("command")
    for _ in range(2):
        with pytest.raises(StoppedCell):
            run_cell(lambda: page.widget.generate_grid(1))
    assert page.kinds().count("command") == asked + 1
    page.answer({"columns": 1, "rows": 1}, numbers)
    assert run_cell(lambda: page.widget.generate_grid(1)) is page.widget
    assert page.kinds().count("command") == asked + 1


def test_questions_that_belong_together_are_asked_once_however_often_their_cell_runs(notebook, marimo, tmp_path):  # noqa: ARG001
    page = notebook(ls.UnitStatistics(np.zeros((4, 3)), list("aabb"), [1, 2, 3, 4]))
    page.is_done()
    page.answer_all(ranking=unit_answers.ranking())
    asked = page.kinds().count("command")
    for _ in range(2):
        with pytest.raises(StoppedCell):
            run_cell(lambda: page.widget.stats(tmp_path))
    assert page.kinds().count("command") == asked + 2
    page.answer_all(ranking=unit_answers.ranking(), stats=unit_answers.stats(), summary=({}, b"slide,category"))
    tile_stats, *_ = run_cell(lambda: page.widget.stats(tmp_path))
    assert tile_stats[0]["f"] == 2.5
    assert (tmp_path / "slide_level_summary.csv").read_bytes() == b"slide,category"
    assert page.kinds().count("command") == asked + 2


def test_plotting_leaves_it_to_marimo_to_show_what_a_cell_ends_with(notebook, marimo, capsys):  # noqa: ARG001
    mosaic = ls.Mosaic(np.zeros((4, 8, 8), np.uint8), np.zeros((4, 2)))
    assert mosaic.plot() is mosaic
    assert not capsys.readouterr().out
