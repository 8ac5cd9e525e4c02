import html
import json
import re
from pathlib import Path

import layerscope as ls
import numpy as np
import pytest

PICTURES = np.arange(6 * 4 * 4 * 3, dtype=np.uint8).reshape(6, 4, 4, 3)
LABELS = ["a", "a", "a", "b", "b", "b"]
PARTS = ("map", "mosaic", "units", "feature_maps", "saliency")
SOURCE = Path(__file__).parent.parent.parent / "src"


@pytest.fixture
def model(notebook):  # noqa: ARG001 - widgets speak to it
    return ls.Model({"lab.onnx": b"graph"}, size=4, backend="wasm", classes=["a", "b"])


@pytest.fixture
def ex(model):
    return ls.explore(model, PICTURES, LABELS)


def members(ex):
    return [getattr(ex, part) for part in PARTS]


def state_of(path):
    """What a written page holds of its widgets."""
    (state,) = re.findall(r'<script type="application/json" id="ls-state">(.*?)</script>', path.read_text())
    return json.loads(state)["models"]


def test_five_widgets_of_one_model_are_laid_out_in_one_cell(ex):
    kinds = [ls.UmapScatter, ls.Mosaic, ls.BoxPlot, ls.FeatureMapGrid, ls.SaliencyOverlay]
    assert all(isinstance(widget, kind) for widget, kind in zip(members(ex), kinds, strict=True))
    state = ex.get_state(["_members", "_heading", "_widget", "_id"])
    assert state["_members"] == [f"IPY_MODEL_{widget.model_id}" for widget in members(ex)]
    assert (state["_widget"], state["_id"]) == ("explore", ex.model_id)
    assert state["_heading"] == {"title": "lab.onnx", "subtitle": "6 pictures", "theme": "auto"}
    # The page finds a widget's session by this name.
    assert [widget._id for widget in members(ex)] == [widget.model_id for widget in members(ex)]


def test_the_page_lays_them_out_in_the_order_in_which_they_are_referred_to():
    text = (SOURCE / "widgets/chrome/explore-layout.ts").read_text()
    (listed,) = re.findall(r"EXPLORE_PARTS = \[(.*?)\] as const", text)
    names = re.findall(r'"(\w+)"', listed)
    assert [re.sub(r"[A-Z]", lambda letter: f"_{letter[0].lower()}", name) for name in names] == list(PARTS)


def test_the_page_runs_the_model_once_for_map_mosaic_and_units(ex):
    points, same, values = ex.map._props["points"], ex.mosaic._props["points"], ex.units._props["values"]
    assert points == same == values
    asked = points["$activations"]
    assert (asked["options"]["layers"], asked["options"]["pooling"]) == (["postconv"], "avg")
    assert ex.mosaic._props["follows"] == ex.map._props["shares"]
    # One model, and one set of pictures, whichever widget asks for them.
    about = [ex.feature_maps._props, ex.saliency._props]
    assert all((props["model"], props["images"]) == (asked["model"], asked["images"]) for props in about)
    assert ex.map._props["images"] == ex.mosaic._props["images"] == asked["images"]
    assert (ex.feature_maps.image, ex.saliency.image) == (0, 0)
    assert ex.feature_maps._props["imageNames"][5] == ex.saliency._props["imageNames"][5] == "picture 6"


def test_a_selection_is_that_of_all(ex):
    ex.selected = [1, 4]
    assert all(widget.selected.tolist() == [1, 4] for widget in (ex, *members(ex)))
    assert {widget._group for widget in members(ex)} == {ex.map._group} != {""}


def test_what_is_told_of_rows_reaches_the_widgets_that_show_it(model):
    ex = ls.explore(
        model,
        PICTURES,
        LABELS,
        names=np.array(list("uvwxyz")),
        slides=[1, 1, 2, 2, 3, 3],
        layer=-2,
        height=300,
        theme="dark",
        title="The lab's",
    )
    assert ex._heading == {"title": "The lab's", "subtitle": "6 pictures", "theme": "dark", "height": 300}
    assert ex.map._props["points"]["$activations"]["options"]["layers"] == [-2]
    assert ex.feature_maps._props["imageNames"] == ex.saliency._props["imageNames"] == list("uvwxyz")
    assert "slides" in ex.units._props
    assert all(widget._props["theme"] == "dark" for widget in members(ex))
    named = {str(widget._props["names"]) for widget in (ex.map, ex.mosaic, ex.units)}
    assert len(named) == 1


