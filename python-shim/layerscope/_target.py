"""What is differentiated: a class, the difference of two, or a unit of a layer."""

from typing import Any

from layerscope._layer_names import wire_layer
from layerscope._option_checks import wrong

Target = int | tuple[int, int] | tuple[str, int] | tuple[str, int, int, int]

_PAIR = 2
_PLACE = 4


def wire_target(name: str, target: Any) -> dict[str, Any]:  # noqa: ANN401 - NumPy's numbers as well
    """Return a target as the page knows it.

    Parameters
    ----------
    name
        What the argument is called, for errors.
    target
        A class's number; ``(a, b)``, class a less class b; ``(layer, channel)``, a channel's mean over its places, such
        as `FeatureMapGrid.channel`; ``(layer, channel, row, column)``, one place of it.

    Raises
    ------
    InputError
        On anything else. Whether there are such, the page knows.
    """
    if _is_number(target):
        return {"class": _count(name, target)}
    if isinstance(target, tuple | list):
        first, *others = target
        if len(target) == _PAIR and _is_number(first):
            return {"class": _count(name, first), "minus": _count(name, others[0])}
        if len(target) in (_PAIR, _PLACE) and isinstance(first, str):
            numbers = [_count(name, other) for other in others]
            return {"layer": wire_layer(first), **dict(zip(("channel", "row", "column"), numbers, strict=False))}
    raise wrong(name, "a class, (class, class), (layer, channel) or (layer, channel, row, column)", target)


def _is_number(value: object) -> bool:
    return hasattr(value, "__index__") and not isinstance(value, bool)


def _count(name: str, value: Any) -> int:  # noqa: ANN401 - whatever was passed
    if not _is_number(value) or value.__index__() < 0:
        raise wrong(name, "whole numbers of at least 0", value)
    return int(value.__index__())
