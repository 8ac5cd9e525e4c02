import io
import sys
import types
from pathlib import Path

import layerscope as ls
import pytest
from layerscope._model_files import MOST_BYTES, encode_model_files, read_model_files


def names(files):
    return [file.name for file in files]


def test_beside_an_onnx_file_lie_its_weights(tmp_path):
    others = ("lab.onnx.bak", "lab.onnx.data.bak", "lab.onnx2", "lab.png", "lab2.onnx", "other.onnx.data")
    for name in ("lab.onnx", "lab.onnx.data", "lab.onnx_data", *others):
        (tmp_path / name).write_bytes(name.encode())
    (tmp_path / "lab.onnx.folder").mkdir()
    assert names(read_model_files(tmp_path / "lab.onnx")) == ["lab.onnx", "lab.onnx.data", "lab.onnx_data"]
    assert names(read_model_files(str(tmp_path / "lab.onnx"), [tmp_path / "other.onnx.data"])) == [
        "lab.onnx",
        "lab.onnx.data",
        "lab.onnx_data",
        "other.onnx.data",
    ]
    # Both named, as a reader would: each comes once.
    both = read_model_files([tmp_path / "lab.onnx", tmp_path / "lab.onnx.data"])
    assert names(both) == ["lab.onnx", "lab.onnx.data", "lab.onnx_data"]
    for name in (".weights", "_data_1", ".data.2", "_external_data"):
        (tmp_path / f"parts.onnx{name}").write_bytes(name.encode())
    (tmp_path / "parts.onnx").write_bytes(b"graph")
    assert len(read_model_files(tmp_path / "parts.onnx")) == 5
    (tmp_path / "lab.h5.data").write_bytes(b"no weights of it")
    (tmp_path / "lab.h5").write_bytes(b"\x89HDF")
    assert names(read_model_files(tmp_path / "lab.h5")) == ["lab.h5"]


def test_the_models_own_file_names_it_in_whatever_order_they_are_given(tmp_path):
    for name in ("lab.onnx", "lab.onnx.data"):
        (tmp_path / name).write_bytes(name.encode())
    assert ls.Model([tmp_path / "lab.onnx.data", tmp_path / "lab.onnx"]).name == "lab.onnx"
    assert ls.Model({"weights.bin": b"weights", "lab.ONNX": b"model"}).name == "lab.ONNX"
    assert ls.Model({"lab": b"model", "lab.data": b"weights"}).name == "lab"


def test_weights_without_a_name_are_refused():
    sentence = r'^Weights are given without the name of .* Pass them by name: external_data=\{"lab\.onnx\.data": '
    for given in ((b"model", b"weights"), (b"model", io.BytesIO(b"weights")), ([b"model", b"weights"], None)):
        with pytest.raises(ls.InputError, match=sentence):
            ls.Model(given[0], external_data=given[1])


def test_bytes_are_called_after_their_beginning_and_open_files_after_themselves(tmp_path):
    assert names(read_model_files(b"\x89HDF\r\n\x1a\n")) == ["model.h5"]
    assert names(read_model_files(bytearray(b"PK\x03\x04"))) == ["model.keras"]
    assert names(read_model_files(memoryview(b"\x08\x07"))) == ["model.onnx"]
    assert names(read_model_files(io.BytesIO(b"PK\x03\x04"))) == ["model.keras"]
    (tmp_path / "lab.keras").write_bytes(b"PK")
    with (tmp_path / "lab.keras").open("rb") as file:
        assert read_model_files(file) == [("lab.keras", b"PK")]
    given = {"folder/lab.onnx": b"model", "lab.onnx.data": b"weights"}
    assert read_model_files(given) == [("lab.onnx", b"model"), ("lab.onnx.data", b"weights")]
    assert names(read_model_files(b"\x08\x07", {"w.bin": b"weights"})) == ["model.onnx", "w.bin"]


def test_equal_files_have_one_key_and_others_another():
    def key(**contents):
        return encode_model_files(read_model_files(contents)).key

    assert key(a=b"1", b=b"2") == key(a=b"1", b=b"2")
    assert len({key(a=b"1", b=b"2"), key(a=b"2", b=b"1"), key(a=b"1"), key(b=b"1")}) == 4


