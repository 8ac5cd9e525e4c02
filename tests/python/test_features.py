import io
import re
from pathlib import Path

import layerscope as ls
import numpy as np
import pytest
from PIL import Image

PICTURES = np.arange(6 * 4 * 4 * 3, dtype=np.uint8).reshape(6, 4, 4, 3)
LABELS = ["a", "a", "a", "b", "b", "b"]
VALUES = np.arange(12, dtype="<f4").reshape(6, 2)
TOLD = {"shape": [6, 2], "dtype": "float32", "layers": ["avgpool"], "processor": "WebAssembly"}


@pytest.fixture
def features(notebook):  # noqa: ARG001 - widgets speak to it
    return ls.Features(ls.Model({"lab.onnx": b"graph"}, size=4, backend="wasm"))


def references(widget):
    return widget._props[{"umap-scatter": "points", "mosaic": "points", "box-plot": "values"}[widget._widget]]


def test_activations_cross_as_what_they_are_computed_from(notebook, features):
    page = notebook(features(PICTURES))
    told = page.widget._props["activations"]["$activations"]
    assert told["options"] == {
        "layers": ["postconv"],
        "pooling": None,
        "includePredictions": False,
        "applySoftmax": False,
        "batchSize": None,
    }
    assert {*told} == {"model", "images", "options", "preprocessing", "part"}
    assert (told["part"], told["preprocessing"]) == ("activations", {"size": {"height": 4, "width": 4}})
    assert told["model"]["$model"]["backend"] == "wasm"
    assert page.read(told["model"]["$model"]["files"][0]["bytes"]).tobytes() == b"graph"
    page.say("pictures", id="p", key=told["images"]["$images"]["key"], rows=[5])
    assert page.last("pictures")[1][0].endswith(PICTURES[5].tobytes())


@pytest.mark.parametrize(
    "show",
    [
        ls.UmapScatter,
        lambda acts: ls.Mosaic(PICTURES, points=acts),
        lambda acts: ls.BoxPlot(acts, LABELS, unit_names=["first", "second"]),
        lambda acts: ls.UnitStatistics(acts, LABELS),
    ],
    ids=["UmapScatter", "Mosaic", "BoxPlot", "UnitStatistics"],
)
def test_every_widget_takes_activations_and_gives_its_page_all_that_they_need(notebook, features, show):
    acts = features(PICTURES)
    page = notebook(show(acts))
    told = references(page.widget)
    assert told == acts._props["activations"]
    assert page.widget._rows == 6
    assert "6 rows" in repr(page.widget) or "6 tiles" in repr(page.widget)
    inside = told["$activations"]
    assert page.read(inside["model"]["$model"]["files"][0]["bytes"]).tobytes() == b"graph"
    page.say("pictures", id="p", key=inside["images"]["$images"]["key"], rows=[0])
    assert page.kinds()[-1] == "pictures"


async def test_values_are_asked_for_when_they_are_awaited_and_not_before(notebook, features):
    page = notebook(features(PICTURES))
    acts = page.widget
    page.is_done()
    assert (acts.shape, len(acts), page.kinds()) == ((6, None), 6, [])
    with pytest.raises(ls.NotReadyError, match=r"Write await acts, then acts\.numpy\(\)\.$"):
        acts.numpy()
    with pytest.raises(ls.NotReadyError, match=r"Write await acts, then acts\.numpy\(\)\.$"):
        ls.BoxPlot({"one slide": acts}, {"one slide": "a"})
    with pytest.raises(ls.NotReadyError, match=r"^No layers yet: .* then read acts\.layers\.$"):
        _ = acts.layers

    async def answer(*_):
        assert page.last("command")[0]["options"] == {"part": "activations"}
        page.answer_all(values=(TOLD, VALUES.tobytes()))

    acts._wait = answer
    assert await acts is acts
    assert np.array_equal(acts.numpy(), VALUES)
    assert np.array_equal(np.asarray(acts), VALUES)
    assert (acts.shape, acts.layers, acts.processor) == ((6, 2), ["avgpool"], "WebAssembly")
    assert repr(acts) == "Activations(6 × 2, activations of postconv, lab.onnx): done in 1.2 s"
    # A second time there is nothing to ask.
    assert await acts is acts
    assert page.kinds().count("command") == 1


async def test_what_the_page_can_not_compute_is_raised_where_it_is_awaited(notebook, features):
    page = notebook(features(PICTURES))
    page.is_done()

    async def refuse(*_):
        page.say("failed", id=page.last("command")[0]["id"], reason="There is no layer postconv.", remedy="Name one.")

    page.widget._wait = refuse
    with pytest.raises(ls.PageError, match=r"^There is no layer postconv\. Name one\.$"):
        await page.widget


