"""The mean colour of an encoded picture."""

from io import BytesIO
from typing import Final

_FORMATS: Final = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP", "image/gif": "GIF"}
"""As Pillow calls what a page can draw."""

_EIGHT_BITS: Final = {"1", "L", "LA", "P", "PA", "RGB", "RGBA", "RGBX", "CMYK", "YCbCr"}
"""Pillow's modes that become red, green and blue without being cut off."""


def mean_color(data: bytes | memoryview, mime: str) -> bytes | None:
    """Read the mean colour of a picture; of an animated one that of its first frame.

    Parameters
    ----------
    data
        The file.
    mime
        What it is.

    Returns
    -------
    bytes or None
        Red, green, blue and opacity, colours weighed by that; None where Pillow is not installed, or can't read the
        file or its colours.

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
            picture.draft("RGB", (1, 1))
            if picture.mode not in _EIGHT_BITS:
                return None
            return picture.convert("RGBA").resize((1, 1), Image.Resampling.BOX).tobytes()
    except (KeyError, OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        # What is no picture has no colour; the page says so when it can't draw it.
        return None
