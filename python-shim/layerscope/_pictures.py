"""A picture for every row, kept as it was passed and packed for the page when it is seen."""

import hashlib
import json
import struct
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from time import monotonic

from layerscope._arrays import Reference
from layerscope._picture import Picture
from layerscope._picture_array import PictureArray

# Seconds that colours are read from encoded pictures: the pictures themselves wait meanwhile.
_READING = 1 / 3


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
        told: dict[str, object] = {"key": self.key, "length": len(self.pictures), "bytes": self.nbytes}
        if isinstance(self.pictures, PictureArray):
            told["size"] = self.pictures.size
        return {"$images": told}

    def pack(self, rows: Iterable[int], *, side: int | None = None, means: int = 1, box: int | None = None) -> bytes:
        """Pack the pictures of some rows: uint32 length of a JSON header, the header, then the pictures' bytes.

        Parameters
        ----------
        rows
            Whose pictures; those without one are left out.
        side
            Take but so many evenly spread pixels a side of each that is not encoded.
        means
            And of those that are, the mean colours of so many parts a side: of as many as are read in a third of a
            second.
        box
            Shrink those that are not encoded, and that nothing shines through, to fit so many pixels a side.

        Notes
        -----
        The header tells of each picture its row, place and kind; where all are of one size in an array, their rows and
        that size.

        Raises
        ------
        InputError
            When one has been written to since it was passed.
        """
        there = [row for row in rows if 0 <= row < len(self.pictures)]
        if isinstance(self.pictures, PictureArray):
            taken = self.pictures.take(there, side, box)
            _, height, width, channels = taken.shape
            stack = {"rows": there, "width": width, "height": height, "channels": channels}
            return _written(stack, [taken.reshape(-1).data])
        entries: list[dict[str, object]] = []
        parts: list[bytes | memoryview] = []
        offset = 0
        ends = monotonic() + _READING
        for row in there:
            picture = self.pictures[row]
            if picture is not None and side is not None:
                picture = None if picture.mime and monotonic() > ends else picture.sample(side, means)
            if picture is not None and box is not None:
                picture = picture.shrink(box)
            if picture is None:
                continue
            entries.append({"row": row, "offset": offset, "length": len(picture.data), **picture.header})
            parts.append(picture.data)
            offset += len(picture.data)
        return _written(entries, parts)


def _written(header: object, parts: Sequence[bytes | memoryview]) -> bytes:
    written = json.dumps(header).encode()
    return b"".join([struct.pack("<I", len(written)), written, *parts])


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
