"""Which tile lies in which cell, as the page has found."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from layerscope._errors import InputError

if TYPE_CHECKING:
    import numpy as np


@dataclass(frozen=True)
class MosaicGrid:
    """Cells of a map, counted from its lower left corner.

    Attributes
    ----------
    columns, rows
        Cells across and up.
    cell_of
        The cell of each tile, row × columns + column; -1 where a tile has no place.
    shown
        The tile that stands for each cell; -1 where there is none.
    """

    columns: int
    rows: int
    cell_of: "np.ndarray[Any, Any]"
    shown: "np.ndarray[Any, Any]"

    @property
    def written(self) -> str:
        """How many cells there are."""
        return f"{self.columns} × {self.rows} cells"

    def tiles_in(self, x: int, y: int) -> "np.ndarray[Any, Any]":
        """Return the row numbers of all tiles of a cell, ascending.

        Raises
        ------
        InputError
            Where there is no such cell.
        """
        import numpy as np

        if not (0 <= x < self.columns and 0 <= y < self.rows):
            raise InputError(
                f"There is no cell {x}, {y} in {self.written}.",
                f"Cells are 0, 0 (lower left) to {self.columns - 1}, {self.rows - 1}.",
            )
        return np.flatnonzero(self.cell_of == y * self.columns + x)

    @property
    def tiles_on_show(self) -> "np.ndarray[Any, Any]":
        """Row numbers of the tiles on show, one a cell, cell by cell."""
        return self.shown[self.shown >= 0]


def read_grid(header: Mapping[str, Any], content: bytes, tiles: int) -> MosaicGrid:
    """Read the page's answer: the cell of each tile, then the tile of each cell."""
    import numpy as np

    numbers = np.frombuffer(content, dtype="<i4")
    columns, rows = int(header["columns"]), int(header["rows"])
    if len(numbers) != tiles + columns * rows:
        raise ValueError("The page's grid is of other tiles than those here. Run the cell again.")
    return MosaicGrid(columns, rows, numbers[:tiles], numbers[tiles:])
