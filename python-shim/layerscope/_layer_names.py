"""Which layers of a model are meant; whether it has them, the page knows."""

from typing import Any

from layerscope._option_checks import wrong

LayerName = str | int


def wire_layers(layers: Any) -> list[str | int]:  # noqa: ANN401 - one or several, NumPy's numbers as well
    """Return names and numbers of layers; None: none.

    Raises
    ------
    InputError
        On what is neither.
    """
    if layers is None:
        return []
    given = layers.tolist() if hasattr(layers, "tolist") else layers
    several = given if isinstance(given, (list, tuple)) else [given]
    return [wire_layer(layer) for layer in several]


def wire_layer(layer: Any) -> str | int:  # noqa: ANN401 - NumPy's numbers as well
    """Return a layer's name or number.

    Raises
    ------
    InputError
        On what is neither.
    """
    if isinstance(layer, str):
        return layer
    if isinstance(layer, bool) or not hasattr(layer, "__index__"):
        raise wrong("layers", "names or numbers of layers", layer)
    return int(layer.__index__())
