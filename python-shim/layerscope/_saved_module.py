"""Models that live in this process, saved to files that a page can read."""

import re
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from layerscope._errors import InputError
from layerscope._model_files import ModelFile, read_model_files

_COLOR = re.compile("\x1b\\[[0-9;]*m")

_NEEDED = (2, 7)
"""Of PyTorch: its exporter takes the names of open axes from here on (pytorch/pytorch, pull request 146321)."""

_TWO = 2
"""Pictures in an example: of one alone the exporter would take for granted that there is one."""


def is_torch_module(source: object) -> bool:
    """Say whether it is a `torch.nn.Module`, without importing torch."""
    torch: Any = sys.modules.get("torch")
    return torch is not None and hasattr(torch, "nn") and isinstance(source, torch.nn.Module)


def is_keras_model(source: object) -> bool:
    """Say whether it is a model of Keras, of whichever package, without importing it."""
    return any(
        kind.__name__ == "Model" and kind.__module__.split(".")[0] in {"keras", "tf_keras", "tensorflow"}
        for kind in type(source).__mro__
    )


def export_torch(module: Any, input_shape: Sequence[int] | None, example: object = None) -> list[ModelFile]:  # noqa: ANN401 - torch ships no types here
    """Export a module with `torch.onnx.export`, for any number of pictures; its modes stay as they were.

    Parameters
    ----------
    module
        A `torch.nn.Module`.
    input_shape
        One picture's, such as (3, 224, 224).
    example
        A batch of two pictures or more in its place: a tensor, or a tuple of the module's arguments.

    Raises
    ------
    InputError
        When neither is given, when a package is missing or too old, and when the module can't be exported.
    """
    torch: Any = sys.modules["torch"]
    # What trained it may be wrapped around it still: DataParallel, torch.compile.
    module = getattr(module, "_orig_mod", module)
    module = module.module if type(module).__name__ in {"DataParallel", "DistributedDataParallel"} else module
    called = type(module).__name__
    arguments = _example(torch, module, input_shape, example)
    with tempfile.TemporaryDirectory() as folder, _evaluating(module), torch.no_grad():
        path = Path(folder) / f"{called}.onnx"
        try:
            torch.onnx.export(
                module,
                arguments,
                str(path),
                input_names=_names(arguments),
                dynamic_shapes=_open_batch(arguments),
                # Before 2.9 the default was the exporter that knows no `dynamic_shapes`.
                dynamo=True,
                verbose=False,
            )
        except ImportError as error:
            missing = error.name or "onnxscript"
            raise InputError(
                f"torch.onnx.export needs {missing}, which is not installed.", "Run pip install onnx onnxscript."
            ) from error
        except Exception as error:
            if _is_too_old(torch):
                needed = ".".join(map(str, _NEEDED))
                raise InputError(
                    f"PyTorch {torch.__version__} can't export {called} for any number of pictures.",
                    f"It takes PyTorch {needed} or newer; or pass the path of an .onnx file.",
                ) from error
            raise InputError(
                f"{called} can't be exported: {_cause(error)}.",
                "Export it with torch.onnx.export yourself and pass the path.",
            ) from error
        return read_model_files(path)


def save_keras(model: Any) -> list[ModelFile]:  # noqa: ANN401 - Keras ships no types
    """Save a model of Keras as .keras; as .h5 where its version knows no such file.

    Raises
    ------
    InputError
        When it can't be saved.
    """
    called = str(getattr(model, "name", "") or "model")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{Path(called).name}.keras"
        try:
            model.save(path)
            if not path.is_file():
                # Before 2.12 any suffix but this one meant a folder.
                path = path.with_suffix(".h5")
                model.save(path)
        except Exception as error:
            raise InputError(
                f"{called} can't be saved: {_cause(error)}.",
                "Save it yourself, as .keras or .h5, and pass the path.",
            ) from error
        return read_model_files(path)


def _example(torch: Any, module: Any, input_shape: Sequence[int] | None, example: object) -> tuple[Any, ...]:  # noqa: ANN401
    if example is not None:
        return tuple(example) if isinstance(example, (tuple, list)) else (example,)
    if input_shape is None:
        raise InputError(
            f"{type(module).__name__} does not say what it takes.",
            "Pass input_shape=(3, 224, 224), one picture's, or example=batch.",
        )
    first = next(iter(module.parameters()), None)
    where = {} if first is None else {"device": first.device, "dtype": first.dtype}
    return (torch.zeros((_TWO, *input_shape), **where),)


def _cause(error: BaseException) -> str:
    """Return the first line of what began it: PyTorch wraps it in advice on how to report it."""
    while error.__cause__ is not None:
        error = error.__cause__
    lines = _COLOR.sub("", str(error)).strip().splitlines()
    return (lines[0] if lines else type(error).__name__).rstrip(".")


def _is_too_old(torch: Any) -> bool:  # noqa: ANN401
    version = re.match(r"(\d+)\.(\d+)", str(torch.__version__))
    return version is not None and (int(version[1]), int(version[2])) < _NEEDED


def _names(arguments: tuple[Any, ...]) -> list[str]:
    return ["pictures", *(f"input{place}" for place in range(1, len(arguments)))]


def _open_batch(arguments: tuple[Any, ...]) -> tuple[dict[int, str], ...]:
    return tuple({0: "batch"} for _ in arguments)


@contextmanager
def _evaluating(module: Any) -> Iterator[None]:  # noqa: ANN401
    """Have dropout and batch normalisation do as they do when a network is used; each part's own mode comes back."""
    modes = [(part, part.training) for part in module.modules()]
    module.eval()
    try:
        yield
    finally:
        for part, training in modes:
            part.training = training
