import sys

import layerscope as ls
import numpy as np
import pytest

COLUMNS = {
    "layer": ["conv1", "relu"],
    "type": ["Conv2D", "ReLU"],
    "output_shape": ["(None, 8, 8, 4)", "(None, 8, 8, 4)"],
    "parameters": [112, 0],
    "multiply_adds": [6912, None],
    "dtype": ["float32", "float32"],
    "kernel": ["3 x 3", ""],
    "stride": ["1 x 1", ""],
    "module": ["", ""],
}
LAYERS = ({"columns": COLUMNS, "totals": {"parameters": 112}}, b"")


@pytest.fixture
def page(notebook):
    page = notebook(ls.Model({"lab.onnx": b"graph", "lab.onnx.data": b"weights"}))
    page.is_done()
    return page


def asked(page):
    return [(content["name"], content["options"]) for content, _ in page.heard if content["kind"] == "command"]


def test_its_files_stay_here_until_the_page_reads_them(page):
    told = page.widget._props["model"]["$model"]
    assert (told["name"], [file["name"] for file in told["files"]]) == ("lab.onnx", ["lab.onnx", "lab.onnx.data"])
    assert [page.read(file["bytes"]).tobytes() for file in told["files"]] == [b"graph", b"weights"]
    assert {*page.widget._props} == {"model", "shares", "theme"}


def test_what_is_declared_crosses_under_the_pages_names():
    model = ls.Model(
        b"\x08",
        input_shape=(3, 224, np.int64(256)),
        classes=["benign", "adeno"],
        backend="cpu",
        size=(224, 256),
        resize="lanczos",
        layout="NCHW",
        channels="BGR",
        scale=1 / 255,
        mean=(0.5, 0.25, 0.125),
        std=0.5,
        standardize="torch",
        normalizer="macenko_fast",
    )
    assert model._props["preprocessing"] == {
        "size": {"height": 224, "width": 256},
        "resize": "lanczos",
        "layout": "NCHW",
        "channels": "BGR",
        "scale": 1 / 255,
        "mean": [0.5, 0.25, 0.125],
        "deviation": [0.5],
        "standardize": "torch",
        "normalizer": "macenko_fast",
    }
    assert (model._props["shape"], model._props["backend"]) == ([3, 224, 256], "wasm")
    assert model._props["classes"] == ["benign", "adeno"]
    told = model._reference["$model"]
    assert (told["shape"], told["backend"], told["classes"]) == ([3, 224, 256], "wasm", ["benign", "adeno"])


@pytest.mark.parametrize(
    ("declared", "sentence"),
    [
        ({"size": (1, 2, 3)}, r"^size: expected pixels a side, or \(height, width\), got \(1, 2, 3\)$"),
        ({"size": 0}, r"^size \(height\): expected an integer from 1 to 65535, got 0$"),
        ({"resize": "area"}, r'^Unknown resize: "area"\. Pass nearest, bilinear, bicubic or lanczos\.$'),
        ({"scale": 0}, r"^scale: expected a number other than 0, got 0$"),
        ({"std": [1, 0, 1]}, r"^std: expected a number above 0, got 0$"),
        ({"mean": [1, 2]}, r"^mean has 2 figures; the network sees 3 channels\. Give one for all or one a channel\.$"),
        ({"channels": "grey", "mean": [1, 2, 3]}, r"^mean has 3 figures; the network sees 1 channel\. "),
        ({"channels": "grey", "normalizer": "reinhard"}, r"^A stain has no colour in grey\."),
        ({"backend": "gpu"}, r'^Unknown backend: "gpu"'),
        ({"input_shape": (3, 0, 8)}, r"^input_shape: expected an integer of at least 1, got 0$"),
        ({"input_shape": 224}, r"^input_shape: expected one picture's shape, such as \(224, 224, 3\), got 224$"),
        (
            {"input_shape": (3, 64, 48), "size": 9},
            r"^The model takes pictures of 48 × 64, not 9 × 9\. Leave size at 48 × 64\.$",
        ),
        (
            {"input_shape": (64, 48, 1), "size": (48, 64)},
            r"^The model takes pictures of 48 × 64, not 64 × 48\. Leave size at 48 × 64\.$",
        ),
        ({"classes": 3}, r"^classes: expected a list of names, got 3$"),
        ({"classes": "abc"}, r"^classes: expected a list of names, got abc$"),
    ],
)
def test_what_has_no_meaning_is_refused_by_its_name(declared, sentence):
    with pytest.raises(ls.InputError, match=sentence):
        ls.Model(b"\x08", **declared)


async def test_the_table_comes_as_text_as_a_frame_and_layer_by_layer(page):
    summary, table = page.widget.summary(), page.widget.layer_table()
    assert repr(page.widget.layers) == "<layers: the page knows; await it>"
    assert asked(page) == [("summary", {}), ("layers", {})]
    page.answer_all(summary=({"text": 'Model: "lab.onnx"'}, b""), layers=LAYERS)
    assert await summary == 'Model: "lab.onnx"'
    frame = await table
    assert frame["parameters"].tolist() == [112, 0]
    assert frame.attrs["totals"] == {"parameters": 112}
    question = page.widget.layers._ask()
    page.answer_all(summary=({"text": ""}, b""), layers=LAYERS)
    conv1, relu = await question
    assert (conv1.name, conv1.output_shape, conv1.parameters) == ("conv1", "(None, 8, 8, 4)", 112)
    assert (relu.type, relu.multiply_adds) == ("ReLU", None)