def test_what_is_no_file_is_refused_by_its_name(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "saved").mkdir()
    (tmp_path / "empty.onnx").write_bytes(b"")
    refused = {
        "lab.h5": f"There is no file lab.h5. Paths are seen from {tmp_path}.",
        "saved": "saved is a folder, such as TensorFlow's SavedModel. "
        'Write model.save("model.keras") and pass that file.',
        "https://a.b/lab.h5": "https://a.b/lab.h5 is an address: nothing is fetched from a network. "
        "Download it and pass its path.",
        "empty.onnx": "empty.onnx is empty. Copy or download it again.",
    }
    for source, sentence in refused.items():
        with pytest.raises(ls.InputError) as caught:
            ls.Model(source)
        assert str(caught.value) == sentence
    for source, sentence in ((7, "int is no model."), ([], "No file was given."), (io.StringIO("x"), "opened as text")):
        with pytest.raises(ls.InputError, match=sentence):
            ls.Model(source)


def refuse_reading(monkeypatch, name):
    """Let files of that beginning be read by nobody; returns those that somebody tried to read."""
    read, tried = Path.read_bytes, []

    def refuse(path):
        if not path.name.startswith(name):
            return read(path)
        tried.append(path)
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    return tried


def test_what_is_too_large_for_a_page_is_refused_before_it_is_read(tmp_path, monkeypatch):
    (tmp_path / "vast.onnx").write_bytes(b"small")
    with (tmp_path / "vast.onnx.data").open("wb") as file:
        file.truncate(MOST_BYTES + 10**8)
    read = refuse_reading(monkeypatch, "vast.onnx")
    with pytest.raises(ls.InputError) as caught:
        ls.Model(tmp_path / "vast.onnx")
    assert str(caught.value) == (
        "vast.onnx has 2.1 GB; an engine in a page takes up to 2 GB. Export it in float16, or take a smaller one."
    )
    assert read == []


def test_what_can_not_be_read_is_refused_with_the_cause(tmp_path, monkeypatch):
    (tmp_path / "lab.h5").write_bytes(b"x")
    refuse_reading(monkeypatch, "lab.h5")
    with pytest.raises(ls.InputError, match=r"lab\.h5 can't be read: Permission denied\. Check who may read it\.$"):
        ls.Model(tmp_path / "lab.h5")


class Part:
    """Stands for `torch.nn.Module`."""

    def __init__(self, *parts):
        self.parts, self.training = parts, True

    def modules(self):
        return [self, *self.parts]

    def parameters(self):
        return iter([types.SimpleNamespace(device="cpu", dtype="float32")])

    def eval(self):
        for part in self.modules():
            part.training = False


class NoGradient:
    def __enter__(self):
        return self

    def __exit__(self, *_):
        return None


@pytest.fixture
def torch(monkeypatch):
    """Stands for PyTorch 2.8, with those of its export's arguments that 2.7 to 2.13 have, and their defaults.

    Keeps how the export was asked for, and writes two files.
    """
    asked = types.SimpleNamespace(calls=[], __version__="2.8.0+cpu")

    def export(  # noqa: PLR0913 - PyTorch's
        module,
        arguments=(),
        path=None,
        *,
        kwargs=None,
        verbose=None,
        input_names=None,
        output_names=None,
        opset_version=None,
        dynamo=False,
        external_data=True,
        dynamic_shapes=None,
        dynamic_axes=None,
    ):
        del kwargs, verbose, output_names, opset_version, external_data, dynamic_axes
        if dynamic_shapes and not dynamo:
            raise ValueError("The exporter only supports dynamic shapes through dynamic_axes when dynamo=False.")
        options = {"input_names": input_names, "dynamic_shapes": dynamic_shapes}
        asked.calls.append((arguments, [part.training for part in module.modules()], options))
        Path(path).write_bytes(b"graph")
        Path(f"{path}.data").write_bytes(b"weights")

    asked.nn = types.SimpleNamespace(Module=Part)
    asked.onnx = types.SimpleNamespace(export=export)
    asked.no_grad = NoGradient
    asked.zeros = lambda shape, **where: (shape, where)
    monkeypatch.setitem(sys.modules, "torch", asked)
    return asked


