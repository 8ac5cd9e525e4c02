"""A picture for every row, kept as it was passed and packed for the page when it is seen."""

import hashlib
import json
import struct
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from layerscope._arrays import Reference, to_numpy
from layerscope._errors import InputError, count, plural

if TYPE_CHECKING:
    import numpy as np

_CHANNELS = (1, 3, 4)
_GREY = 2
_COLOURED = 3


@dataclass(frozen=True)
class Picture:
    """One picture: encoded bytes with their type, or raw pixels with their size."""

    data: bytes
    mime: str = ""
    width: int = 0
    height: int = 0
    channels: int = 0

    @property
    def header(self) -> dict[str, object]:
        """What the page must know to draw it."""
        if self.mime:
            return {"mime": self.mime}
        return {"width": self.width, "height": self.height, "channels": self.channels}


@dataclass(frozen=True)
class EncodedImages:
    """The pictures of all rows; None where a row has none."""

    pictures: Sequence[Picture | None]
    key: str

    @property
    def nbytes(self) -> int:
        """Bytes of all pictures together."""
        return sum(len(picture.data) for picture in self.pictures if picture)

    @property
    def reference(self) -> Reference:
        """What stands for the pictures in a widget's properties."""
        return {"$images": {"key": self.key, "length": len(self.pictures)}}

    def pack(self, rows: Iterable[int]) -> bytes:
        """Pack the pictures of some rows: uint32 length of a JSON list, the list, then the pictures' bytes."""
        entries: list[dict[str, object]] = []
        parts: list[bytes] = []
        offset = 0
        for row in rows:
            picture = self.pictures[row] if 0 <= row < len(self.pictures) else None
            if picture is None:
                continue
            entries.append({"row": row, "offset": offset, "length": len(picture.data), **picture.header})
            parts.append(picture.data)
            offset += len(picture.data)
        header = json.dumps(entries).encode()
        return b"".join([struct.pack("<I", len(header)), header, *parts])


def encode_images(value: object, rows: int) -> EncodedImages:
    """Take pictures in whatever form they are.

    Parameters
    ----------
    value
        One array (n × height × width, with 1, 3 or 4 channels last, or first as torch has them), or a list of arrays
        of differing sizes, PIL pictures, encoded PNG, JPEG, WebP or GIF bytes, or None.
    rows
        How many there must be.

    Notes
    -----
    8-bit pixels stay as they are. Others are brought to 8 bits by one range for all pictures: 0 to 1 where all lie
    within, else smallest to largest.

    Raises
    ------
    InputError
        When there is not one a row, or one is no picture.
    """
    pictures = _from_list(value) if isinstance(value, (list, tuple)) else _from_array(to_numpy(value, "images"))
    if len(pictures) != rows:
        raise InputError(f"{count(len(pictures))} images for {count(rows)} rows.", "Pass one a row in images.")
    return join_images(pictures)


def join_images(pictures: Sequence[Picture | None]) -> EncodedImages:
    """Name pictures by their content."""
    digest = hashlib.blake2b(digest_size=16)
    for picture in pictures:
        if picture:
            digest.update(json.dumps(picture.header).encode())
            digest.update(picture.data)
        digest.update(b"|")
    return EncodedImages(pictures, digest.hexdigest())


def _from_array(array: "np.ndarray[Any, Any]") -> list[Picture | None]:
    if array.dtype == object:
        return _from_list(list(array))
    if array.ndim not in (_GREY + 1, _COLOURED + 1):
        raise InputError(
            f"images has {array.ndim} dimensions, expected 3 or 4.", "Pass n × height × width, with channels last."
        )
    return [_raw(picture) for picture in _to_8_bits([array])[0]]


def _from_list(values: Sequence[object]) -> list[Picture | None]:
    arrays = {row: _as_pixels(value, row) for row, value in enumerate(values) if not _is_encoded(value)}
    plain = [pixels for pixels in arrays.values() if pixels is not None]
    if any(pixels.dtype != "uint8" for pixels in plain):
        plain = _to_8_bits(plain)
    ready = iter(plain)
    return [
        _encoded(value, row)
        if isinstance(value, (bytes, bytearray, memoryview))
        else None
        if value is None
        else _raw(next(ready))
        for row, value in enumerate(values)
    ]


def _is_encoded(value: object) -> bool:
    return value is None or isinstance(value, (bytes, bytearray, memoryview))


def _as_pixels(value: Any, row: int) -> "np.ndarray[Any, Any] | None":  # noqa: ANN401 - a PIL picture, without importing it
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
    import numpy as np

    if pixels.ndim == _GREY:
        pixels = pixels[:, :, None]
    if pixels.shape[2] not in _CHANNELS and pixels.shape[0] in _CHANNELS:
        pixels = pixels.transpose(1, 2, 0)
    height, width, channels = pixels.shape
    if channels not in _CHANNELS or not height or not width:
        raise InputError(f"A picture of {height} × {width} × {channels} can't be drawn.", "Give it 1, 3 or 4 channels.")
    return Picture(np.ascontiguousarray(pixels).tobytes(), "", width, height, channels)
