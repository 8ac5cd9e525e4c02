"""The layers of a model, as the page tells of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from layerscope._frame_of_columns import frame_of_columns

_FIELDS = {
    "layer": "name",
    "type": "type",
    "output_shape": "output_shape",
    "parameters": "parameters",
    "multiply_adds": "multiply_adds",
    "dtype": "dtype",
    "kernel": "kernel",
    "stride": "stride",
    "module": "module",
}


@dataclass(frozen=True)
class ModelLayer:
    """One layer; of an ONNX file, an operator.

    Parameters
    ----------
    name
        By which `Features` finds it.
    type
        Keras' class ("Conv2D") or ONNX' operator ("Conv").
    output_shape
        As Keras prints it: "(None, 7, 7, 1280)".
    parameters
        How many numbers it holds.
    multiply_adds
        Multiplications with an addition each, for one picture; None where nobody can tell.
    dtype
        Of its answer.
    kernel, stride
        Of convolutions and pooling: "3 x 3"; "" of others.
    module
        The path of the module in PyTorch that an operator comes from, or of the nested model in Keras; "" where there
        is none.
    """

    name: str
    type: str
    output_shape: str
    parameters: int
    multiply_adds: int | None
    dtype: str
    kernel: str
    stride: str
    module: str


def read_layers(header: Mapping[str, Any], _: bytes) -> list[ModelLayer]:
    """Make layers of the page's columns."""
    columns = header["columns"]
    rows = zip(*(columns[name] for name in _FIELDS), strict=True)
    return [ModelLayer(**dict(zip(_FIELDS.values(), row, strict=True))) for row in rows]


def read_layer_table(header: Mapping[str, Any], _: bytes) -> Any:  # noqa: ANN401 - of whichever package is there
    """Make a frame of the page's columns, with the totals in ``attrs["totals"]``."""
    columns = {name: list(header["columns"][name]) for name in _FIELDS}
    return frame_of_columns(columns, {"totals": dict(header.get("totals") or {})})
