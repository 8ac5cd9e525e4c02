"""The files of a trained model: the model's own, and those that keep its weights."""

import os
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple, TypeGuard

from layerscope._arrays import EncodedArray, Reference
from layerscope._blocks import Block
from layerscope._content_key import content_key
from layerscope._errors import InputError

MOST_BYTES = 2 * 10**9
"""An engine in a page has 4 GB of memory, and weights lie in it twice while it opens them."""

_OWN = re.compile(r"\.(onnx|keras|h5|hdf5)$", re.IGNORECASE)
"""What ends the name of a model's own file."""

_WEIGHTS = re.compile(r"[._-](ext(ernal)?[._-]?)?(data|weights?|params|bin)([._-](data|bin|of|\d+))*", re.IGNORECASE)
"""What exporters put after it to name the files of its weights: ".data" (PyTorch), "_data", "_data_1" (Optimum)."""

_REMEDY = "Pass a path, bytes or a file object of an .onnx, .keras or .h5 file, a torch.nn.Module, or a keras.Model."


class ModelFile(NamedTuple):
    """One of them, by its name without its folder."""

    name: str
    content: bytes


@dataclass(frozen=True)
class ModelFiles:
    """A model's files in the form that crosses, its own first."""

    files: tuple[tuple[str, EncodedArray], ...]

    @property
    def name(self) -> str:
        """What the model's own file is called."""
        return self.files[0][0]

    @cached_property
    def key(self) -> str:
        """A name made from the files' names and contents: a page opens equal models once."""
        told = "\n".join(f"{name} {array.block.key}" for name, array in self.files)
        return content_key(memoryview(told.encode()), "model")

    @property
    def blocks(self) -> tuple[Block, ...]:
        """What the page may ask for."""
        return tuple(array.block for _, array in self.files)

    @property
    def reference(self) -> Reference:
        """What stands for the model in a widget's properties."""
        files = [{"name": name, "bytes": array.reference} for name, array in self.files]
        return {"$model": {"key": self.key, "name": self.name, "files": files}}


def encode_model_files(files: Sequence[ModelFile]) -> ModelFiles:
    """Encode files for the page.

    Raises
    ------
    InputError
        When they are too large together for an engine in a page, and when the model's own is empty.
    """
    refuse_too_large(files[0].name, sum(len(file.content) for file in files))
    if not files[0].content:
        raise InputError(f"{files[0].name} is empty.", "Copy or download it again.")
    return ModelFiles(tuple((file.name, _encode(file.content)) for file in files))


def read_model_files(source: object, external_data: object = None) -> list[ModelFile]:
    """Read a model from where it lies.

    Parameters
    ----------
    source
        A path, bytes, an open file, several of these, or contents by name. With a path that ends in .onnx come the
        files of its weights beside it that are called after it, as ``lab.onnx.data``.
    external_data
        Paths of further files with its weights, bytes by name, or one of these.

    Returns
    -------
    list
        The model's own file first.

    Raises
    ------
    InputError
        When there is no such file, when it can't be read, when weights have no name, and when all are too large
        together.
    """
    sources = _each(source)
    if not sources:
        raise InputError("No file was given.", _REMEDY)
    beside = [] if external_data is None else _each(external_data)
    if any(map(_is_nameless, beside)) or sum(map(_is_nameless, sources)) > 1:
        raise InputError(
            "Weights are given without the name of their file, by which the model asks for them.",
            'Pass them by name: external_data={"lab.onnx.data": data}.',
        )
    paths = [path for one in sources if _is_path(one) for path in _with_weights(_existing(one))]
    paths += [_existing(one) for one in beside if _is_path(one)]
    paths = list({path.resolve(): path for path in paths}.values())
    if paths:
        refuse_too_large(paths[0].name, sum(path.stat().st_size for path in paths))
    opened = [_opened(one) for one in [*sources, *beside] if not _is_path(one)]
    read = [ModelFile(path.name, _content(path)) for path in paths]
    given = [*read, *opened] if _is_path(sources[0]) else [*opened, *read]
    # Where no name tells, what was named first is the model's own.
    return sorted(given, key=lambda file: _OWN.search(file.name) is None)


