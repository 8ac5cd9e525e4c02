import base64
import json
import re
from pathlib import Path

import layerscope as ls
import numpy as np
import pytest
from layerscope import _left_out

import unit_answers

VALUES = np.arange(18.0).reshape(6, 3)
LABELS = ["a", "a", "a", "b", "b", "b"]
SLIDES = ["s1", "s1", "s1", "s2", "s2", "s2"]


@pytest.fixture
def page(notebook):
    return notebook(ls.BoxPlot(VALUES, LABELS, SLIDES))


def test_properties_cross_under_the_names_of_the_page(notebook):  # noqa: ARG001
    props = ls.BoxPlot(
        VALUES,
        LABELS,
        SLIDES,
        np.array([2, 0, 2]),
        "tile",
        "kruskal",
        "threshold",
        0.25,
        permutations=99,
        panels=4,
        shape="violin",
        axes="shared",
        boxes_of="slides",
        unit_names=["x", "y", "z"],
        names=[f"tile {row}" for row in range(6)],
        random_state=7,
        title="Units",
        theme="dark",
    )._props
    json.dumps(props, allow_nan=False)
    plain = {name: value for name, value in props.items() if not isinstance(value, dict)}
    assert plain == {
        "units": [2, 0],
        "level": "tile",
        "test": "kruskal",
        "method": "threshold",
        "threshold": 0.25,
        "permutations": 99,
        "panels": 4,
        "seed": 7,
        "shape": "violin",
        "axes": "shared",
        "boxesOf": "slides",
        "title": "Units",
        "theme": "dark",
    }
    assert set(props) - set(plain) == {"values", "labels", "slides", "unitNames", "names"}


def test_left_alone_it_says_what_the_page_would_say_itself(page):
    plain = {name: value for name, value in page.widget._props.items() if not isinstance(value, dict)}
    assert plain == {
        "units": "top",
        "test": "anova",
        "method": "mean",
        "threshold": 0.5,
        "permutations": 999,
        "panels": 6,
        "seed": 42,
        "shape": "box",
        "axes": "free",
        "boxesOf": "tiles",
        "theme": "auto",
    }


def test_every_property_is_known_to_the_page(notebook):  # noqa: ARG001
    """Names that Python writes are those of the page's properties."""
    sources = Path(__file__).parents[2] / "src"
    options = (sources / "compute/statistics/statistics-options.ts").read_text()
    props = (sources / "widgets/box-plot/props.ts").read_text()
    defaults = options.split("statisticsDefaults: StatisticsOptions = {")[1].split("};")[0]
    defaults += props.split("boxPlotDefaults: BoxPlotProps = {")[1].split("};")[0]
    known = {line.split(":")[0].strip() for line in defaults.splitlines() if ":" in line}
    box = ls.BoxPlot(VALUES, LABELS, SLIDES, level="slide", unit_names=["x"] * 3, names=["t"] * 6, title="t")
    box.unit = 1
    assert set(box._props) | {"saved"} == known


def test_every_reference_can_be_asked_for(page):
    props = page.widget._props
    assert page.read(props["values"]).tolist() == VALUES.tolist()
    assert page.read(props["labels"]["codes"]).tolist() == [0, 0, 0, 1, 1, 1]
    assert page.read(props["slides"]["codes"]).tolist() == [0, 0, 0, 1, 1, 1]
    assert props["slides"]["names"] == ["s1", "s2"]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ({"values": None}, "There are no units to compare. Pass values (rows × units of numbers)."),
        ({"labels": None}, "There are no groups to compare. Pass labels, one a row."),
        ({"units": [0, 3]}, "There is no unit 3 in 3 units. Units are 0 to 2."),
        ({"units": -1}, "There is no unit -1 in 3 units. Units are 0 to 2."),
        ({"units": [1.5]}, "A unit is a number, not 1.5. Units are 0 to 2."),
        ({"units": ["x"]}, "A unit is a number, not 'x'. Units are 0 to 2."),
        ({"units": [True]}, "A unit is a number, not True. Units are 0 to 2."),
        ({"units": "best"}, 'Unknown units: "best". Pass "top" or unit numbers.'),
        ({"units": []}, 'No unit is named. Pass unit numbers, or "top".'),
        ({"level": "patient"}, 'Unknown level: "patient". Pass tile or slide.'),
        ({"level": "slide", "slides": None}, 'level "slide" needs slides. Pass slides, one a row.'),
        ({"boxes_of": "slides", "slides": None}, 'boxes_of "slides" needs slides. Pass slides, one a row.'),
        ({"test": "t"}, 'Unknown test: "t". Pass anova, welch or kruskal.'),
        ({"method": "max"}, 'Unknown method: "max". Pass mean, median or threshold.'),
        ({"threshold": np.nan}, "threshold: expected a number, got NaN"),
        ({"permutations": -1}, "permutations: expected an integer from 0 to 1000000, got -1"),
        ({"random_state": -1}, "random_state: expected an integer from 0 to 4294967295, got -1"),
        ({"panels": 65}, "panels: expected an integer from 1 to 64, got 65"),
        ({"shape": "bar"}, 'Unknown shape: "bar". Pass box, violin or points.'),
        ({"axes": "log"}, 'Unknown axes: "log". Pass free or shared.'),
        ({"boxes_of": "rows"}, 'Unknown boxes_of: "rows". Pass tiles or slides.'),
        ({"theme": "night"}, 'Unknown theme: "night". Pass auto, light or dark.'),
    ],
)
def test_what_can_not_be_is_refused_in_a_sentence(notebook, arguments, sentence):  # noqa: ARG001
    with pytest.raises(ls.InputError) as caught:
        ls.BoxPlot(**{"values": VALUES, "labels": LABELS, "slides": SLIDES, **arguments})
    assert str(caught.value) == sentence


