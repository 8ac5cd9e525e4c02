"""Rows that a reader is to look at; the others fade."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from layerscope._arrays import EncodedArray, encode_numpy
from layerscope._errors import InputError
from layerscope._labels import EncodedColors
from layerscope._selection import pack_rows

if TYPE_CHECKING:
    import numpy as np


def encode_focus(focus: object, labels: EncodedColors | None, rows: int) -> EncodedArray | None:
    """Encode them a bit each; None: all.

    Parameters
    ----------
    focus
        Row numbers, a boolean for every row, a class, or a list of classes.
    labels
        The classes.
    rows
        How many rows there are.

    Raises
    ------
    InputError
        On rows and classes that are not there.
    """
    import numpy as np

    if focus is None:
        return None
    classes = _classes_in(focus)
    if classes:
        focus = _rows_of(classes, labels)
    # No bytes mean that there is none; here that is a mask as well.
    mask = pack_rows(focus, rows, "focus") or bytes((rows + 7) // 8)
    return encode_numpy(np.frombuffer(mask, np.uint8), "uint8")


def _classes_in(focus: object) -> list[str]:
    """Return the names of classes; none where there are rows."""
    if isinstance(focus, str):
        return [focus]
    kind = getattr(getattr(focus, "dtype", None), "kind", "O")
    names = list(focus) if kind in "OTU" and isinstance(focus, Iterable) else []
    return [str(name) for name in names] if all(isinstance(name, str) for name in names) else []


def _rows_of(classes: list[str], labels: EncodedColors | None) -> "np.ndarray[Any, Any]":
    import numpy as np

    known = labels.names if labels is not None and labels.kind == "categories" else ()
    for name in classes:
        if name not in known:
            raise InputError(f'No tile has the label "{name}".', "Pass a class of labels, or row numbers.")
    codes = np.empty(0) if labels is None else labels.values.numpy()
    found: np.ndarray[Any, Any] = np.isin(codes, [known.index(name) for name in classes])
    return found