def test_numbers_go_into_an_exported_page_in_the_place_of_the_model(notebook, features, tmp_path):
    acts = features(PICTURES)
    scatter, box = notebook(ls.UmapScatter(acts)).widget, notebook(ls.BoxPlot(acts, LABELS)).widget
    for widget in (scatter, box):
        with pytest.raises(ls.InputError, match=r"Write await acts, then to_html\(path\)\.$"):
            widget.to_html(tmp_path / "early.html")
    acts._take_values(TOLD, VALUES.tobytes())
    text = ls.to_html(tmp_path / "page.html", scatter, box).read_text()
    assert not [part for part in ("$activations", "ls-part-engine", acts._encoded.blocks[0].key) if part in text]
    assert f'id="ls-{acts._encoded.known.array.key}"' in text
    # With a picture of the map kept, the page does without them.
    late = notebook(ls.UmapScatter(features(PICTURES)))
    late.write("_saved", b"picture")
    assert "$activations" not in late.widget.to_html(tmp_path / "late.html").read_text()


def test_predictions_come_beside_activations_from_the_same_run(features):
    both = ls.Features(features.model, layers=["conv1", -1], include_preds=True, pooling="max", apply_softmax=True)
    acts, predictions = both(PICTURES)
    first, second = (part._props["activations"]["$activations"] for part in (acts, predictions))
    assert (first.pop("part"), second.pop("part")) == ("activations", "predictions")
    assert first == second
    assert first["options"]["layers"] == ["conv1", -1]
    assert repr(both) == "Features(lab.onnx: conv1, -1, predictions, pooling=max)"
    with pytest.raises(ls.InputError, match=r"^points is a pair of activations and predictions\."):
        ls.UmapScatter((acts, predictions))
    alone = ls.Features(features.model, None, include_preds=True)(PICTURES)
    assert alone._encoded.part == "predictions"


def test_predictions_have_the_names_of_the_classes_and_a_box_plot_of_them_too():
    model = ls.Model({"lab.onnx": b"graph"}, classes=["benign", "adeno"])
    acts, predictions = ls.Features(model, include_preds=True)(PICTURES)
    assert (acts.columns, predictions.columns) == (None, ["benign", "adeno"])
    assert predictions._props["activations"]["$activations"]["model"]["$model"]["classes"] == ["benign", "adeno"]
    assert ls.BoxPlot(predictions, LABELS)._data.unit_names.texts == ["benign", "adeno"]
    assert "unitNames" not in ls.BoxPlot(acts, LABELS)._props


def test_it_is_called_as_slideflow_calls_it(tmp_path):
    (tmp_path / "lab.h5").write_bytes(b"\x89HDF")
    by_path = ls.Features(tmp_path / "lab.h5", layer=["conv1"], batch_size=32)
    assert (by_path.model.name, by_path._options["layers"], by_path._options["batchSize"]) == ("lab.h5", ["conv1"], 32)
    assert ls.Features(by_path.model, np.array([1, -1]))._options["layers"] == [1, -1]
    assert ls.Features(by_path.model, np.array(["conv1", "conv2"]))._options["layers"] == ["conv1", "conv2"]
    for first in ("conv1", np.array(["conv1", "conv3"])):
        with pytest.raises(TypeError, match=r"^layers and layer are the same: pass one of them\.$"):
            ls.Features(by_path.model, first, layer="conv2")
    refused = {
        "No layer is asked for, and no predictions.": {"layers": None},
        "layers: expected names or numbers of layers, got 1.5": {"layers": np.array([1.5])},
        "batch_size: expected an integer from 1 to 4096, got 0": {"batch_size": 0},
        'nknown pooling: "mean"': {"pooling": "mean"},
    }
    for sentence, options in refused.items():
        with pytest.raises(ls.InputError, match=re.escape(sentence)):
            ls.Features(by_path.model, **options)


def test_how_wide_activations_are_is_asked_of_the_model(notebook, features):
    page = notebook(features.model)
    page.is_done()
    assert repr(features.num_features) == "<num_features: the page knows; await it>"
    question = features.num_features._ask()
    command, _ = page.last("command")
    assert (command["name"], command["options"]) == ("facts", {"options": features._options})
    layers = features.layers._ask()
    page.answer_all(facts=({"num_features": 1280, "num_classes": 5, "feature_layers": ["avgpool"]}, b""))
    assert (question._results, layers._results) == ([1280], [["avgpool"]])


def png(pixels):
    written = io.BytesIO()
    Image.fromarray(pixels).save(written, "PNG")
    return written.getvalue()


