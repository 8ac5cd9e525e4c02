"""Pictures of one size in an array that is not copied."""

import uuid
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Final, overload

from layerscope._beside import begin
from layerscope._content_key import LARGE, content_key
from layerscope._errors import InputError, count
from layerscope._picture import Picture
from layerscope._picture_marks import mark_pictures
from layerscope._shrink_pixels import sample_pixels, shrink_pixels
from layerscope._while_held import WhileHeld

if TYPE_CHECKING:
    import numpy as np

_AT_ONCE = 2**19
"""Bytes of pixels that are copied together where few of them are kept: new memory takes longer than the copying."""


class PictureArray(Sequence[Picture]):
    """Pictures of one size, left where they lie.

    Parameters
    ----------
    pixels
        n × height × width × channels, 8 bits each, row after row.
    key
        Their name in the page.
    """

    def __init__(self, pixels: "np.ndarray[Any, Any]", key: str) -> None:
        self._pixels = pixels
        self._bytes = pixels.reshape(-1).data
        self._marks = _marked(pixels)
        self.key: Final = key

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
        self._check([row], self._pixels[row : row + 1])
        _, height, width, channels = self._pixels.shape
        size = height * width * channels
        return Picture(self._bytes[row * size : (row + 1) * size], "", width, height, channels)

    def take(self, rows: list[int], side: int | None, box: int | None) -> "np.ndarray[Any, Any]":
        """Copy the pictures of some rows.

        Parameters
        ----------
        rows
            Numbers from 0 on.
        side
            Take but so many evenly spread pixels a side of each.
        box
            Shrink them to fit so many pixels a side.

        Raises
        ------
        InputError
            When one has been written to since it was passed.
        """
        import numpy as np

        if side is None and box is None:
            return self._copy(rows)
        _, height, width, channels = self._pixels.shape
        together = max(1, _AT_ONCE // (height * width * channels))
        taken = []
        for start in range(0, max(1, len(rows)), together):
            pixels = self._copy(rows[start : start + together])
            pixels = pixels if side is None else sample_pixels(pixels, side)
            taken.append(pixels if box is None else shrink_pixels(pixels, box))
        return np.concatenate(taken)

    def is_as_it_was(self) -> bool:
        """Say whether none has been written to since they were passed."""
        return bool((mark_pictures(self._pixels) == self._marks()).all())

    @property
    def size(self) -> dict[str, int]:
        """Width and height of each in pixels, and channels."""
        _, height, width, channels = self._pixels.shape
        return {"width": width, "height": height, "channels": channels}

    @property
    def nbytes(self) -> int:
        """Bytes of all pictures together."""
        return self._bytes.nbytes

    def _copy(self, rows: list[int]) -> "np.ndarray[Any, Any]":
        import numpy as np

        pixels = self._pixels[np.asarray(rows, np.intp)]
        self._check(rows, pixels)
        return pixels

    def _check(self, rows: list[int], pixels: "np.ndarray[Any, Any]") -> None:
        import numpy as np

        changed = np.flatnonzero(mark_pictures(pixels) != self._marks()[rows])
        if changed.size:
            row = rows[int(changed[0])]
            raise InputError(f"Picture {count(row)} was written to after it was passed.", "Run the cell again.")


_where_they_lie: WhileHeld[PictureArray] = WhileHeld()
"""Large arrays on show, by address and shape: they keep their memory, so that no other can lie there."""


def picture_array(pixels: "np.ndarray[Any, Any]", *, copied: bool) -> PictureArray:
    """Name pictures, so that a page which shows them twice fetches them once.

    A large array that was not copied is named without being read, which takes 0.03 s for 245 MB: passed again it has
    the name that it had, unless it was written to. All others are named by content.

    Parameters
    ----------
    pixels
        n × height × width × channels, 8 bits each, row after row.
    copied
        Whether they are ours alone.
    """
    if copied or pixels.nbytes < LARGE:
        shape = "x".join(map(str, pixels.shape))
        return PictureArray(pixels, content_key(pixels.reshape(-1).data, f"pictures-{shape}"))
    place = (pixels.__array_interface__["data"][0], pixels.shape)
    return _where_they_lie.get(place, PictureArray.is_as_it_was, lambda: PictureArray(pixels, uuid.uuid4().hex))


def _marked(pixels: "np.ndarray[Any, Any]") -> "Callable[[], np.ndarray[Any, Any]]":
    """Begin to mark pictures; small ones at once, so that what is written right afterwards is found for certain."""
    if pixels.nbytes >= LARGE:
        return begin(lambda: mark_pictures(pixels))
    marks = mark_pictures(pixels)
    return lambda: marks