@pytest.mark.parametrize(
    ("named", "sentence"),
    [
        ("permutation", "unknown argument: permutation. Did you mean permutations?"),
        ("boxesOf", "unknown argument: boxesOf. Did you mean boxes_of?"),
        ("colour_map", "unknown argument: colour_map. BoxPlot takes values, labels, slides, units, level, test, "),
    ],
)
def test_an_argument_that_there_is_none_of_is_refused_with_the_nearest(notebook, named, sentence):  # noqa: ARG001
    with pytest.raises(TypeError) as caught:
        ls.BoxPlot(VALUES, LABELS, **{named: 5})
    assert str(caught.value).startswith(sentence)
    with pytest.raises(TypeError, match=r"^unknown argument: methods\. Did you mean method\?$"):
        ls.UnitStatistics(VALUES, LABELS, methods="mean")


def test_a_seed_that_is_drawn_is_told(notebook):  # noqa: ARG001
    seeds = {ls.BoxPlot(VALUES, LABELS, random_state=None)._props["seed"] for _ in range(3)}
    assert len(seeds) == 3
    assert all(0 <= seed < 2**31 for seed in seeds)


async def test_once_awaited_the_ranking_is_there_best_first(page):
    with pytest.raises(ls.NotReadyError) as caught:
        _ = page.widget.ranking
    assert str(caught.value) == "No ranking yet: waiting to be shown. Write await box, then read box.ranking."
    page.is_done()
    assert not page.widget._has_results()
    assert page.last("command")[0]["options"] == {"of": "classes"}
    page.answer_all(ranking=unit_answers.ranking())
    assert await page.widget is page.widget
    ranking = page.widget.ranking
    assert ranking["unit"].tolist() == [2, 0, 1]
    # Of the slides, then of the tiles.
    assert ranking["f"].tolist() == [100.2, 100.0, 100.1]
    assert ranking["p"].tolist() == [110.2, 110.0, 110.1]
    assert ranking["log_p"].tolist() == [120.2, 120.0, 120.1]
    assert ranking["q"].tolist() == [130.2, 130.0, 130.1]
    assert ranking["log_q"].tolist() == [140.2, 140.0, 140.1]
    assert ranking["bonferroni"].tolist() == [150.2, 150.0, 150.1]
    assert ranking["eta_squared"].tolist() == [160.2, 160.0, 160.1]
    assert ranking["omega_squared"].tolist() == [170.2, 170.0, 170.1]
    assert ranking["permutation_p"].tolist() == [0.2, 0.3, 0.1]
    assert ranking["tile_f"].tolist() == [0.2, 0.0, 0.1]
    assert ranking["tile_p"].tolist() == [10.2, 10.0, 10.1]
    assert ranking["tile_log_p"].tolist() == [20.2, 20.0, 20.1]
    assert ranking["tile_q"].tolist() == [30.2, 30.0, 30.1]
    assert ranking["missing"].tolist() == [0, 0, 7]
    assert ranking["mean_a"].tolist() == [3, 1, 2]
    assert ranking["mean_b"].tolist() == [6, 4, 5]
    with pytest.raises(ValueError, match="read-only"):
        ranking["p"][0] = 0


def test_without_slides_the_ranking_is_of_tiles_and_no_classes_are_rearranged(notebook):
    page = notebook(ls.BoxPlot(VALUES, LABELS))
    page.is_done()
    page.answer_all(ranking=unit_answers.ranking("tile", (1, 2, 0)))
    assert page.widget.ranking["f"].tolist() == page.widget.ranking["tile_f"].tolist() == [0.1, 0.2, 0.0]
    assert np.isnan(page.widget.ranking["permutation_p"]).all()


def test_units_that_have_names_are_named_in_the_ranking(notebook):
    page = notebook(ls.BoxPlot(VALUES, LABELS, SLIDES, unit_names=["x", "yy", "z"]))
    page.is_done()
    page.answer_all(ranking=unit_answers.ranking())
    assert page.widget.ranking["name"].tolist() == ["z", "x", "yy"]
    assert "name" not in (unnamed := ls.BoxPlot(VALUES, LABELS)._props)
    assert "unitNames" not in unnamed