def test_8_bit_pictures_of_any_kind_are_to_be_prepared(features, tmp_path):
    paths = [tmp_path / f"{row}.png" for row in range(6)]
    for path, picture in zip(paths, PICTURES, strict=True):
        path.write_bytes(png(picture))
    kinds = [
        PICTURES,
        PICTURES.transpose(0, 3, 1, 2),
        list(PICTURES),
        [Image.fromarray(picture) for picture in PICTURES],
        [png(picture) for picture in PICTURES],
        paths,
        list(map(str, paths)),
    ]
    assert {features(kind)._encoded.pictures.rows for kind in kinds} == {6}
    assert all("$images" in features(kind)._encoded.pictures.reference for kind in kinds)
    # The same paths are pictures to a map.
    assert ls.UmapScatter(VALUES, images=paths)._facts.images.key == features(paths)._encoded.images[0].key


def test_floats_are_taken_as_prepared(notebook, features):
    for floats in (PICTURES / 255, PICTURES.astype("f4").transpose(0, 3, 1, 2), list((PICTURES / 255).astype("f2"))):
        page = notebook(features(floats))
        told = page.widget._props["activations"]["$activations"]["images"]
        assert np.array_equal(page.read(told), np.asarray(floats, "f4"))
    # Whether these are three grey ones or one of three channels, the page knows, which knows the model.
    assert features(np.zeros((3, 5, 5)))._encoded.pictures.reference["$array"]["shape"] == [3, 5, 5]


@pytest.mark.parametrize(
    ("images", "sentence"),
    [
        (None, "There are no pictures. Pass images, a list or an array."),
        ([], "There are no pictures. Pass one at least."),
        (PICTURES[0], "images is one picture of 4 × 4 × 3. Pass a batch: images[None], or a list."),
        (Image.fromarray(PICTURES[0]), "images is one picture. Pass a list: [picture]."),
        ([PICTURES[0], None], "Image 1 is missing. A model answers to pictures alone: leave it out."),
        (PICTURES.astype("i4"), "images is of dtype int32, neither 8-bit pictures nor floats."),
        (PICTURES[0] / 255, "images is one picture of 4 × 4 × 3. Pass a batch: images[None], or a list."),
        ((picture for picture in PICTURES), "images is a generator, which can be read once only. Pass list(images)."),
        ({"one.png"}, "images is a set, and no list of pictures. Pass a list or an array."),
        (np.zeros((2, 3)), "images has 2 dimensions, expected 4."),
        ([np.zeros((2, 2, 3)), np.zeros((2, 3, 3))], "images are floats of different shapes or dtypes."),
        (["nowhere.png"], "Image 0 can't be read from nowhere.png: No such file or directory."),
    ],
)
def test_what_is_no_batch_of_pictures_is_refused_by_what_it_is(features, images, sentence):
    with pytest.raises(ls.InputError) as caught:
        features(images)
    assert str(caught.value).startswith(sentence)


async def test_rows_of_activations_are_placed_in_a_map_of_activations_and_added_to_it(notebook, features):
    page = notebook(ls.UmapScatter(features(PICTURES)))
    page.is_done()
    page.answer_all(embedding=({"dims": 2}, np.zeros((6, 2), "<f4").tobytes()))
    more = features(PICTURES[:2])
    page.widget.transform(np.zeros((2, 3)))
    page.widget.transform(more)
    assert page.last("command")[0]["options"]["points"] == more._props["activations"]
    page.widget.update(more)
    grown = page.last("command")[0]["options"]["points"]["$rows"]
    assert grown == [references(page.widget), more._props["activations"]]
    # What only the new rows need is there for the question, too.
    page.say("pictures", id="p", key=more._encoded.images[0].key, rows=[1])
    assert page.kinds()[-1] == "pictures"


def test_a_unit_is_named_before_anybody_knows_how_many_there_are(features):
    acts = features(PICTURES)
    box = ls.BoxPlot(acts, LABELS, units=[3, 700])
    assert box._props["units"] == [3, 700]
    ls.UmapScatter(acts).plot_3d(12, exclude=True)
    with pytest.raises(ls.InputError, match=r"^There is no unit -1 in the units\. Units are numbers from 0\.$"):
        ls.BoxPlot(acts, LABELS, units=[-1])
    with pytest.raises(ls.InputError, match=r"no column -1 in the columns\. Columns are numbers from 0\.$"):
        ls.UmapScatter(acts).plot_3d(-1)


def test_options_have_the_pages_names():
    source = (Path(__file__).parents[2] / "src/compute/features/feature-options.ts").read_text()
    known = set(re.findall(r"readonly (\w+):", source))
    assert set(ls.Features(ls.Model(b"\x08"))._options) <= known
