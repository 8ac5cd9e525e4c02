"""A widget whose rows lie on a map: one that the page computes, or where they were given."""

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from layerscope._arrays import EncodedArray
from layerscope._blocks import Block
from layerscope._exported import Exported
from layerscope._labels import encode_colors
from layerscope._left_out import add_images, add_model_pictures, goes_along, runs_in_page
from layerscope._map_source import MapSource
from layerscope._pictures import EncodedImages
from layerscope._requests import Request
from layerscope._row_facts import RowFacts
from layerscope._savable import Savable
from layerscope._saved_picture import pack_picture

if TYPE_CHECKING:
    import numpy as np


class LaidOut(Savable):
    """Such a widget.

    Parameters
    ----------
    widget
        The name by which the page knows it.
    rows
        How many there are.
    coords
        Where they lie, rows × 2 or 3; None where the page finds that out.
    source
        What the page computes a map from; None where there is none.
    facts
        What is told of the rows.
    color
        The colours as they were given.
    props
        Further properties under the page's names; those that are None are left to the page.
    """

    def __init__(  # noqa: PLR0913 - each is a part of it
        self,
        widget: str,
        rows: int,
        *,
        coords: EncodedArray | None,
        source: MapSource | None,
        facts: RowFacts,
        color: object,
        props: Mapping[str, Any],
    ) -> None:
        self._coords = coords
        self._source = source
        self._facts = facts
        self._color_given = color
        self._embedding = None if coords is None else coords.numpy()
        self._embedding_request: Request | None = None
        laid = {} if source is None else source.references
        laid |= {} if coords is None else {"coords": coords.reference}
        told = {name: part for name, part in props.items() if part is not None}
        given = None if coords is None else coords.block
        super().__init__(widget, rows, laid | facts.references | told, self._packed(), given)

    @property
    def embedding(self) -> "np.ndarray[Any, Any]":
        """Coordinates of the rows, n × 2 or n × 3, single precision.

        Raises
        ------
        NotReadyError
            Before the page has computed them; says how far it is and what to write.
        """
        if self._embedding is None:
            raise self._unready("embedding")
        return self._embedding

    @property
    def _shape(self) -> tuple[int, ...]:
        """Rows and columns of what lies on the map, or of its coordinates."""
        if self._source is not None:
            return self._source.table.shape
        return (self._rows,) if self._coords is None else self._coords.shape

    @property
    def color(self) -> object:
        """What rows are coloured by: numbers make a scale, strings classes; None: by the labels."""
        return self._color_given

    @color.setter
    def color(self, color: object) -> None:
        encoded = None if color is None else encode_colors(color, "color", self._rows)
        self._facts = replace(self._facts, color=encoded)
        self._color_given = color
        self._props = {**self._props, "color": None if encoded is None else encoded.reference}
        if self._coords is not None:
            self._saved = self._packed()

    # What the base asks for

    def _held_blocks(self) -> Mapping[str, Block]:
        blocks = [*(self._source.blocks if self._source else ()), *self._facts.blocks]
        blocks += [] if self._coords is None else [self._coords.block]
        return {block.key: block for block in blocks}

    def _held_images(self) -> Mapping[str, EncodedImages]:
        computed = {} if self._source is None else {images.key: images for images in self._source.images}
        return {**computed, **self._facts.pictures}

    def _has_results(self) -> bool:
        return self._embedding is not None or (self._embedding_request is not None and self._embedding_request.done)

    def _fetch_results(self) -> None:
        if self._coords is None:
            self._embedding_request = Request("embedding", {}, self._take_embedding)
            self._talk.requests.add(self._embedding_request)

    def _take_embedding(self, header: Mapping[str, Any], content: bytes) -> None:
        import numpy as np

        # Of other rows than those here: the answer that brings these brings their places too.
        dims = int(header["dims"])
        if len(content) == 4 * self._rows * dims:
            self._embedding = np.frombuffer(content, dtype="<f4").reshape(self._rows, dims)

    def _packed(self) -> bytes:
        if self._coords is None or self._embedding is None:
            return b""
        classes = self._facts.classes
        if classes is None:
            return pack_picture(self._embedding)
        return pack_picture(self._embedding, classes.values.numpy(), classes.names)

    def _export(self, *, points: bool | None, images: bool | None, shared: frozenset[str]) -> Exported:  # noqa: ARG002 - for those that follow
        source = self._source
        blocks: dict[str, bytes | memoryview] = {key: block.data for key, block in self._held_blocks().items()}
        runs_models = source is not None and runs_in_page(points, source.table)
        exported = Exported(dict(self._props), blocks, [], runs_models=runs_models)
        if source is not None and runs_models:
            add_model_pictures(exported, source.images)
        elif source is not None and self._saved and not goes_along(points, source.table):
            source.leave_out(exported.props, exported.blocks)
        elif source is not None:
            source.fill_in(exported.props, exported.blocks)
        add_images(exported, self._facts.images, images)
        return exported
