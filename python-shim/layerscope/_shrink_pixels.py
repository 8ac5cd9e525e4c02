"""Raw pictures at a smaller size, to the bit as the page would make them."""

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np

_AT_ONCE = 2**18
"""Bytes of pixels that are worked on together: they stay in the processor's cache."""

_OPAQUE = (1, 3)
"""Channels of pictures that let nothing through."""


def fit_inside(width: int, height: int, box: int) -> tuple[int, int]:
    """Return the size of a picture shrunk to fit a square of `box` pixels: the longer side fills it, halves up."""
    longer = max(width, height)
    if longer <= box:
        return width, height
    across, down = ((2 * side * box + longer) // (2 * longer) for side in (width, height))
    return max(1, across), max(1, down)


def shrink_pixels(pixels: "np.ndarray[Any, Any]", box: int) -> "np.ndarray[Any, Any]":
    """Shrink pictures of one size by area averaging.

    Parameters
    ----------
    pixels
        n × height × width × channels, 8 bits each.
    box
        The square that each is to fit, pixels a side.

    Returns
    -------
    numpy.ndarray
        The same where they fit already, and where something may shine through: the page weighs colours by that. Else
        each pixel is the mean of those under it, those at its edges counted by the part that is, rounded once.
    """
    import numpy as np

    count, height, width, channels = pixels.shape
    across, down = fit_inside(width, height, box)
    if channels not in _OPAQUE or (across, down) == (width, height):
        return pixels
    shrunk = np.empty((count, down, across, channels), np.uint8)
    together = max(1, _AT_ONCE // (height * width * channels))
    for start in range(0, count, together):
        part = pixels[start : start + together].reshape(-1, height, width * channels)
        rows, tall = _sum_along(part, height, down)
        sums, wide = _sum_along(rows.reshape(-1, width, channels), width, across)
        shrunk[start : start + together] = _rounded_shares(sums, tall * wide).reshape(-1, down, across, channels)
    return shrunk


def sample_pixels(pixels: "np.ndarray[Any, Any]", side: int) -> "np.ndarray[Any, Any]":
    """Take every so-many-th pixel of pictures of one size, at most `side` a side."""
    _, height, width, _ = pixels.shape
    step = -(-max(width, height) // side)
    down, across = (slice(min(step // 2, length - 1), None, step) for length in (height, width))
    return pixels[:, down, across]


def _sum_along(values: "np.ndarray[Any, Any]", source: int, target: int) -> "tuple[np.ndarray[Any, Any], int]":
    """Sum n × source × m to n × target × m; the second number says of how many parts each sum is made."""
    import numpy as np

    parts = source // math.gcd(source, target)
    largest = np.iinfo(values.dtype).max * parts
    sums = np.zeros((len(values), target, values.shape[2]), np.min_scalar_type(largest))
    for under, weights in _overlaps(source, target):
        taken = values[:, under]
        sums += taken if weights is None else taken * weights.astype(sums.dtype)[:, None]
    return sums, parts


def _overlaps(source: int, target: int) -> "Iterator[tuple[slice | np.ndarray[Any, Any], np.ndarray[Any, Any] | None]]":
    """Yield the first pixel under each target pixel with its weight (None: 1), then the second, and so on."""
    import numpy as np

    shared = math.gcd(source, target)
    # In units in which a source pixel is `step` long and a target pixel `length`, every overlap is a whole number.
    length, step = source // shared, target // shared
    if step == 1:
        yield from ((slice(place, None, length), None) for place in range(length))
        return
    begins = np.arange(target) * length
    ends = begins + length
    first = begins // step
    for place in range(int((-(-ends // step) - first).max())):
        under = np.minimum(first + place, source - 1)
        edges = (first + place) * step
        yield under, np.maximum(0, np.minimum(edges + step, ends) - np.maximum(edges, begins))


def _rounded_shares(sums: "np.ndarray[Any, Any]", whole: int) -> "np.ndarray[Any, Any]":
    """Halves up: no fraction of whole numbers lies between a half and the next smaller one."""
    import numpy as np

    wide = sums.astype(np.min_scalar_type(255 * whole + whole), copy=False)
    shares: np.ndarray[Any, Any] = (wide + wide.dtype.type(whole // 2)) // wide.dtype.type(whole)
    return shares