def test_a_module_is_exported_in_evaluation_and_left_in_its_own_modes(torch):
    frozen = Part()
    frozen.training = False
    module = Part(frozen)
    model = ls.Model(module, input_shape=(3, 8, 8))
    ((arguments, training, options),) = torch.calls
    # Two pictures: of one alone the exporter takes for granted that there is one.
    assert arguments == (((2, 3, 8, 8), {"device": "cpu", "dtype": "float32"}),)
    assert training == [False, False]
    assert options["dynamic_shapes"] == ({0: "batch"},)
    assert [part.training for part in module.modules()] == [True, False]
    assert [file["name"] for file in model._props["model"]["$model"]["files"]] == ["Part.onnx", "Part.onnx.data"]
    ls.Model(module, example="a batch")
    assert torch.calls[-1][0] == ("a batch",)


def test_a_module_that_can_not_be_exported_says_why(torch):
    with pytest.raises(ls.InputError, match=r"^Part does not say what it takes\. Pass input_shape=\(3, 224, 224\)"):
        ls.Model(Part())

    def lack(*_, **__):
        raise ModuleNotFoundError("No module named 'onnxscript'", name="onnxscript")

    torch.onnx.export = lack
    with pytest.raises(ls.InputError) as caught:
        ls.Model(Part(), input_shape=(3, 8, 8))
    assert str(caught.value) == (
        "torch.onnx.export needs onnxscript, which is not installed. Run pip install onnx onnxscript."
    )

    def fail(*_, **__):
        raise RuntimeError("\x1b[96mStep 1\x1b[0m of 3") from ValueError("No operator for aten::odd.\nMore of it")

    torch.onnx.export = fail
    module = Part()
    with pytest.raises(ls.InputError, match=r"^Part can't be exported: No operator for aten::odd\. Export it with "):
        ls.Model(module, input_shape=(3, 8, 8))
    assert module.training


def test_a_pytorch_that_is_too_old_for_it_is_told_of_with_the_one_that_is_needed(torch):
    def export(module, arguments, path, *, input_names=None, dynamic_axes=None):
        raise AssertionError((module, arguments, path, input_names, dynamic_axes))

    torch.onnx.export, torch.__version__ = export, "2.4.1"
    with pytest.raises(ls.InputError) as caught:
        ls.Model(Part(), input_shape=(3, 8, 8))
    assert str(caught.value) == (
        "PyTorch 2.4.1 can't export Part for any number of pictures. "
        "It takes PyTorch 2.7 or newer; or pass the path of an .onnx file."
    )


class Saved:
    """Stands for a model of Keras: `knows` are the suffixes that its version writes as files."""

    def __init__(self, *knows):
        self.name, self.knows = "lab", knows

    def save(self, path):
        path = Path(path)
        path.write_bytes(b"saved") if path.suffix in self.knows else path.mkdir()


def keras_model(*knows):
    kind = type("Model", (Saved,), {})
    kind.__module__ = "keras.src.models.model"
    return type("Sequential", (kind,), {})(*knows)


def test_a_model_of_keras_is_saved_as_a_file_that_its_version_knows():
    assert ls.Model(keras_model(".keras", ".h5")).name == "lab.keras"
    assert ls.Model(keras_model(".h5")).name == "lab.h5"
    with pytest.raises(ls.InputError, match=r"^There is no file lab\.h5|^.*lab\.h5 is a folder"):
        ls.Model(keras_model())


def test_with_pytorch_under_keras_a_model_of_keras_is_no_module(torch):
    kind = type("Model", (Saved, Part), {"__init__": Saved.__init__})
    kind.__module__ = "keras.src.models.model"
    assert ls.Model(kind(".keras")).name == "lab.keras"
    assert torch.calls == []
