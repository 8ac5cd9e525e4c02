"""Rows that are added to a widget later: what was told of the first ones, and of these, as one."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from layerscope._arrays import EncodedArray, encode_numpy
from layerscope._errors import InputError
from layerscope._labels import EncodedColors
from layerscope._pictures import EncodedImages, name_pictures
from layerscope._requests import Enclosed
from layerscope._row_facts import RowFacts
from layerscope._table import Table
from layerscope._texts import EncodedTexts, encode_texts
from layerscope._values import EncodedValues

if TYPE_CHECKING:
    import numpy as np


@dataclass(frozen=True)
class Grown:
    """All that is known of the rows of a map and of those that are added to it, as one."""

    table: Table
    placed: EncodedArray
    facts: RowFacts

    @property
    def references(self) -> dict[str, Any]:
        """What stands for all that in a widget's properties."""
        return {"points": self.table.reference, "placed": self.placed.reference, **self.facts.references}

    @property
    def enclosed(self) -> Enclosed:
        """What the page may ask for."""
        blocks = (*self.table.blocks, self.placed.block, *self.facts.blocks)
        return Enclosed(blocks, (*self.table.images, *self.facts.pictures.values()))


def join_facts(before: RowFacts, first: int, after: RowFacts, added: int) -> RowFacts:
    """Join what is told of rows and of those that are added; nothing is told of the color and values of these.

    Raises
    ------
    InputError
        When one side has classes and the other numbers.
    """
    return RowFacts(
        labels=join_colors(before.labels, first, after.labels, added, "labels"),
        color=join_colors(before.color, first, None, added, "color"),
        names=join_texts(before.names, first, after.names, added),
        images=join_pictures(before.images, first, after.images, added),
        values=widen_values(before.values, added),
    )


def join_colors(
    before: EncodedColors | None, first: int, after: EncodedColors | None, added: int, name: Literal["labels", "color"]
) -> EncodedColors | None:
    """Join what rows are coloured by; classes that are new stand behind the others, rows without any are missing.

    Raises
    ------
    InputError
        When one side has classes and the other numbers.
    """
    import numpy as np

    if before is None and after is None:
        return None
    kinds = {part.kind for part in (before, after) if part is not None}
    if kinds == {"categories", "numbers"}:
        after, before = _as_numbers(after, name), _as_numbers(before, name)
    if "numbers" in kinds:
        parts = [_numbers_of(before, first), _numbers_of(after, added)]
        return EncodedColors("numbers", encode_numpy(np.concatenate(parts), "float32"))
    names = list(before.names) if before is not None else []
    names += [label for label in (after.names if after is not None else ()) if label not in names]
    parts = [_codes_of(before, first, names), _codes_of(after, added, names)]
    return EncodedColors("categories", encode_numpy(np.concatenate(parts), "int32"), tuple(names))


def _as_numbers(colors: EncodedColors | None, name: str) -> EncodedColors | None:
    """Few whole numbers count as classes; beside a quantity they are numbers."""
    import numpy as np

    if colors is None or colors.kind == "numbers":
        return colors
    try:
        kinds = np.array([float(label) for label in colors.names] + [np.nan])
    except ValueError:
        raise InputError(
            f"{name} has classes for some rows and numbers for others.", "Pass the same kind for all rows."
        ) from None
    return EncodedColors("numbers", encode_numpy(kinds[colors.values.numpy()], "float32"))


def _numbers_of(colors: EncodedColors | None, rows: int) -> "np.ndarray[Any, Any]":
    import numpy as np

    return np.full(rows, np.nan, np.float32) if colors is None else colors.values.numpy()


def _codes_of(colors: EncodedColors | None, rows: int, names: Sequence[str]) -> "np.ndarray[Any, Any]":
    import numpy as np

    if colors is None:
        return np.full(rows, -1, np.int32)
    # The last place is that of a row without a class, whose code is -1.
    place: np.ndarray[Any, Any] = np.array([names.index(label) for label in colors.names] + [-1], dtype=np.int32)
    codes: np.ndarray[Any, Any] = place[colors.values.numpy()]
    return codes


def join_texts(before: EncodedTexts | None, first: int, after: EncodedTexts | None, added: int) -> EncodedTexts | None:
    """Join names; rows without one have an empty one."""
    if before is None and after is None:
        return None
    texts = [*(before.texts if before else [""] * first), *(after.texts if after else [""] * added)]
    return encode_texts(texts, "names", first + added)


def widen_values(values: EncodedValues | None, added: int) -> EncodedValues | None:
    """Continue columns by rows that have no number in them."""
    import numpy as np

    if values is None:
        return None
    blank = np.full(added, np.nan, np.float32)
    return EncodedValues(
        tuple(
            (name, encode_numpy(np.concatenate([column.numpy(), blank]), "float32")) for name, column in values.columns
        )
    )


def join_pictures(
    before: EncodedImages | None, first: int, after: EncodedImages | None, added: int
) -> EncodedImages | None:
    """Join pictures; rows without one have none."""
    if before is None and after is None:
        return None
    pictures = [*(before.pictures if before else [None] * first), *(after.pictures if after else [None] * added)]
    return name_pictures(pictures)