@pytest.mark.parametrize("labels", [None, [0.5, 1.5, 2.5, 3.5, 4.5, 5.5], [None] * 6])
def test_without_classes_the_units_tell_a_selection_from_the_rest(model, labels):
    ex = ls.explore(model, PICTURES, labels)
    assert ex.units._data.labels.names == ("all",)
    assert ("labels" in ex.map._props) == (labels is not None)


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"model": None}, r"^There is no model\."),
        ({"images": None}, r"^There are no pictures\."),
        ({"images": []}, r"^There are no pictures\."),
        ({"labels": LABELS[1:]}, r"^5 labels for 6 rows\."),
        ({"names": ["one"]}, r"^1 name for 6 pictures\."),
        ({"names": "one"}, r"^names is 'one', which is not one text a picture\."),
        ({"slides": [1]}, r"^1 slides for 6 rows\."),
        ({"layer": 1.5}, r"^layers: expected names or numbers"),
        ({"height": 20}, r"^height: expected an integer from 160 to 2000, got 20$"),
        ({"theme": "grey"}, r"^Unknown theme"),
    ],
)
def test_what_can_not_be_used_is_refused_in_a_sentence(model, given, sentence):
    asked = {"model": model, "images": PICTURES, "labels": LABELS, **given}
    with pytest.raises(ls.InputError, match=sentence):
        ls.explore(asked.pop("model"), asked.pop("images"), **asked)


def test_it_says_how_far_each_of_them_is(notebook, ex):
    assert repr(ex).startswith("Explore(lab.onnx, 6 pictures): map waiting to be shown; mosaic waiting")
    notebook(ex.map).is_done(2)
    notebook(ex.saliency).say("status", status={"phase": "failed", "reason": "Loop has no gradient.", "remedy": ""})
    ex.selected = [1]
    assert "map done in 2.0 s;" in repr(ex)
    assert repr(ex).endswith("saliency failed: Loop has no gradient, 1 selected")


async def test_awaited_it_is_shown_once_and_given_back_when_all_are_done(notebook, ex, monkeypatch):
    shown = []

    def display(data, **_):
        shown.append(data)
        if data is ex:
            ex._ipython_display_()

    async def answered(widget, is_done, _):
        page = notebook(widget)
        if widget is ex.saliency:
            page.say("status", status={"phase": "failed", "reason": "Loop has no gradient.", "remedy": ""})
        else:
            page.is_done()
            monkeypatch.setattr(widget, "_has_results", lambda: True)
        assert is_done()

    monkeypatch.setattr("IPython.display.display", display)
    monkeypatch.setattr("layerscope._widget.Widget._wait", answered)
    assert await ex is ex
    # None of the five by itself; and the saliency, which has failed, says so in its place.
    assert [data is ex or ex.model_id in str(data) for data in shown] == [True, True]
    assert [widget._page.phase for widget in members(ex)] == ["done"] * 4 + ["failed"]
    with pytest.raises(ls.PageError, match=r"^Loop has no gradient\.$"):
        await ex.saliency


def test_shown_it_shows_its_widgets_which_are_not_shown_again(ex, monkeypatch):
    shown = []
    monkeypatch.setattr("IPython.display.display", lambda *data, **_: shown.append(data[0]))
    ex._ipython_display_()
    (bundle,) = shown
    assert bundle["application/vnd.jupyter.widget-view+json"]["model_id"] == ex.model_id
    assert all(widget._shown for widget in members(ex))


def test_a_page_holds_all_five_and_the_model_whether_or_not_they_were_on_show(ex, tmp_path):
    ex.selected = [2]
    path = ex.to_html(tmp_path / "lab.html")
    text, models = path.read_text(), state_of(path)
    assert re.findall(r'data-ls-view="(\w+)"', text) == [ex.model_id]
    assert models[ex.model_id]["_members"] == [widget.model_id for widget in members(ex)]
    assert models[ex.model_id]["_heading"] == ex._heading
    held = {*ex.feature_maps._held_blocks(), *ex.feature_maps._held_images(), "part-engine", "part-engine-wasm"}
    assert all(text.count(f'id="ls-{key}"') == 1 for key in held)
    assert models[ex.map.model_id]["_props"]["points"] == ex.map._props["points"]
    assert models[ex.units.model_id]["_props"]["values"] == ex.units._props["values"]
    assert len({models[widget.model_id]["_selected"]["$bytes"] for widget in members(ex)}) == 1
    assert f"<title>{html.escape('lab.onnx')}</title>" in text


def test_a_page_of_widgets_and_of_what_explore_laid_out_shows_them_one_after_another(ex, tmp_path):
    other = ls.UmapScatter(coords=np.zeros((6, 2)))
    path = ls.to_html(tmp_path / "both.html", other, ex)
    assert re.findall(r'data-ls-view="(\w+)"', path.read_text()) == [other.model_id, ex.model_id]


def test_a_page_without_the_model_is_of_what_was_kept(notebook, ex, tmp_path):
    with pytest.raises(ls.InputError):
        ex.to_html(tmp_path / "early.html", points=False)
    for widget in members(ex):
        notebook(widget).write("_saved", b"picture")
    path = ex.to_html(tmp_path / "late.html", points=False)
    assert not [part for part in ("$model", "$activations", "ls-part-engine") if part in path.read_text()]