async def test_the_table_is_written_as_text_too(page, tmp_path):
    saved = page.widget.save(tmp_path / "layers.txt")
    assert asked(page) == [("save", {"format": "txt"})]
    page.answer_all(save=({}, b"Model: lab"))
    assert (await saved).read_bytes() == b"Model: lab"
    with pytest.raises(ls.InputError, match=r"nknown format: "):
        page.widget.save("layers.xlsx")


async def test_without_pandas_and_polars_the_table_is_columns(page, monkeypatch):
    monkeypatch.setitem(sys.modules, "pandas", None)
    monkeypatch.setitem(sys.modules, "polars", None)
    table = page.widget.layer_table()
    page.answer_all(layers=LAYERS)
    assert await table == COLUMNS


async def test_pictures_cross_whole_to_be_prepared_and_say_whether_they_were(page):
    pictures = np.arange(2 * 4 * 4 * 3, dtype=np.uint8).reshape(2, 4, 4, 3)
    question = page.widget.preprocess(pictures)
    ((_, options),) = asked(page)
    page.say("pictures", id="p", key=options["images"]["$images"]["key"], rows=[0, 1], box=None)
    assert page.last("pictures")[1][0].endswith(pictures.tobytes())
    values = (pictures / 255).astype("<f4")
    header = {"shape": [2, 4, 4, 3], "dtype": "float32", "applied": True, "sentence": "Prepared: 4 × 4."}
    page.answer_all(preprocess=(header, values.tobytes()))
    prepared = await question
    assert prepared.is_applied
    assert repr(prepared) == "PreparedPictures(2 × 4 × 4 × 3): Prepared: 4 × 4."
    assert np.array_equal(np.asarray(prepared), values)
    # What is prepared is floats, and taken as such.
    again = page.widget.preprocess(prepared)
    assert np.array_equal(page.read(asked(page)[-1][1]["images"]), values)
    assert repr(again) == "<preprocess: on its way; await it>"


def drop(page, name, **preprocessing):
    """Have the page tell that a reader has dropped a model on its table."""
    page.say("told", facts={"name": name, "key": f"key of {name}", "isDropped": True, "preprocessing": preprocessing})


def test_a_model_that_a_reader_dropped_is_named_by_its_widget(notebook):
    page = notebook(ls.Model())
    assert (repr(page.widget), "model" in page.widget._props) == ("Model(none yet): waiting to be shown", False)
    features, pictures = ls.Features(page.widget), np.zeros((1, 4, 4, 3), np.uint8)
    with pytest.raises(ls.InputError, match=r"^No model has been dropped on the table yet\. .* run this cell again\.$"):
        features(pictures)
    drop(page, "dropped.keras", scale=1)
    assert page.widget.name == "dropped.keras"
    assert features(pictures)._encoded.preprocessing == {"scale": 1}


def test_classes_are_those_of_the_passed_model_or_of_any_that_is_dropped_where_none_was(notebook):
    pictures = np.zeros((1, 4, 4, 3), np.uint8)
    for source, columns in ((None, ["a", "b"]), ({"lab.onnx": b"graph"}, None)):
        page = notebook(ls.Model(source, classes=["a", "b"]))
        drop(page, "dropped.keras")
        assert ls.Features(page.widget, None, include_preds=True)(pictures).columns == columns


def test_activations_are_those_of_the_model_that_they_were_made_with(notebook):
    page = notebook(ls.Model(backend="wasm"))
    features, pictures = ls.Features(page.widget), np.zeros((1, 4, 4, 3), np.uint8)
    drop(page, "first.onnx")
    first = features(pictures)
    drop(page, "second.onnx")
    second = features(pictures)
    shares = page.widget._props["shares"]
    assert first._encoded.model == {"$model": {"widget": shares, "name": "first.onnx", "key": "key of first.onnx"}}
    assert second._encoded.model == {"$model": {"widget": shares, "name": "second.onnx", "key": "key of second.onnx"}}
    assert first._encoded.key != second._encoded.key
    assert "first.onnx" in repr(first)


def test_one_dropped_on_a_model_takes_its_place_for_features_made_from_now_on(page):
    before = ls.Features(page.widget)(np.zeros((1, 4, 4, 3), np.uint8))
    drop(page, "other.h5")
    after = ls.Features(page.widget)(np.zeros((1, 4, 4, 3), np.uint8))
    assert before._encoded.model["$model"]["name"] == "lab.onnx"
    assert after._encoded.model["$model"]["widget"] == page.widget._props["shares"]


def test_an_exported_page_has_the_engine_with_the_files_and_neither_with_the_table(page, tmp_path):
    with_files = page.widget.to_html(tmp_path / "model.html").read_text()
    assert 'id="ls-part-engine-wasm"' in with_files
    page.write("_saved", b"packed table")
    assert "part-engine" in page.widget.to_html(tmp_path / "again.html", points=True).read_text()
    assert "part-engine" in ls.Model().to_html(tmp_path / "empty.html").read_text()
    without = page.widget.to_html(tmp_path / "table.html").read_text()
    assert "part-engine" not in without
    assert "$model" not in without
    assert "part-engine" not in ls.UmapScatter(np.zeros((4, 2))).to_html(tmp_path / "map.html").read_text()
