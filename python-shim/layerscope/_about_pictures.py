"""A widget that shows what a model makes of pictures."""

from collections.abc import Mapping
from typing import Any, ClassVar

from layerscope._blocks import Block
from layerscope._errors import InputError, count, plural
from layerscope._exported import Exported
from layerscope._left_out import SMALL, add_model_pictures
from layerscope._map_options import wire_picture
from layerscope._map_pictures import MapPictures
from layerscope._marimo import unwrapped
from layerscope._model import Model
from layerscope._pictures import EncodedImages
from layerscope._savable import Savable


def opened(model: object) -> Model:
    """Return a `Model`, or that of whatever it takes.

    Raises
    ------
    InputError
        When there is none, or no such file.
    """
    given = unwrapped(model)
    if given is None:
        raise InputError("There is no model.", "Pass a Model, or the path of one.")
    return given if isinstance(given, Model) else Model(given)


class AboutPictures(Savable):
    """Such a widget.

    Parameters
    ----------
    widget
        The name by which the page knows it.
    model
        The model; None where what is shown was made elsewhere.
    given
        The pictures and what they are called.
    props
        Further properties under the page's names; those that are None are left to the page.
    **said
        Those of which None says something as well.
    """

    _shows: ClassVar[str] = "maps"
    """What is kept of it, for sentences."""

    def __init__(
        self,
        widget: str,
        model: Model | None,
        given: MapPictures,
        props: Mapping[str, Any],
        **said: object,
    ) -> None:
        self._model = model
        self._pictures = given.pictures
        self._names = given.names
        self._told: Mapping[str, Any] = {}
        asked = {} if model is None else {"model": model._reference, "preprocessing": dict(model._declared) or None}
        told = {**asked, "images": self._pictures.reference, "imageNames": self._names, **props}
        kept = {name: part for name, part in told.items() if part is not None}
        super().__init__(widget, self._pictures.rows, {**kept, **said})

    @property
    def image(self) -> int | None:
        """The number of the picture on show; None: a reader has put another in its place. Set it to show another."""
        if "image" in self._told:
            return None if self._told["image"] is None else int(self._told["image"])
        return self._first_shown()

    @image.setter
    def image(self, row: object) -> None:
        number = wire_picture("image", row, self._pictures.rows)
        if number is None:
            raise InputError("image is None.", f"Set it to a number from 0 to {self._pictures.rows - 1}.")
        self._put("image", number, self._showing(number))

    def _first_shown(self) -> int:
        """Return the number of the picture that is asked for."""
        raise NotImplementedError

    def _showing(self, number: int) -> Mapping[str, Any]:
        """Return the properties that put a picture on show."""
        raise NotImplementedError

    def _put(self, fact: str, value: object, asked: Mapping[str, Any]) -> None:
        """Ask for what a reader may have changed since."""
        if self._told.get(fact, value) != value:
            # A page hears only of what changes.
            self._props = {name: part for name, part in self._props.items() if name not in asked}
        self._told = {name: told for name, told in self._told.items() if name != fact}
        self._props = {**self._props, **asked}

    @property
    def _picture_words(self) -> str:
        return plural(self._rows, "picture") if self._names is None or self._rows > 1 else self._names[0]

    @property
    def _model_words(self) -> str:
        return (self._model and self._model.name) or "no model yet"

    # What the base asks for

    def _held_blocks(self) -> Mapping[str, Block]:
        model = () if self._model is None else self._model._blocks
        return {block.key: block for block in (*model, *self._pictures.blocks)}

    def _held_images(self) -> Mapping[str, EncodedImages]:
        return {images.key: images for images in self._pictures.images}

    def _take_told(self, facts: Mapping[str, Any]) -> None:
        self._told = {**self._told, **facts}

    def _export(self, *, points: bool | None, images: bool | None, shared: frozenset[str]) -> Exported:  # noqa: ARG002 - nothing is shared
        can_compute = self._model is None or bool(self._model._blocks)
        held = self._held_blocks()
        size = sum(map(len, held.values())) + sum(part.nbytes for part in self._held_images().values())
        is_asked = False not in (points, images) and (size <= SMALL or True in (points, images) or not self._saved)
        if can_compute and is_asked:
            blocks: dict[str, bytes | memoryview] = {key: block.data for key, block in held.items()}
            exported = Exported(dict(self._props), blocks, [], runs_models=self._model is not None)
            add_model_pictures(exported, self._held_images().values())
            return exported
        if not self._saved:
            dropped = "The model was dropped on a table"
            reason = f"No picture of the {self._shows} is kept yet" if can_compute else dropped
            raise InputError(
                f"{reason}, and the page is to have no model.", f"Write await {self._called}, then to_html(path)."
            )
        props = {name: part for name, part in self._props.items() if name not in self._data_props}
        note = f"The model and the pictures ({count(round(size / 10**6))} MB) are not in this page. "
        return Exported(props, {}, [f"{note}to_html(path, points=True) adds them." if can_compute else note.strip()])

    _data_props: ClassVar[frozenset[str]] = frozenset({"model", "images", "imageNames"})
    """What a page without the model does without."""
