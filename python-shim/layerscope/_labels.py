"""Labels and colours: a class, or a number, for every row."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from layerscope._arrays import EncodedArray, Reference, encode_numpy, to_numpy
from layerscope._blocks import Block
from layerscope._errors import InputError, count
from layerscope._natural_order import natural_order

if TYPE_CHECKING:
    import numpy as np

MOST_INTEGER_CLASSES = 50
"""More distinct whole numbers than this are a quantity, not names of classes; the page has the same rule."""


@dataclass(frozen=True)
class EncodedColors:
    """What rows are coloured by."""

    kind: Literal["categories", "numbers"]
    values: EncodedArray
    names: tuple[str, ...] = ()

    def __len__(self) -> int:
        return self.values.shape[0]

    @property
    def blocks(self) -> tuple[Block, ...]:
        """What the page may ask for."""
        return (self.values.block,)

    @property
    def reference(self) -> Reference:
        """What stands for the colours in a widget's properties."""
        if self.kind == "categories":
            return {"kind": "categories", "codes": self.values.reference, "names": list(self.names)}
        return {"kind": "numbers", "values": self.values.reference}


def encode_colors(value: object, name: Literal["labels", "color", "slides"], rows: int) -> EncodedColors:
    """Encode a class or a number for every row.

    Strings, booleans and pandas categories are classes. Numbers in `color` are a scale; in `labels` they are classes
    when they are whole and of at most 50 kinds, in `slides` when they are whole. None and NaN are missing.

    Parameters
    ----------
    value
        One value a row.
    name
        What the argument is called: "labels", "color" or "slides".
    rows
        How many there must be.

    Raises
    ------
    InputError
        "1,790 labels for 1,797 rows.", when there is more than one value a row, or when two classes have one name.
    """
    encoded = _encode_categories(value, name) or _encode_values(value, name)
    if len(encoded) != rows:
        many = "colours" if name == "color" else name
        raise InputError(f"{count(len(encoded))} {many} for {count(rows)} rows.", f"Pass one a row in {name}.")
    return encoded


def _encode_categories(value: object, name: str) -> EncodedColors | None:
    """Pandas categories keep their own order."""
    import numpy as np

    categorical: Any = getattr(value, "cat", None) if not hasattr(value, "codes") else value
    if not (hasattr(categorical, "codes") and hasattr(categorical, "categories")):
        return None
    codes = np.asarray(categorical.codes)
    kinds = list(categorical.categories)
    _refuse_namesakes(kinds, name)
    return _classes(codes, [str(kind) for kind in kinds], value)


def _encode_values(value: object, name: str) -> EncodedColors:
    import numpy as np

    if isinstance(value, str) or not isinstance(value, Iterable):
        raise InputError(f"{name} is {value!r}, which is not one value a row.", "Pass a list or an array.")
    if not hasattr(value, "__array__") and not hasattr(value, "__dlpack__"):
        items = list(value)
        if any(isinstance(item, str) for item in items):
            # NumPy would write NaN out as the text "nan".
            return _encode_objects(items, name, value)
        value = items
    array = to_numpy(value, name)
    if array.ndim == 2 and array.shape[1] == 1:  # noqa: PLR2004
        array = array[:, 0]
    if array.ndim != 1:
        raise InputError(f"{name} has {array.ndim} dimensions, expected 1.", f"Pass one a row in {name}.")
    if array.dtype.kind in "fiu":
        finite = array[np.isfinite(array)] if array.dtype.kind == "f" else array
        kinds = np.unique(finite)
        if not _are_classes(kinds, name):
            return EncodedColors("numbers", encode_numpy(array, "float32", source=value))
        codes = np.where(np.isfinite(array), np.searchsorted(kinds, array), -1)
        return _classes(codes, [_whole(kind) for kind in kinds], value)
    return _encode_objects(array.tolist(), name, value)


def _are_classes(kinds: "np.ndarray[Any, Any]", name: str) -> bool:
    return _may_name_classes(len(kinds), name) and bool((kinds == kinds.round()).all())


def _may_name_classes(kinds: int, name: str) -> bool:
    return name == "slides" or (name == "labels" and kinds <= MOST_INTEGER_CLASSES)


def _encode_objects(values: list[object], name: str, source: object) -> EncodedColors:
    import numpy as np

    # By their types as well: True is equal to 1.
    present = [value for _, value in {(type(value), value) for value in values if not _is_missing(value)}]
    if present and all(isinstance(value, (int, float)) and not isinstance(value, bool) for value in present):
        if all(isinstance(value, int) for value in present) and _may_name_classes(len(present), name):
            # Floats have no room for long numbers: two slides would become one.
            return _name_classes(values, sorted({*present}), source)
        # None among numbers makes an array of objects; they are numbers all the same.
        plain = [math.nan if _is_missing(value) else value for value in values]
        return _encode_values(np.asarray(plain, dtype=float), name)
    _refuse_namesakes(present, name)
    names = {str(value) for value in present}
    # Nobody reads slides one after another; their order decides which of them a seed rearranges.
    return _name_classes(values, sorted(names) if name == "slides" else natural_order(names), source)


def _refuse_namesakes(kinds: Iterable[object], name: str) -> None:
    """Refuse a number and a text that are written alike: which of them a class is, nobody could tell by its name."""
    known: dict[str, object] = {}
    for kind in kinds:
        other = known.setdefault(str(kind), kind)
        if isinstance(other, str) != isinstance(kind, str):
            first, second = sorted((repr(other), repr(kind)))
            raise InputError(
                f"{name} holds {first} and {second}, two classes of one name.",
                "Write both alike, or rename one of them.",
            )


def _name_classes(values: list[object], kinds: "list[Any]", source: object) -> EncodedColors:
    import numpy as np

    names = [str(kind) for kind in kinds]
    place = {text: code for code, text in enumerate(names)}
    codes = [-1 if _is_missing(value) else place[str(value)] for value in values]
    return _classes(np.asarray(codes), names, source)


def _classes(codes: "np.ndarray[Any, Any]", names: list[str], source: object) -> EncodedColors:
    return EncodedColors("categories", encode_numpy(codes, "int32", source=source), tuple(names))


def _is_missing(value: object) -> bool:
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return True
    # pandas' own marks; comparing them with anything is an error.
    return type(value).__name__ in {"NAType", "NaTType"}


def _whole(kind: Any) -> str:  # noqa: ANN401 - any NumPy number
    return str(int(kind))
