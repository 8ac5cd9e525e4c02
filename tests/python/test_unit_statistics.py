import re
from pathlib import Path

import layerscope as ls
import numpy as np
import pytest
from layerscope import _unit_ranking

import unit_answers

VALUES = np.arange(18.0).reshape(6, 3)
LABELS = ["a", "a", "b", "b", "c", "c"]
SLIDES = ["s2", "s2", "s1", "s1", "s3", "s3"]
STATS = unit_answers.stats()
RANKING = unit_answers.ranking()


@pytest.fixture
def page(notebook):
    page = notebook(ls.UnitStatistics(VALUES, LABELS, SLIDES, "slide", "anova", "median", 0.25, permutations=0))
    page.is_done()
    return page


def asked(page):
    return [(content["name"], content["options"]) for content, _ in page.heard if content["kind"] == "command"]


def test_every_array_that_is_read_is_named_by_the_page():
    """Names that Python reads are those of src/widgets/box-plot/data/answers.ts."""
    source = (Path(__file__).parents[2] / "src/widgets/box-plot/data/answers.ts").read_text()
    written = set(re.findall(r'"(\w+)"', source)) | set(re.findall(r"\$\{level\}\.(\w+)`", source))
    ranked = {*_unit_ranking._COLUMNS.values(), "ranking", "missing", "means"}
    assert ranked | {"f", "p", "values", "groups"} <= written


async def test_stats_are_slideflows_three(page):
    question = page.widget.stats()
    assert asked(page)[-1] == ("stats", {"method": "mean", "threshold": 0.5})
    page.answer_all(ranking=RANKING, stats=STATS)
    tile_stats, slide_stats, category_stats = await question
    assert tile_stats == {0: {"f": 2.5, "p": 0.25}, 1: {"f": np.inf, "p": 0}, 2: {"f": -1, "p": 1}}
    assert slide_stats == {0: {"f": 20.5, "p": 0.125}, 1: {"f": 0.5, "p": 0.5}, 2: {"f": -1, "p": 1}}
    # A class without slides has no array.
    assert [array.tolist() for array in category_stats] == [[[3, 4, 0]], [[1, 2, 0], [5, 6, 0]]]


async def test_the_summary_is_written_into_a_folder_by_the_same_rule(page, tmp_path):
    question = page.widget.stats(tmp_path / "new" / "folder", "threshold", 0.75)
    how = {"method": "threshold", "threshold": 0.75}
    assert asked(page)[-2:] == [("stats", how), ("summary", how)]
    assert repr(question) == "<stats: on its way; await it, summary: on its way; await it>"
    page.answer_all(ranking=RANKING, stats=STATS, summary=({}, b"slide,category\n"))
    tile_stats, *_ = await question
    assert tile_stats[0]["f"] == 2.5
    assert (tmp_path / "new" / "folder" / "slide_level_summary.csv").read_bytes() == b"slide,category\n"


async def test_a_summary_that_can_not_be_written_is_an_error_of_the_call(page, tmp_path):
    (tmp_path / "file").write_text("")
    question = page.widget.stats(tmp_path / "file")
    page.answer_all(ranking=RANKING, stats=STATS, summary=({}, b""))
    with pytest.raises(FileExistsError):
        await question


async def test_units_are_ordered_by_slide_or_by_tile(page):
    by_slide, by_tile = page.widget.get_top_nodes_by_slide(), page.widget.get_top_nodes_by_tile()
    assert asked(page)[-2:] == [("ranking", {"of": "classes"})] * 2
    page.answer_all(ranking=RANKING)
    assert await by_slide == [2, 0, 1]
    assert await by_tile == [1, 2, 0]


