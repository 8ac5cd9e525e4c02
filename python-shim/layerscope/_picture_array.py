"""Pictures of one size in an array that is not copied."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final, overload

from layerscope._beside import begin
from layerscope._content_key import content_key
from layerscope._errors import InputError, count
from layerscope._picture import Picture
from layerscope._shrink_pixels import sample_pixels, shrink_pixels

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
    """

    def __init__(self, pixels: "np.ndarray[Any, Any]") -> None:
        self._pixels = pixels
        self._bytes = pixels.reshape(-1).data
        marking = begin(lambda: _marks_of(pixels))
        self.key: Final = content_key(self._bytes, f"pictures-{'x'.join(map(str, pixels.shape))}")
        """A name made from their content."""
        self._marks = marking()

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

        changed = np.flatnonzero(_marks_of(pixels) != self._marks[rows])
        if changed.size:
            row = rows[int(changed[0])]
            raise InputError(f"Picture {count(row)} was written to after it was passed.", "Run the cell again.")


def _marks_of(pixels: "np.ndarray[Any, Any]") -> "np.ndarray[Any, Any]":
    """Return a number for each picture that tells whether it is still the same."""
    import numpy as np

    _, height, width, channels = pixels.shape
    flat = pixels.reshape(len(pixels), height * width * channels)
    words = flat.shape[1] // 8
    # Of pictures whose size is no multiple of 8 the last bytes are passed over: nobody writes these alone.
    weights = np.arange(1, 2 * words, 2, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    marks: np.ndarray[Any, Any] = np.einsum("ij,j->i", flat[:, : 8 * words].view(np.uint64), weights)
    return marks
