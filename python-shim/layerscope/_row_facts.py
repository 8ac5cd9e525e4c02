"""What is told of rows: what colours them, what they are called, numbers and a picture of each."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from layerscope._blocks import Block
from layerscope._errors import plural
from layerscope._images import encode_images
from layerscope._labels import EncodedColors, encode_colors
from layerscope._pictures import EncodedImages
from layerscope._texts import EncodedTexts, encode_texts
from layerscope._values import EncodedValues, encode_values


@dataclass(frozen=True)
class RowFacts:
    """All of it in the form that crosses; None where nothing is told."""

    labels: EncodedColors | None = None
    color: EncodedColors | None = None
    names: EncodedTexts | None = None
    values: EncodedValues | None = None
    images: EncodedImages | None = None

    @property
    def references(self) -> dict[str, Any]:
        """What stands for it in a widget's properties, by name."""
        told = {
            "labels": self.labels,
            "color": self.color,
            "names": self.names,
            "values": self.values,
            "images": self.images,
        }
        return {name: part.reference for name, part in told.items() if part is not None}

    @property
    def blocks(self) -> tuple[Block, ...]:
        """What the page may ask for."""
        groups = [group.blocks for group in (self.labels, self.color, self.values) if group is not None]
        names = () if self.names is None else (self.names.block,)
        return (*(block for group in groups for block in group), *names)

    @property
    def pictures(self) -> Mapping[str, EncodedImages]:
        """Pictures that the page may ask for, by key."""
        return {} if self.images is None else {self.images.key: self.images}

    @property
    def classes(self) -> EncodedColors | None:
        """What colours the rows, where that is classes."""
        colors = self.color or self.labels
        return colors if colors is not None and colors.kind == "categories" else None

    @property
    def written(self) -> list[str]:
        """What of it a widget says of itself."""
        return [] if self.classes is None else [plural(len(self.classes.names), "class", "classes")]


def encode_row_facts(  # noqa: PLR0913 - what may be told
    rows: int,
    *,
    labels: object = None,
    color: object = None,
    names: object = None,
    values: object = None,
    images: object = None,
) -> RowFacts:
    """Encode what is told of so many rows.

    Raises
    ------
    InputError
        When something is not one a row, or not what it should be.
    """
    return RowFacts(
        None if labels is None else encode_colors(labels, "labels", rows),
        None if color is None else encode_colors(color, "color", rows),
        None if names is None else encode_texts(names, "names", rows),
        None if values is None else encode_values(values, rows),
        None if images is None else encode_images(images, rows),
    )