async def test_units_are_ranked_for_what_is_selected(page):
    with pytest.raises(ls.InputError) as caught:
        page.widget.rank_selection()
    assert str(caught.value) == "No row is selected. Select some, here or in a linked widget."
    page.widget.selected = [0, 3]
    question = page.widget.rank_selection()
    assert asked(page)[-1] == ("ranking", {"of": "selection"})
    page.answer_all(ranking=unit_answers.ranking(order=(1, 0, 2), selected=2))
    ranking = await question
    assert ranking["unit"].tolist() == [1, 0, 2]
    assert ranking["mean_selected"].tolist() == [2, 1, 3]
    assert ranking["mean_rest"].tolist() == [5, 4, 6]


async def test_box_plots_are_written_under_the_names_that_the_page_gives(page, tmp_path):
    question = page.widget.box_plots([2], tmp_path / "plots")
    assert asked(page)[-1] == ("boxPlots", {"units": [2]})
    pictures = {"boxplot_2 (tile-level).png": b"tiles", "../boxplot_2 (slide-level).png": b"slide"}
    page.answer_all(ranking=RANKING, boxPlots=unit_answers.files(**pictures))
    paths = await question
    assert paths == [tmp_path / "plots" / f"boxplot_2 ({level}-level).png" for level in ("tile", "slide")]
    assert [path.read_bytes() for path in paths] == [b"tiles", b"slide"]
    assert not list(tmp_path.glob("*.png"))


def test_box_plots_of_no_unit_named_are_of_the_best(page):
    for units in (None, "top"):
        page.widget.box_plots(units)
        assert asked(page)[-1] == ("boxPlots", {"units": None})
    with pytest.raises(ls.InputError, match=r"^There is no unit 3 in 3 units\."):
        page.widget.box_plots([3])


def test_without_slides_nothing_is_said_of_slides(notebook):
    statistics = notebook(ls.UnitStatistics(VALUES, LABELS)).widget
    for name in ("stats", "get_top_nodes_by_slide"):
        with pytest.raises(ls.InputError) as caught:
            getattr(statistics, name)()
        assert str(caught.value) == f"{name}() compares slides, and they are unknown. Pass slides, one a row."
    assert repr(statistics.get_top_nodes_by_tile()) == "<ranking: on its way; await it>"


def test_another_method_is_refused(page):
    with pytest.raises(ls.InputError, match=r'^Unknown method: "sum"\. Pass mean, median or threshold\.$'):
        page.widget.stats(method="sum")
    with pytest.raises(ls.InputError, match=r"^threshold: expected a number, got Infinity$"):
        page.widget.stats(method="threshold", threshold=np.inf)


def test_it_is_shown_as_a_line_and_the_box_plot_as_a_picture(notebook, monkeypatch):
    shown = []
    monkeypatch.setattr("IPython.display.display", lambda *data, **_: shown.append(data[0]))
    statistics = notebook(ls.UnitStatistics(VALUES, LABELS)).widget
    statistics._ipython_display_()
    assert (shown[-1]._widget, shown[-1]._of) == ("progress", statistics._id)
    notebook(ls.BoxPlot(VALUES, LABELS)).widget._ipython_display_()
    assert "application/vnd.jupyter.widget-view+json" in shown[-1]


async def test_what_is_asked_of_statistics_that_are_nowhere_on_show_puts_a_line_there(notebook, monkeypatch):
    shown = []
    monkeypatch.setattr("IPython.display.display", lambda *data, **_: shown.append(data[0]))
    page = notebook(ls.UnitStatistics(VALUES, LABELS))
    question = page.widget.get_top_nodes_by_tile()

    async def answer(*_):
        page.is_done()
        page.answer_all(ranking=RANKING)

    monkeypatch.setattr("layerscope._asker.WidgetAsker.wait", answer)
    assert await question == [1, 2, 0]
    assert [line._of for line in shown] == [page.widget._id]


def test_the_repr_and_what_is_not_ready_name_it(page):
    assert repr(page.widget) == "UnitStatistics(6 × 3, 3 classes, 3 slides): done in 1.2 s"
    with pytest.raises(ls.NotReadyError, match=r"Write await statistics, then read statistics\.ranking\.$"):
        _ = page.widget.ranking
