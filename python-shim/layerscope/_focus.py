"""Rows that a reader is to look at; the others fade."""

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
    named = [focus] if isinstance(focus, str) else focus
    if isinstance(named, (list, tuple, set)) and named and all(isinstance(name, str) for name in named):
        focus = _rows_of([str(name) for name in named], labels)
    # No bytes mean that there is none; here that is a mask as well.
    mask = pack_rows(focus, rows, "focus") or bytes((rows + 7) // 8)
    return encode_numpy(np.frombuffer(mask, np.uint8), "uint8")


def _rows_of(classes: list[str], labels: EncodedColors | None) -> "np.ndarray[Any, Any]":
    import numpy as np

    if labels is None or labels.kind != "categories":
        raise InputError(f'focus names the class "{classes[0]}", but there are no classes.', "Pass labels.")
    for name in classes:
        if name not in labels.names:
            known = ", ".join(labels.names[:5]) + (", …" if len(labels.names) > 5 else "")  # noqa: PLR2004
            raise InputError(f'There is no class "{name}" in labels.', f"Classes are {known}.")
    found: np.ndarray[Any, Any] = np.isin(labels.values.numpy(), [labels.names.index(name) for name in classes])
    return found
