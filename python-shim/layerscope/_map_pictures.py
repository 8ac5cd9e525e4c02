"""Whose channels are shown: one picture or several, with the names of their files."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from layerscope._arrays import to_numpy
from layerscope._errors import InputError, plural
from layerscope._model_pictures import ModelPictures, encode_model_pictures

_GREY = 2
_COLOURED = 3
_CHANNELS = (1, 3, 4)


@dataclass(frozen=True)
class MapPictures:
    """Pictures in the form that crosses; `names` is None where nobody says what any of them is called."""

    pictures: ModelPictures
    names: list[str] | None
    is_one: bool
    """Whether one was passed, and no list or batch."""


def encode_map_pictures(image: Any, names: Sequence[str] | None = None) -> MapPictures:  # noqa: ANN401 - whatever holds pictures
    """Take one picture, or several.

    Parameters
    ----------
    image
        A path, encoded bytes, a PIL picture, an array of one (8 bits, or floats that are prepared already; three
        dimensions of which the first or the last counts 1, 3 or 4 are one picture), or what `Features` takes for many.
    names
        What they are called; the names of their files unless given.

    Raises
    ------
    InputError
        When there is none, when one is no picture, and when there is not a name for each.
    """
    if image is None:
        raise InputError("There is no picture.", "Pass image: a path, a PIL picture, or an array.")
    given = [image] if _is_one(image) else image
    if not isinstance(given, (list, tuple)):
        given = _as_batch(given)
    is_one = given is not image
    pictures = encode_model_pictures(given)
    if names is None:
        return MapPictures(pictures, _names_of(given) if isinstance(given, (list, tuple)) else None, is_one)
    if isinstance(names, str) or len(names) != pictures.rows:
        told = 1 if isinstance(names, str) else len(names)
        raise InputError(
            f"{plural(told, 'name')} for {plural(pictures.rows, 'picture')}.", "Pass a list, one a picture."
        )
    return MapPictures(pictures, [str(name) for name in names], is_one)


def _is_one(image: object) -> bool:
    return isinstance(image, (str, os.PathLike, bytes, bytearray, memoryview)) or (
        hasattr(image, "mode") and hasattr(image, "convert")
    )


def _as_batch(image: object) -> Any:  # noqa: ANN401 - NumPy's array, or what it was where it is several already
    array = to_numpy(image, "image")
    if array.dtype == object:
        return image
    if array.ndim == 0:
        raise InputError(f"image is {image!r}, which is no picture.", "Pass a path, a PIL picture, or an array.")
    if array.ndim == _GREY:
        return array[None, ..., None]
    if array.ndim == _COLOURED and (array.shape[-1] in _CHANNELS or array.shape[0] in _CHANNELS):
        return array[None]
    # As it was passed: what two widgets show of one array is hashed once.
    return image


def _names_of(given: Sequence[object]) -> list[str] | None:
    names = [_file_of(one) for one in given]
    return [name or f"picture {row + 1}" for row, name in enumerate(names)] if any(names) else None


def _file_of(image: object) -> str:
    """Return the name of a picture's file, which PIL remembers; "" where there is none."""
    path = image if isinstance(image, (str, os.PathLike)) else getattr(image, "filename", "")
    return Path(path).name if isinstance(path, (str, os.PathLike)) and os.fspath(path) else ""
