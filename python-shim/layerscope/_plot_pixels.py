"""Slideflow's colours of a map as bytes, looked up in the tables that the page draws with."""

import json
from functools import cache
from typing import TYPE_CHECKING, Any

from layerscope._arrays import numbers, to_numpy
from layerscope._errors import InputError
from layerscope._static import static_bytes

if TYPE_CHECKING:
    import numpy as np

_OPAQUE = 255
_OPACITY = int(0.6 * _OPAQUE)
_PLACES = 2
_COLORS = 3
_CHANNELS = (1, 3, 4)


def inferno(img: object) -> "np.ndarray[Any, Any]":
    """Colour numbers from 0 to 1 with matplotlib's inferno: Slideflow's ``inferno``, byte for byte.

    Parameters
    ----------
    img
        Numbers of any shape. What lies beyond takes the nearest end, NaN is transparent. Integers are taken as numbers
        of the 256 colours, as matplotlib takes them.

    Returns
    -------
    ndarray
        Of the same shape and 4: red, green, blue and opacity as uint8, cut off and not rounded.

    Raises
    ------
    InputError
        On what holds no numbers.
    """
    return _colored(numbers(img, "img"), "inferno")


def oranges(img: object) -> "np.ndarray[Any, Any]":
    """Colour numbers from 0 to 1 with matplotlib's Oranges: Slideflow's ``oranges``; else as `inferno`."""
    return _colored(numbers(img, "img"), "oranges")


def overlay(image: object, mask: object) -> "np.ndarray[Any, Any]":
    """Lay a map over a picture: Slideflow's ``overlay``, byte for byte, which is Oranges at 60 % over all of it.

    Parameters
    ----------
    image
        Height × width × 3 as uint8. Of four channels the opacity is left out; one, or none, is grey.
    mask
        Height × width, as `oranges` takes it.

    Returns
    -------
    ndarray
        Height × width × 3 as uint8.

    Raises
    ------
    InputError
        Where the picture is no bytes, and where the mask has another size.
    """
    import numpy as np

    base = to_numpy(image, "image")
    base = base[..., None] if base.ndim == _PLACES else base
    if base.dtype != np.uint8 or base.ndim != _COLORS or base.shape[-1] not in _CHANNELS:
        raise InputError("The image is no picture of bytes.", "Pass height × width × 3 as uint8.")
    map_ = numbers(mask, "mask")
    if map_.shape != base.shape[:2]:
        raise InputError(
            f"The mask is of {_told(map_.shape)}, the picture of {_told(base.shape[:2])}.",
            "Pass a number a pixel, height × width.",
        )
    colors = _colored(map_, "oranges")[..., :_COLORS].astype(np.uint32)
    # Pillow's division by 255, rounded.
    product = colors * _OPACITY + base[..., :_COLORS].astype(np.uint32) * (_OPAQUE - _OPACITY) + 128
    drawn: np.ndarray[Any, Any] = (((product >> 8) + product) >> 8).astype(np.uint8)
    return drawn


def _colored(array: "np.ndarray[Any, Any]", name: str) -> "np.ndarray[Any, Any]":
    import numpy as np

    is_missing = np.isnan(array)
    steps = np.floor(np.where(is_missing, 0, array) * 256) if array.dtype.kind == "f" else array
    colored: np.ndarray[Any, Any] = _table(name)[np.clip(steps, 0, _OPAQUE).astype(np.intp)]
    colored[is_missing] = 0
    return colored


@cache
def _table(name: str) -> "np.ndarray[Any, Any]":
    """Return 256 colours: red, green, blue and opacity."""
    import numpy as np

    colors = np.frombuffer(bytes.fromhex(json.loads(static_bytes("colormaps.json"))[name]), np.uint8)
    return np.insert(colors.reshape(256, _COLORS), _COLORS, _OPAQUE, axis=1)


def _told(shape: tuple[int, ...]) -> str:
    return " × ".join(map(str, shape)) or "one number"
