"""How a picture is grown that excites a part of a model most, and what part; checked as far as that needs no model."""

from collections.abc import Mapping
from typing import Any, TypedDict

from layerscope._errors import InputError
from layerscope._layer_names import wire_layer
from layerscope._option_checks import Numbers
from layerscope._unknown_argument import unknown_argument

_PLACE = Numbers(integer=True, least=0)
_WEIGHT = Numbers(least=0)

_CHECKS = {
    "steps": Numbers(integer=True, least=1, most=10_000),
    "seed": Numbers(integer=True, least=0, most=2**32 - 1),
    "step_size": Numbers(above=0),
    "jitter": Numbers(integer=True, least=0),
    "blur_sigma": _WEIGHT,
    "blur_every": Numbers(integer=True, least=0),
    "tv_weight": _WEIGHT,
    "l2_weight": _WEIGHT,
}
_WIRED = {
    "step_size": "stepSize",
    "blur_sigma": "blurSigma",
    "blur_every": "blurEvery",
    "tv_weight": "tvWeight",
    "l2_weight": "l2Weight",
}
"""What the page calls them where that differs."""


class VisualizationOptions(TypedDict, total=False):
    """What `FeatureMapGrid.visualize` takes by name besides steps and seed."""

    step_size: float
    jitter: int
    blur_sigma: float
    blur_every: int
    tv_weight: float
    l2_weight: float


def wire_part(layer: Any, channel: Any, row: Any, column: Any) -> dict[str, Any]:  # noqa: ANN401 - NumPy's numbers as well
    """Return a part of a model as the page knows it: a class, a channel, or one place of that.

    Raises
    ------
    InputError
        On what is none.
    """
    _PLACE.check("channel", channel)
    if (row is None) != (column is None):
        raise InputError("Only one of row and column is given.", "Give both for one place, or neither for the channel.")
    if layer is None:
        if row is not None:
            raise InputError("A class has no places.", "Leave out row and column.")
        return {"class": int(channel)}
    target = {"layer": wire_layer(layer), "channel": int(channel)}
    if row is None:
        return target
    _PLACE.check("row", row)
    _PLACE.check("column", column)
    return {**target, "row": int(row), "column": int(column)}


def wire_visualization(given: Mapping[str, Any]) -> dict[str, Any]:
    """Return options under the page's names; None leaves one out.

    Raises
    ------
    ArgumentError
        On an unknown name.
    InputError
        On a number out of its range.
    """
    options: dict[str, Any] = {}
    for name, value in given.items():
        if name not in _CHECKS:
            raise unknown_argument(name, tuple(_CHECKS), f"visualize takes {', '.join(_CHECKS)}.")
        if value is None:
            continue
        _CHECKS[name].check(name, value)
        options[_WIRED.get(name, name)] = int(value) if float(value).is_integer() else float(value)
    return options
