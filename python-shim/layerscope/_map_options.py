"""Which layers' channels are shown, and how they are drawn; checked as far as that needs no model."""

from collections.abc import Sequence
from typing import Any, Literal

from layerscope._layer_names import LayerName, wire_layers
from layerscope._option_checks import Numbers, check_choice, wrong

Normalize = Literal["zscore", "minmax", "layer", "signed"]
Colormap = Literal["viridis", "inferno", "cividis", "grey"]
ChannelOrder = Literal["index", "mean", "max", "zeros", "difference"]
Layers = LayerName | Sequence[LayerName] | None

_NORMALIZE = ("zscore", "minmax", "layer", "signed")
_COLORMAPS = ("viridis", "inferno", "cividis", "grey")
_ORDERS = ("index", "mean", "max", "zeros", "difference")


def wire_shown_layers(layers: Any) -> int | list[str | int] | None:  # noqa: ANN401 - NumPy's numbers as well
    """Return how many of the first layers, or which; None: all.

    Raises
    ------
    InputError
        On what names no layer.
    """
    if layers is None:
        return None
    given = layers.tolist() if hasattr(layers, "tolist") else layers
    if isinstance(given, str) or (isinstance(given, (list, tuple)) and len(given) > 0):
        return wire_layers(given)
    if isinstance(given, bool) or not hasattr(given, "__index__") or given < 1:
        raise wrong("layers", "how many of the first layers, their names or numbers, or None", layers)
    return int(given.__index__())


def wire_drawing(*, columns: object, normalize: object, colormap: object, sort: object) -> dict[str, Any]:
    """Return how channels are drawn and ordered, under the page's names.

    Raises
    ------
    InputError
        On a value without meaning.
    """
    Numbers(integer=True, least=1, most=64, optional=True).check("columns", columns)
    check_choice("normalize", normalize, _NORMALIZE)
    check_choice("colormap", colormap, _COLORMAPS)
    check_choice("sort", sort, _ORDERS)
    return {
        "columns": None if columns is None else int(columns),  # type: ignore[call-overload]
        "normalize": normalize,
        "colormap": colormap,
        "sort": sort,
    }


def wire_picture(name: str, row: object, pictures: int) -> int | None:
    """Return the number of one of the pictures; None stays so.

    Raises
    ------
    InputError
        Where there is no such picture.
    """
    Numbers(integer=True, least=0, most=pictures - 1, optional=True).check(name, row)
    return None if row is None else int(row)  # type: ignore[call-overload]
