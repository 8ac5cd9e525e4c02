"""Places of rows that are known already."""

from layerscope._arrays import EncodedArray, encode, encode_numpy
from layerscope._errors import InputError, plural


def encode_coords(coords: object, dimensions: tuple[int, ...] = (2, 3)) -> EncodedArray:
    """Encode rows × so many coordinates.

    Raises
    ------
    InputError
        On other numbers of columns.
    """
    encoded = encode(coords, "coords", dimensions=2)
    columns = encoded.shape[1]
    if columns not in dimensions:
        taken = " or ".join(f"n × {dimension}" for dimension in dimensions)
        raise InputError(f"coords has {plural(columns, 'column')}.", f"Pass {taken} coordinates.")
    return encoded


def seen_from_above(coords: EncodedArray) -> EncodedArray:
    """Return the first two coordinates."""
    return coords if coords.shape[1] == 2 else encode_numpy(coords.numpy()[:, :2], "float32")  # noqa: PLR2004
