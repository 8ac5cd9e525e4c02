"""Activations as a widget's properties name them: the page that shows the widget runs the model, or has run it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from layerscope._arrays import EncodedArray, Reference
from layerscope._blocks import Block
from layerscope._content_key import content_key
from layerscope._errors import InputError, NotReadyError
from layerscope._model_pictures import ModelPictures
from layerscope._pictures import EncodedImages

if TYPE_CHECKING:
    import numpy as np

Part = Literal["activations", "predictions"]


@dataclass
class KnownValues:
    """What the page has told of activations: nothing, until somebody has awaited them."""

    array: EncodedArray | None = None


@dataclass(frozen=True)
class EncodedActivations:
    """A model, pictures, and what is wanted of them; in the place of an array of rows × columns."""

    model: Reference
    model_blocks: tuple[Block, ...]
    pictures: ModelPictures
    options: Mapping[str, Any]
    preprocessing: Mapping[str, Any]
    part: Part
    known: KnownValues = field(default_factory=KnownValues)

    @property
    def reference(self) -> Reference:
        """What stands for them in a widget's properties."""
        return {
            "$activations": {
                "model": self.model,
                "images": self.pictures.reference,
                "options": dict(self.options),
                "preprocessing": dict(self.preprocessing),
                "part": self.part,
            }
        }

    @property
    def model_name(self) -> str:
        """What the model's file is called, whatever is dropped in its place."""
        return str(self.model["$model"]["name"])

    @property
    def columns(self) -> list[str] | None:
        """What the columns of predictions are called, where the model's classes were named."""
        return self.model["$model"].get("classes") if self.part == "predictions" else None

    @property
    def key(self) -> str:
        """A name made from what they are computed from."""
        return content_key(memoryview(json.dumps(self.reference, sort_keys=True).encode()), "activations")

    @property
    def shape(self) -> tuple[int, int]:
        """Rows, and columns: 0 as long as nobody here knows."""
        array = self.known.array
        return (self.pictures.rows, 0) if array is None else (array.shape[0], array.shape[1])

    @property
    def blocks(self) -> tuple[Block, ...]:
        """What the page may ask for: the model's files, and pictures that are floats."""
        return (*self.model_blocks, *self.pictures.blocks)

    @property
    def images(self) -> tuple[EncodedImages, ...]:
        """Pictures that the page may ask for."""
        return self.pictures.images

    @property
    def nbytes(self) -> int:
        """Bytes of the values, as far as they are here."""
        array = self.known.array
        return 0 if array is None else len(array.block)

    def numpy(self) -> "np.ndarray[Any, Any]":
        """Return the values, as far as they are here.

        Raises
        ------
        NotReadyError
            When nobody has awaited them.
        """
        if self.known.array is None:
            raise NotReadyError(f"No {self.part} here yet: they are in the page. Write await acts, then acts.numpy().")
        return self.known.array.numpy()

    @property
    def is_here(self) -> bool:
        """Whether Python has the values."""
        return self.known.array is not None

    def filled_in(self) -> EncodedArray:
        """Return the values that an exported page shows: it has no model.

        Raises
        ------
        InputError
            When nobody has awaited them.
        """
        if self.known.array is None:
            raise InputError(
                f"The {self.part} are not here yet, and an exported page has no model to compute them.",
                "Write await acts, then to_html(path).",
            )
        return self.known.array


Rows = EncodedArray | EncodedActivations
"""Rows × columns: numbers that are here, or activations that the page computes."""