def test_a_ranking_by_other_settings_is_fetched(page):
    done = {"phase": "done", "seconds": 1, "caption": "Analysis of variance"}
    page.say("status", status=done)
    page.answer_all(ranking=unit_answers.ranking())
    page.say("status", status={**done, "caption": "Welch"})
    page.answer({**unit_answers.ranking()[0]}, unit_answers.ranking(order=(1, 0, 2))[1])
    assert page.widget.ranking["unit"].tolist() == [1, 0, 2]


def test_the_current_unit_is_the_one_that_was_set_last_here_or_there(page):
    page.widget.comm.sent.clear()
    assert page.widget.unit is None
    page.widget.unit = np.int64(2)
    assert page.widget.unit == 2
    page.write("_unit", b"1")
    assert page.widget.unit == 1
    page.widget.unit = 2
    page.say("keep", b"0", name="_unit")
    assert page.widget.unit == 0
    page.widget.unit = None
    page.write("_unit", b"")
    assert page.widget.unit is None
    updates = [message["data"]["state"] for message in page.widget.comm.sent if "state" in message["data"]]
    told = [state["_props"].get("unit", "absent") for state in updates if "_props" in state]
    # A page that knows of 2 already hears nothing when it is told 2: it is told of none before.
    assert told == [2, "absent", 2, None]
    assert all("_unit" not in state for state in updates)


def test_a_page_that_opens_later_begins_with_the_unit_on_show(page, tmp_path):
    page.write("_unit", b"1")
    assert page.widget.get_state()["_props"]["unit"] == 1
    (text,) = re.findall(r'id="ls-state">([^<]*)<', page.widget.to_html(tmp_path / "box.html").read_text())
    assert json.loads(text)["models"][page.widget._id]["_props"]["unit"] == 1


def test_a_unit_that_is_not_there_can_not_be_the_current_one(page):
    with pytest.raises(ls.InputError, match=r"^There is no unit 3 in 3 units\. Units are 0 to 2\.$"):
        page.widget.unit = 3
    assert page.widget.unit is None


def test_it_is_linked_with_maps_over_the_same_rows(page):
    scatter = ls.UmapScatter(coords=np.zeros((6, 2)))
    ls.link(scatter, page.widget)
    page.widget.selected = [1, 4]
    assert scatter.selected.tolist() == [1, 4]
    with pytest.raises(ls.InputError, match=r"^These widgets can't be linked: 6 rows and 4 rows\."):
        ls.link(page.widget, ls.UmapScatter(coords=np.zeros((4, 2))))


def test_large_values_stay_out_of_a_page_that_has_the_picture(page, tmp_path, monkeypatch):
    key = page.widget._data.values.block.key

    def model_of(**options):
        path = page.widget.to_html(tmp_path / "box.html", **options)
        text = path.read_text(encoding="utf-8")
        (state,) = re.findall(r'id="ls-state">([^<]*)<', text)
        return json.loads(state)["models"][page.widget._id], f'id="ls-{key}"' in text

    monkeypatch.setattr(_left_out, "SMALL", 10)
    model, goes_along = model_of()
    assert goes_along
    page.write("_saved", b"picture")
    model, goes_along = model_of()
    assert not goes_along
    assert "values" not in model["_props"]
    assert "labels" in model["_props"]
    assert base64.b64decode(model["_saved"]["$bytes"]) == b"picture"
    assert model_of(points=True)[1]


def test_what_it_shares_with_a_map_is_in_a_page_once(notebook, tmp_path):  # noqa: ARG001
    scatter, box = ls.UmapScatter(VALUES, labels=LABELS), ls.BoxPlot(VALUES, LABELS)
    ls.link(scatter, box)
    text = ls.to_html(tmp_path / "both.html", scatter, box).read_text(encoding="utf-8")
    assert text.count(f'id="ls-{box._data.values.block.key}"') == 1
    assert scatter._props["points"] == box._props["values"]
    (state,) = re.findall(r'id="ls-state">([^<]*)<', text)
    models = json.loads(state)["models"]
    assert models[scatter._id]["_group"] == models[box._id]["_group"] != ""
    assert [model["_widget"] for model in models.values()] == ["umap-scatter", "box-plot"]


async def test_files_are_written_by_the_page(page, tmp_path):
    page.is_done()
    saving = page.widget.save(tmp_path / "units.csv")
    page.answer_all(ranking=unit_answers.ranking(), save=({}, b"unit,p\n"))
    assert (await saving).read_text() == "unit,p\n"


def test_the_repr_says_what_it_is_and_how_far(page):
    assert repr(page.widget) == "BoxPlot(6 × 3, 2 classes, 2 slides): waiting to be shown"
    page.is_done(0.3)
    page.widget.selected = [1, 2]
    assert repr(page.widget) == "BoxPlot(6 × 3, 2 classes, 2 slides): done in 0.3 s, 2 selected"
