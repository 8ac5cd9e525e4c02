"""What units answer to rows, and what those rows are."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from layerscope._arrays import encode_numpy, numbers
from layerscope._blocks import Block
from layerscope._encoded_activations import Rows
from layerscope._errors import InputError, count, plural
from layerscope._given_rows import encode_rows
from layerscope._labels import EncodedColors, encode_colors
from layerscope._texts import EncodedTexts, encode_texts

if TYPE_CHECKING:
    import numpy as np


@dataclass(frozen=True)
class UnitData:
    """All of it in the form that crosses; None where nothing is told."""

    values: Rows
    labels: EncodedColors
    slides: EncodedColors | None
    unit_names: EncodedTexts | None
    names: EncodedTexts | None

    @property
    def rows(self) -> int:
        """How many there are."""
        return self.values.shape[0]

    @property
    def units(self) -> int:
        """How many there are; 0 where the page alone knows."""
        return self.values.shape[1]

    @property
    def references(self) -> dict[str, Any]:
        """What stands for it in a widget's properties, by name."""
        told: dict[str, Rows | EncodedColors | EncodedTexts | None] = {
            "values": self.values,
            "labels": self.labels,
            "slides": self.slides,
            "unitNames": self.unit_names,
            "names": self.names,
        }
        return {name: part.reference for name, part in told.items() if part is not None}

    @property
    def blocks(self) -> tuple[Block, ...]:
        """What the page may ask for."""
        groups = [group.blocks for group in (self.labels, self.slides) if group is not None]
        texts = [text.block for text in (self.unit_names, self.names) if text is not None]
        return (*self.values.blocks, *(block for group in groups for block in group), *texts)

    @property
    def written(self) -> list[str]:
        """What of it a widget says of itself."""
        shape = f"{self.rows} × {self.units}" if self.units else plural(self.rows, "row")
        slides = [] if self.slides is None else [plural(len(self.slides.names), "slide")]
        return [shape, plural(len(self.labels.names), "class", "classes"), *slides]


def encode_unit_data(
    values: object,
    labels: object,
    slides: object,
    unit_names: object = None,
    names: object = None,
) -> UnitData:
    """Encode activations, a row a tile, with the class and the slide of each row.

    Parameters
    ----------
    values
        rows × units numbers, or `Activations`; or numbers of each slide, by its name.
    labels
        A class a row; or one a slide, by its name.
    slides
        The slide of each row.
    unit_names
        A name a unit; those of a frame's columns unless given.
    names
        A name a row.

    Raises
    ------
    InputError
        When something is not one a row, or not what it should be.
    """
    if values is None:
        raise InputError("There are no units to compare.", "Pass values (rows × units of numbers).")
    if labels is None:
        raise InputError("There are no groups to compare.", "Pass labels, one a row.")
    if isinstance(values, Mapping):
        table, slides = _join_slides(values, slides)
        array: Rows = encode_numpy(table, "float32", source=values)
    else:
        array = encode_rows(values, "values")
    rows, units = array.shape
    unit_names = _columns(values) if unit_names is None else unit_names
    if not rows or (not units and array.is_here):
        raise InputError(f"values is {rows} × {units}: there is nothing to compare.", "Pass rows × units of numbers.")
    of_rows = None if slides is None else _encode_classes(slides, "slides", rows)
    if not units and isinstance(unit_names, Iterable) and not isinstance(unit_names, str):
        # How many there should be, the page knows.
        unit_names = list(unit_names)
        units = len(unit_names)
    of_labels = _labels_of_rows(labels, of_rows) if isinstance(labels, Mapping) else labels
    return UnitData(
        array,
        _encode_classes(of_labels, "labels", rows),
        of_rows,
        None if unit_names is None else encode_texts(unit_names, "unit_names", units, "unit"),
        None if names is None else encode_texts(names, "names", rows),
    )


def _encode_classes(value: object, name: Literal["labels", "slides"], rows: int) -> EncodedColors:
    import numpy as np

    encoded = encode_colors(value, name, rows)
    if encoded.kind == "numbers":
        given = encoded.values.numpy()
        kinds = count(len(np.unique(given[np.isfinite(given)])))
        if name == "slides":
            raise InputError(f"slides are fractions ({kinds} different ones).", "Pass a name or a whole number a row.")
        raise InputError(f"labels are numbers, not classes ({kinds} different ones).", "Cut them into classes first.")
    if not encoded.names:
        remedy = "Leave slides out where they are unknown." if name == "slides" else "Pass a class a row."
        raise InputError(f"{name} are all missing.", remedy)
    return encoded


def _join_slides(values: Mapping[Any, Any], slides: object) -> "tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]":
    """Put the tiles of all slides below each other, as Slideflow keeps them apart."""
    import numpy as np

    if slides is not None:
        raise InputError("slides are given, and values by slide as well.", "Leave slides out.")
    if not values:
        raise InputError("There are no units to compare.", "Pass values (rows × units of numbers).")
    parts = {str(name): numbers(part, f'values of slide "{name}"') for name, part in values.items()}
    if len(parts) < len(values):
        raise InputError("Two slides have the same name.", "Give each a name of its own.")
    (first, units), *_ = ((name, part.shape[1:]) for name, part in parts.items())
    for name, part in parts.items():
        if part.ndim != 2:  # noqa: PLR2004
            raise InputError(
                f'values of slide "{name}" has {plural(part.ndim, "dimension")}, expected 2.', "Pass tiles × units."
            )
        if part.shape[1:] != units:
            raise InputError(
                f'Slide "{name}" has {plural(part.shape[1], "unit")}, slide "{first}" {count(units[0])}.',
                "Pass the same units of all slides.",
            )
    # Beyond single precision's range lies infinity: such a unit has no statistic.
    with np.errstate(over="ignore"):
        table = np.concatenate(tuple(parts.values()), dtype=np.float32, casting="same_kind")
    return table, np.repeat(list(parts), [len(part) for part in parts.values()])


def _labels_of_rows(labels: Mapping[Any, Any], slides: EncodedColors | None) -> list[object]:
    """Give each row the label of its slide; a slide whose label is None has none."""
    if slides is None:
        raise InputError("labels are given by slide, and slides are unknown.", "Pass slides, one a row.")
    by_name = {str(name): label for name, label in labels.items()}
    without = [name for name in slides.names if name not in by_name]
    if without:
        raise InputError(
            f'{plural(len(without), "slide")} without a label, the first "{without[0]}".',
            "Name all in labels; None leaves a slide out.",
        )
    of_slides = [by_name[name] for name in slides.names]
    return [None if code < 0 else of_slides[code] for code in slides.values.numpy().tolist()]


def _columns(values: object) -> list[str] | None:
    """Return the names of a frame's columns, where they are names and not just numbers."""
    columns = getattr(values, "columns", None)
    names = [] if columns is None or callable(columns) else list(columns)
    return names if names and all(isinstance(name, str) for name in names) else None