def refuse_too_large(name: str, size: int) -> None:
    """Raise an `InputError` for files that an engine in a page has no room for."""
    if size > MOST_BYTES:
        raise InputError(
            f"{name} has {size / 1e9:.1f} GB; an engine in a page takes up to {MOST_BYTES / 1e9:.0f} GB.",
            "Export it in float16, or take a smaller one.",
        )


def _each(source: object) -> list[object]:
    if isinstance(source, Mapping):
        return [_named(str(name), content) for name, content in source.items()]
    return list(source) if isinstance(source, (list, tuple)) and not isinstance(source, ModelFile) else [source]


def _named(name: str, content: object) -> ModelFile:
    if not isinstance(content, (bytes, bytearray, memoryview)):
        raise InputError(f"{name} is {type(content).__name__}, not bytes.", "Pass the file's bytes under its name.")
    return ModelFile(Path(name).name, bytes(content))


def _is_path(source: object) -> "TypeGuard[str | os.PathLike[str]]":
    return isinstance(source, (str, os.PathLike))


def _existing(source: "str | os.PathLike[str]") -> Path:
    text = os.fspath(source)
    if "://" in text:
        raise InputError(f"{text} is an address: nothing is fetched from a network.", "Download it and pass its path.")
    path = Path(text).expanduser()
    if path.is_dir():
        raise InputError(
            f"{path} is a folder, such as TensorFlow's SavedModel.",
            'Write model.save("model.keras") and pass that file.',
        )
    if not path.is_file():
        raise InputError(f"There is no file {path}.", f"Paths are seen from {Path.cwd()}.")
    return path


def _with_weights(path: Path) -> Iterable[Path]:
    """PyTorch writes `lab.onnx.data` beside `lab.onnx`, others `lab.onnx_data` or `lab.onnx.data.1`; never `.bak`."""
    yield path
    if path.suffix.lower() == ".onnx":
        yield from sorted(
            other for other in path.parent.iterdir() if other.name.startswith(path.name) and _holds_weights(other, path)
        )


def _holds_weights(other: Path, path: Path) -> bool:
    named = _WEIGHTS.fullmatch(other.name.removeprefix(path.name))
    return named is not None and other.is_file() and other.stat().st_size > 0


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise InputError(f"{path} can't be read: {error.strerror or error}.", "Check who may read it.") from error


def _opened(source: Any) -> ModelFile:  # noqa: ANN401 - bytes, or anything with read()
    if isinstance(source, ModelFile):
        return source
    if isinstance(source, (bytes, bytearray, memoryview)):
        return ModelFile(f"model{_suffix(bytes(source[:8]))}", bytes(source))
    if not callable(getattr(source, "read", None)):
        raise InputError(f"{type(source).__name__} is no model.", _REMEDY)
    content = source.read()
    if not isinstance(content, bytes):
        raise InputError("The file was opened as text.", 'Write open(path, "rb").')
    name = getattr(source, "name", None)
    return ModelFile(Path(name).name if isinstance(name, str) else f"model{_suffix(content[:8])}", content)


def _is_nameless(source: Any) -> bool:  # noqa: ANN401 - whatever was passed
    if isinstance(source, (bytes, bytearray, memoryview)):
        return True
    return callable(getattr(source, "read", None)) and not isinstance(getattr(source, "name", None), str)


def _suffix(beginning: bytes) -> str:
    """Name what has no name by its first bytes: HDF5, zip, else ONNX, which has none of its own."""
    if beginning.startswith(b"\x89HDF"):
        return ".h5"
    return ".keras" if beginning.startswith(b"PK") else ".onnx"


def _encode(content: bytes) -> EncodedArray:
    return EncodedArray(Block(content, f"uint8-{len(content)}"), "uint8", (len(content),))
