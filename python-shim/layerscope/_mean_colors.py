"""The mean colours of an encoded picture."""

from io import BytesIO
from typing import Final, NamedTuple

from layerscope._shrink_pixels import fit_inside

_FORMATS: Final = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP", "image/gif": "GIF"}
"""As Pillow calls what a page can draw."""

_EIGHT_BITS: Final = {"1", "L", "LA", "P", "PA", "RGB", "RGBA", "RGBX", "CMYK", "YCbCr"}
"""Pillow's modes that become red, green and blue without being cut off."""

_OPAQUE: Final = (255, 255)
"""Least and greatest opacity where nothing shines through."""


class MeanColors(NamedTuple):
    """Raw pixels, row after row: red, green, blue and, with 4 channels, opacity."""

    pixels: bytes
    width: int
    height: int
    channels: int


def mean_colors(data: bytes | memoryview, mime: str, side: int) -> MeanColors | None:
    """Read the mean colours of the parts of a picture; of an animated one those of its first frame.

    Parameters
    ----------
    data
        The file.
    mime
        What it is.
    side
        Parts along its longer side, at most; 1 gives the mean colour of all of it.

    Returns
    -------
    MeanColors or None
        One pixel a part, its colours weighed by opacity; None where Pillow is not installed, or can't read the file or
        its colours.

    Notes
    -----
    A JPEG holds the means of its 8 × 8 blocks: Pillow's ``draft`` has libjpeg decode at an eighth of the size, from
    these alone, without the inverse cosine transforms. A block that the picture's edge cuts counts as a whole one.
    Other pictures are decoded whole.
    """
    try:
        from PIL import Image
    except ImportError:
        return None
    try:
        with Image.open(BytesIO(data), formats=(_FORMATS[mime],)) as picture:
            picture.draft("RGB", (side, side))
            if picture.mode not in _EIGHT_BITS:
                return None
            size = fit_inside(*picture.size, side)
            means = picture.convert("RGBA").resize(size, Image.Resampling.BOX)
    except (KeyError, OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        # What is no picture has no colour; the page says so when it can't draw it.
        return None
    if means.getchannel("A").getextrema() == _OPAQUE:
        means = means.convert("RGB")
    return MeanColors(means.tobytes(), *means.size, len(means.mode))
