"""Rows × columns of numbers, in the parts in which they were given."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from layerscope._arrays import Reference
from layerscope._blocks import Block
from layerscope._encoded_activations import Rows
from layerscope._pictures import EncodedImages

if TYPE_CHECKING:
    import numpy as np


@dataclass(frozen=True)
class Table:
    """Rows × columns in the parts in which they were given; what the page has of them does not cross again."""

    parts: tuple[Rows, ...]

    @property
    def shape(self) -> tuple[int, int]:
        """Rows, and columns: 0 where they are activations of which nobody here knows how many."""
        return sum(part.shape[0] for part in self.parts), max(part.shape[1] for part in self.parts)

    @property
    def blocks(self) -> tuple[Block, ...]:
        """What the page may ask for."""
        return tuple(block for part in self.parts for block in part.blocks)

    @property
    def images(self) -> tuple[EncodedImages, ...]:
        """Pictures that the page may ask for."""
        return tuple(images for part in self.parts for images in part.images)

    @property
    def is_here(self) -> bool:
        """Whether Python has the numbers: not those of activations that nobody has awaited."""
        return all(part.is_here for part in self.parts)

    @property
    def nbytes(self) -> int:
        """Bytes of all parts together."""
        return sum(part.nbytes for part in self.parts)

    @property
    def reference(self) -> Reference:
        """What stands for the table in a widget's properties."""
        first, *others = (part.reference for part in self.parts)
        return {"$rows": [first, *others]} if others else first

    def filled_in(self) -> "Table":
        """Return the table with numbers in the place of activations.

        Raises
        ------
        InputError
            When nobody has awaited them.
        """
        return Table(tuple(part.filled_in() for part in self.parts))

    def numpy(self) -> "np.ndarray[Any, Any]":
        """Return the table as it crosses."""
        import numpy as np

        arrays = [part.numpy() for part in self.parts]
        return arrays[0] if len(arrays) == 1 else np.concatenate(arrays)
