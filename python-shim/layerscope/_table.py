"""Rows × columns of numbers, in the parts in which they were given."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from layerscope._arrays import EncodedArray, Reference
from layerscope._blocks import Block

if TYPE_CHECKING:
    import numpy as np


@dataclass(frozen=True)
class Table:
    """Rows × columns in the parts in which they were given; what the page has of them does not cross again."""

    parts: tuple[EncodedArray, ...]

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns."""
        return sum(part.shape[0] for part in self.parts), self.parts[0].shape[1]

    @property
    def blocks(self) -> tuple[Block, ...]:
        """What the page may ask for."""
        return tuple(part.block for part in self.parts)

    @property
    def nbytes(self) -> int:
        """Bytes of all parts together."""
        return sum(map(len, self.blocks))

    @property
    def reference(self) -> Reference:
        """What stands for the table in a widget's properties."""
        first, *others = (part.reference for part in self.parts)
        return {"$rows": [first, *others]} if others else first

    def numpy(self) -> "np.ndarray[Any, Any]":
        """Return the table as it crosses."""
        import numpy as np

        arrays = [part.numpy() for part in self.parts]
        return arrays[0] if len(arrays) == 1 else np.concatenate(arrays)
