"""Places of rows that are known already."""

from layerscope._arrays import EncodedArray, encode
from layerscope._errors import InputError, plural


def encode_coords(coords: object) -> EncodedArray:
    """Encode rows × 2 or 3 coordinates.

    Raises
    ------
    InputError
        On other numbers of columns.
    """
    encoded = encode(coords, "coords", dimensions=2)
    columns = encoded.shape[1]
    if columns not in (2, 3):
        raise InputError(f"coords has {plural(columns, 'column')}.", "Pass n × 2 or n × 3 coordinates.")
    return encoded
