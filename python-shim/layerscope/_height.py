"""What stands as height over a map in two dimensions."""

from dataclasses import dataclass
from numbers import Integral
from typing import Any

from layerscope._arrays import EncodedArray, encode
from layerscope._errors import InputError


@dataclass(frozen=True)
class Height:
    """A unit as height: a column of the points, or a number a row."""

    unit: int | EncodedArray
    is_excluded: bool = False

    @property
    def references(self) -> dict[str, Any]:
        """What stands for it in a widget's properties."""
        shown = self.unit.reference if isinstance(self.unit, EncodedArray) else self.unit
        return {"height": shown, "exclude": self.unit if self.is_excluded else None}

    @property
    def written(self) -> str:
        """What a widget says of it."""
        name = "numbers" if isinstance(self.unit, EncodedArray) else f"unit {self.unit}"
        return f"{name} as height"


NO_HEIGHT: dict[str, Any] = {"height": None, "exclude": None}
"""What stands in a widget's properties where there is none."""


def take_height(unit: object, *, exclude: bool, rows: int, columns: int | None) -> Height:
    """Take what a caller shows as height.

    Parameters
    ----------
    unit
        A column of the points, or n numbers.
    exclude
        Whether the map is computed without that column.
    rows
        Rows of the map.
    columns
        Columns of its points; None where there are only coordinates, 0 where the page alone knows how many.

    Raises
    ------
    InputError
        For a column that is not there, for another number of rows, and where numbers that are no column are excluded.
    """
    if isinstance(unit, Integral) and not isinstance(unit, bool):
        column = int(unit)
        if columns is None:
            raise InputError(
                f"unit is column {column}, and there are no points, only their coordinates.",
                "Pass a number a row instead.",
            )
        if column < 0 or (columns and column >= columns):
            some = f"{columns:,} columns" if columns else "the columns"
            raise InputError(
                f"unit: there is no column {column} in {some}.",
                f"Columns are 0 to {columns - 1:,}." if columns else "Columns are numbers from 0.",
            )
        if exclude and columns == 1:
            raise InputError("Without their only column there is nothing to tell rows apart by.")
        return Height(column, exclude)
    if exclude:
        raise InputError("These numbers are no column of the points.", "Exclude a column by its number.")
    values = encode(unit, "unit", dimensions=1)
    if values.shape[0] != rows:
        raise InputError(
            f"{values.shape[0]:,} heights for {rows:,} rows.", "Pass one a row, or the number of a column."
        )
    return Height(values)
