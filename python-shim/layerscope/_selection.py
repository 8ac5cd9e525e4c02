"""A set of rows as bits: row i is bit i % 8 of byte i // 8, as in the page."""

from typing import TYPE_CHECKING, Any

from layerscope._arrays import to_numpy
from layerscope._errors import InputError, count

if TYPE_CHECKING:
    import numpy as np


def pack_rows(selected: object, rows: int, name: str = "selected") -> bytes:
    """Pack row numbers, or a boolean for every row; no bytes when there is none. Errors call them `name`.

    Raises
    ------
    InputError
        On rows that are not there, and on a mask of another length.
    """
    import numpy as np

    if selected is None:
        return b""
    array = np.atleast_1d(to_numpy(selected, name))
    if array.size == 0:
        return b""
    if array.dtype == bool:
        if array.shape != (rows,):
            raise InputError(f"A mask of {count(array.size)} for {count(rows)} rows.", "Give one boolean a row.")
        mask = array
    else:
        if array.dtype.kind not in "iu" or array.ndim != 1:
            raise InputError(f"{name} is of dtype {array.dtype}.", "Pass row numbers or a boolean mask.")
        wrong = array[(array < -rows) | (array >= rows)]
        if wrong.size:
            raise InputError(f"There is no row {wrong[0]} in {count(rows)} rows.", f"Rows are 0 to {count(rows - 1)}.")
        mask = np.zeros(rows, dtype=bool)
        mask[array] = True
    return np.packbits(mask, bitorder="little").tobytes() if mask.any() else b""


def unpack_rows(mask: bytes, rows: int) -> "np.ndarray[Any, Any]":
    """Return the row numbers in a mask, ascending."""
    import numpy as np

    bits = np.unpackbits(np.frombuffer(mask, dtype=np.uint8), count=rows if mask else 0, bitorder="little")
    return np.flatnonzero(bits)


def count_rows(mask: bytes) -> int:
    """How many rows are in a mask."""
    return int.from_bytes(mask, "little").bit_count()
