"""Rows that are added to a finished map."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from layerscope._arrays import encode_numpy
from layerscope._encoded_activations import Rows
from layerscope._errors import NotReadyError
from layerscope._growing_rows import Grown, join_facts
from layerscope._map_source import MapSource
from layerscope._marimo import in_marimo
from layerscope._question import Question
from layerscope._row_facts import encode_row_facts
from layerscope._table import Table

if TYPE_CHECKING:
    from layerscope._umap_scatter import UmapScatter

Taken = Callable[[Grown, Mapping[str, Any], bytes], None]


class MapGrowth:
    """Adds rows to the map of one widget, some at a time.

    Parameters
    ----------
    scatter
        The widget.
    take
        Takes the answer: all rows and where they lie.
    """

    def __init__(self, scatter: "UmapScatter", take: Taken) -> None:
        self._scatter = scatter
        self._take = take
        self._latest: Question[UmapScatter] | None = None
        self._asked: dict[str, Question[UmapScatter]] = {}

    def add(
        self, source: MapSource, rows: Rows, *, labels: object, names: object, images: object
    ) -> "Question[UmapScatter]":
        """Ask the page to add rows to the map of `source`.

        Raises
        ------
        InputError
            When what is told of the new rows is not one a row.
        NotReadyError
            Before the map is there, and while other rows are being added.
        """
        scatter = self._scatter
        known = self._asked.get(rows.key)
        if in_marimo() and known is not None and known.request.error is None:
            # The cell that asked was stopped and runs again: its rows are there, or on their way.
            return known
        if self._latest is not None and not self._latest.request.done:
            raise NotReadyError("Rows are being added already. Write await scatter.update(rows), then add the next.")
        if scatter._embedding is None:
            raise NotReadyError(
                f"There is no map yet to add rows to: {scatter._page.sentence}. Write await scatter, then update."
            )
        first, added = scatter._rows, rows.shape[0]
        told = encode_row_facts(added, labels=labels, names=names, images=images)
        grown = Grown(
            table=Table((*source.table.parts, rows)),
            placed=encode_numpy(scatter._embedding, "float32"),
            facts=join_facts(scatter._facts, first, told, added),
        )

        def finish(header: Mapping[str, Any], content: bytes) -> "UmapScatter":
            self._take(grown, header, content)
            return scatter

        question = scatter._ask("update", grown.references, finish, "update(rows)", grown.enclosed)
        self._latest = self._asked[rows.key] = question
        return question
