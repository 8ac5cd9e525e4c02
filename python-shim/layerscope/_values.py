"""Named columns of numbers, shown for the hovered row."""

from collections.abc import Mapping
from dataclasses import dataclass

from layerscope._arrays import EncodedArray, Reference, encode, numbers
from layerscope._blocks import Block
from layerscope._errors import InputError, count


@dataclass(frozen=True)
class EncodedValues:
    """Columns by name."""

    columns: tuple[tuple[str, EncodedArray], ...]

    @property
    def blocks(self) -> tuple[Block, ...]:
        """What the page may ask for."""
        return tuple(column.block for _, column in self.columns)

    @property
    def reference(self) -> Reference:
        """What stands for the columns in a widget's properties."""
        return {"columns": [{"name": name, "values": column.reference} for name, column in self.columns]}


def encode_values(value: object, rows: int) -> EncodedValues:
    """Encode columns of numbers.

    Parameters
    ----------
    value
        A dictionary or a pandas or polars frame of columns, or an array: one column, or rows × columns.
    rows
        How many rows there must be.

    Raises
    ------
    InputError
        When a column has another length or holds no numbers.
    """
    encoded = tuple((name, encode(column, f"values of {name}", dimensions=1)) for name, column in _columns(value))
    for name, column in encoded:
        if column.shape[0] != rows:
            raise InputError(
                f"{count(column.shape[0])} values of {name} for {count(rows)} rows.", f"Pass one a row in {name}."
            )
    return EncodedValues(encoded)


def _columns(value: object) -> list[tuple[str, object]]:
    if isinstance(value, Mapping):
        return [(str(name), column) for name, column in value.items()]
    names = getattr(value, "columns", None)
    if names is not None and hasattr(value, "__getitem__"):
        return [(str(name), value[name]) for name in names]
    array = numbers(value, "values")
    if array.ndim == 1:
        return [("value", array)]
    return [(f"column {index}", array[:, index]) for index in range(array.shape[1])]
