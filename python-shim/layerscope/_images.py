"""Pictures of any kind, made what the page understands."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from layerscope._arrays import to_numpy
from layerscope._errors import InputError, count, plural
from layerscope._picture import Picture
from layerscope._picture_array import picture_array
from layerscope._pictures import EncodedImages, name_pictures

if TYPE_CHECKING:
    import numpy as np

_CHANNELS = (1, 3, 4)
_GREY = 2
_COLOURED = 3


def encode_images(value: object, rows: int) -> EncodedImages:
    """Take pictures in whatever form they are.

    Parameters
    ----------
    value
        One array (n × height × width, with 1, 3 or 4 channels last, or first as torch has them), or a list of arrays
        of differing sizes, PIL pictures, encoded PNG, JPEG, WebP or GIF bytes, paths of such files, or None.
    rows
        How many there must be.

    Notes
    -----
    8-bit pixels stay as they are; those in one array are not copied. Others are brought to 8 bits by one range for all
    pictures: 0 to 1 where all lie within, else smallest to largest.

    Raises
    ------
    InputError
        When there is not one a row, or one is no picture.
    """
    pictures = _from_list(value) if isinstance(value, (list, tuple)) else _from_array(to_numpy(value, "images"))
    if len(pictures) != rows:
        raise InputError(f"{count(len(pictures))} images for {count(rows)} rows.", "Pass one a row in images.")
    return name_pictures(pictures)


def _from_array(array: "np.ndarray[Any, Any]") -> Sequence[Picture | None]:
    if array.dtype == object:
        return _from_list(list(array))
    if array.ndim not in (_GREY + 1, _COLOURED + 1):
        raise InputError(
            f"images has {array.ndim} dimensions, expected 3 or 4.", "Pass n × height × width, with channels last."
        )
    import numpy as np

    pixels = _channels_last(_to_8_bits([array])[0])
    return picture_array(pixels, copied=not np.may_share_memory(pixels, array))


def _from_list(given: Sequence[object]) -> Sequence[Picture | None]:
    values = [_read(value, row) if isinstance(value, (str, os.PathLike)) else value for row, value in enumerate(given)]
    arrays = {row: _as_pixels(value, row) for row, value in enumerate(values) if not _is_encoded(value)}
    plain = list(arrays.values())
    if any(pixels.dtype != "uint8" for pixels in plain):
        plain = _to_8_bits(plain)
    if values and len(plain) == len(values) and len({pixels.shape for pixels in plain}) == 1:
        import numpy as np

        # By way of bytes: NumPy takes four times as long to lay out a new array of that size.
        joined = np.frombuffer(b"".join([np.ascontiguousarray(pixels).data for pixels in plain]), np.uint8)
        return picture_array(_channels_last(joined.reshape(len(plain), *plain[0].shape)), copied=True)
    ready = iter(plain)
    return [
        _encoded(value, row)
        if isinstance(value, (bytes, bytearray, memoryview))
        else None
        if value is None
        else _raw(next(ready))
        for row, value in enumerate(values)
    ]


def _read(path: "str | os.PathLike[str]", row: int) -> bytes:
    try:
        return Path(path).expanduser().read_bytes()
    except OSError as error:
        raise InputError(
            f"Image {row} can't be read from {path}: {error.strerror or error}.", "Pass paths of pictures, or pictures."
        ) from error


def _is_encoded(value: object) -> bool:
    return value is None or isinstance(value, (bytes, bytearray, memoryview))


def _as_pixels(value: Any, row: int) -> "np.ndarray[Any, Any]":  # noqa: ANN401 - a PIL picture, without importing it
    import numpy as np

    if hasattr(value, "mode") and hasattr(value, "convert"):
        mode = value.mode if value.mode in {"L", "RGB", "RGBA"} else "RGBA" if "A" in value.mode else "RGB"
        return np.asarray(value.convert(mode))
    array = to_numpy(value, f"image {row}")
    if array.dtype.kind not in "fiub" or array.ndim not in (_GREY, _COLOURED):
        raise InputError(
            f"Image {row} is no picture: {plural(array.ndim, 'dimension')} of {array.dtype}.",
            "Pass arrays, PIL pictures, or encoded PNG, JPEG or WebP bytes.",
        )
    return array


def _encoded(value: bytes | bytearray | memoryview, row: int) -> Picture:
    data = bytes(value)
    if data.startswith(b"\x89PNG"):
        return Picture(data, "image/png")
    if data.startswith(b"\xff\xd8\xff"):
        return Picture(data, "image/jpeg")
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return Picture(data, "image/webp")
    if data.startswith(b"GIF8"):
        return Picture(data, "image/gif")
    raise InputError(f"Image {row} is in no format that browsers know.", "Encode it as PNG, JPEG or WebP.")


def _to_8_bits(arrays: "list[np.ndarray[Any, Any]]") -> "list[np.ndarray[Any, Any]]":
    import numpy as np

    if all(array.dtype == np.uint8 for array in arrays):
        return arrays
    finite = [array[np.isfinite(array)] for array in arrays]
    low = min((float(part.min()) for part in finite if part.size), default=0.0)
    high = max((float(part.max()) for part in finite if part.size), default=1.0)
    if low >= 0 and high <= 1:
        low, high = 0.0, 1.0
    span = (high - low) or 1.0
    return [
        np.nan_to_num((array.astype(np.float32) - low) * (255 / span)).round().clip(0, 255).astype(np.uint8)
        for array in arrays
    ]


def _raw(pixels: "np.ndarray[Any, Any]") -> Picture:
    _, height, width, channels = (shaped := _channels_last(pixels[None])).shape
    return Picture(shaped.tobytes(), "", width, height, channels)


def _channels_last(pictures: "np.ndarray[Any, Any]") -> "np.ndarray[Any, Any]":
    """Bring n × height × width, with channels at either end or none, to n × height × width × channels."""
    import numpy as np

    if pictures.ndim == _GREY + 1:
        pictures = pictures[..., None]
    if pictures.shape[3] not in _CHANNELS and pictures.shape[1] in _CHANNELS:
        pictures = pictures.transpose(0, 2, 3, 1)
    _, height, width, channels = pictures.shape
    if channels not in _CHANNELS or not height or not width:
        raise InputError(f"A picture of {height} × {width} × {channels} can't be drawn.", "Give it 1, 3 or 4 channels.")
    return np.ascontiguousarray(pictures)
