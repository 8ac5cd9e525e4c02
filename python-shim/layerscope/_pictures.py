"""A picture for every row, kept as it was passed and packed for the page when it is seen."""

import hashlib
import json
import struct
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, overload

from layerscope._arrays import Reference
from layerscope._content_key import content_key
from layerscope._errors import InputError, count

if TYPE_CHECKING:
    import numpy as np


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture: encoded bytes with their type, or raw pixels with their size."""

    data: bytes | memoryview
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

    def sample(self, side: int) -> "Picture | None":
        """Take every so-many-th pixel, at most `side` a side; None of encoded bytes."""
        if self.mime:
            return None
        import numpy as np

        step = -(-max(self.width, self.height) // side)
        pixels = np.frombuffer(self.data, np.uint8).reshape(self.height, self.width, self.channels)
        down, across = (slice(min(step // 2, length - 1), None, step) for length in pixels.shape[:2])
        taken = pixels[down, across]
        return Picture(taken.tobytes(), "", taken.shape[1], taken.shape[0], self.channels)


class PictureArray(Sequence[Picture]):
    """Pictures of one size in an array that is not copied.

    Parameters
    ----------
    pixels
        n × height × width × channels, 8 bits each, row after row.
    """

    def __init__(self, pixels: "np.ndarray[Any, Any]") -> None:
        self._pixels = pixels
        self._bytes = pixels.reshape(-1).data
        self._marks = self._marks_of(0, len(pixels))

    def __len__(self) -> int:
        return len(self._pixels)

    @overload
    def __getitem__(self, row: int) -> Picture: ...
    @overload
    def __getitem__(self, row: slice) -> list[Picture]: ...
    def __getitem__(self, row: int | slice) -> Picture | list[Picture]:
        if isinstance(row, slice):
            return [self[each] for each in range(*row.indices(len(self)))]
        if not -len(self) <= row < len(self):
            raise IndexError(row)
        row %= len(self)
        if self._marks_of(row, row + 1)[0] != self._marks[row]:
            raise InputError(f"Picture {count(row)} was written to after it was passed.", "Run the cell again.")
        _, height, width, channels = self._pixels.shape
        size = height * width * channels
        return Picture(self._bytes[row * size : (row + 1) * size], "", width, height, channels)

    @property
    def key(self) -> str:
        """A name made from their content."""
        return content_key(self._bytes, f"pictures-{'x'.join(map(str, self._pixels.shape))}")

    @property
    def nbytes(self) -> int:
        """Bytes of all pictures together."""
        return self._bytes.nbytes

    def _marks_of(self, start: int, stop: int) -> "np.ndarray[Any, Any]":
        """Return a number for each picture that tells whether it is still the same."""
        import numpy as np

        _, height, width, channels = self._pixels.shape
        flat = self._pixels[start:stop].reshape(stop - start, height * width * channels)
        words = flat.shape[1] // 8
        # Of pictures whose size is no multiple of 8 the last bytes are passed over: nobody writes these alone.
        weights = np.arange(1, 2 * words, 2, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
        sums: np.ndarray[Any, Any] = np.einsum("ij,j->i", flat[:, : 8 * words].view(np.uint64), weights)
        return sums


@dataclass(frozen=True)
class EncodedImages:
    """The pictures of all rows; None where a row has none."""

    pictures: Sequence[Picture | None]
    key: str

    @property
    def nbytes(self) -> int:
        """Bytes of all pictures together."""
        if isinstance(self.pictures, PictureArray):
            return self.pictures.nbytes
        return sum(len(picture.data) for picture in self.pictures if picture)

    @property
    def reference(self) -> Reference:
        """What stands for the pictures in a widget's properties."""
        return {"$images": {"key": self.key, "length": len(self.pictures)}}

    def pack(self, rows: Iterable[int], side: int | None = None) -> bytes:
        """Pack the pictures of some rows: uint32 length of a JSON list, the list, then the pictures' bytes.

        Parameters
        ----------
        rows
            Whose pictures; those without one are left out.
        side
            Take but so many evenly spread pixels a side of each, and none of those that are encoded.

        Raises
        ------
        InputError
            When one has been written to since it was passed.
        """
        entries: list[dict[str, object]] = []
        parts: list[bytes | memoryview] = []
        offset = 0
        for row in rows:
            picture = self.pictures[row] if 0 <= row < len(self.pictures) else None
            if picture is not None and side is not None:
                picture = picture.sample(side)
            if picture is None:
                continue
            entries.append({"row": row, "offset": offset, "length": len(picture.data), **picture.header})
            parts.append(picture.data)
            offset += len(picture.data)
        header = json.dumps(entries).encode()
        return b"".join([struct.pack("<I", len(header)), header, *parts])


def name_pictures(pictures: Sequence[Picture | None]) -> EncodedImages:
    """Name pictures by their content."""
    if isinstance(pictures, PictureArray):
        return EncodedImages(pictures, pictures.key)
    digest = hashlib.blake2b(digest_size=16)
    for picture in pictures:
        if picture:
            size = f"{picture.width}x{picture.height}x{picture.channels}"
            digest.update(f"{picture.mime} {size} {len(picture.data)};".encode())
            digest.update(picture.data)
        else:
            digest.update(b"none;")
    return EncodedImages(pictures, digest.hexdigest())
