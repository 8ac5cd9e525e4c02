"""The picture whose stain others take on."""

from layerscope._errors import InputError, count
from layerscope._images import encode_images
from layerscope._pictures import EncodedImages, name_pictures


def encode_normalizer_source(source: object, images: EncodedImages | None) -> EncodedImages | None:
    """Encode it as a list of one picture.

    Parameters
    ----------
    source
        An array, a PIL picture, encoded bytes, the number of a row of `images`, or None.
    images
        The pictures that it may be one of.

    Raises
    ------
    InputError
        When it is no picture.
    """
    if source is None:
        return None
    if isinstance(source, (bool, str)):
        raise InputError(
            f"normalizer_source is {source!r}, which is no picture.",
            "Pass an array, a PIL picture, encoded bytes, or a row number.",
        )
    if not hasattr(source, "__index__") or (hasattr(source, "shape") and source.shape):
        return encode_images([source], 1)
    row = int(source.__index__())
    pictures = images.pictures if images is not None else ()
    if not -len(pictures) <= row < len(pictures) or pictures[row] is None:
        raise InputError(f"There is no picture {row} in {count(len(pictures))} images.", "Pass the number of one.")
    return name_pictures([pictures[row]])
