"""A map that may stand in three dimensions, with a unit as height."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from layerscope._arrays import EncodedArray
from layerscope._blocks import Block
from layerscope._errors import InputError
from layerscope._height import NO_HEIGHT, Height, take_height
from layerscope._laid_out import LaidOut


class RaisedMap(LaidOut):
    """Such a map; flat until it is asked to rise."""

    _height: Height | None = None

    def plot_3d(self, unit: object, *, exclude: bool = False) -> None:
        """Show the map in three dimensions with a unit as height, coloured by it: Slideflow's ``plot_3D_umap(node)``.

        All rows are drawn, where Slideflow draws 1,000 by chance, and x and y are the map's own. The widget on show
        turns by itself; the toolbar's 2-D shows it flat again.

        Parameters
        ----------
        unit
            A column of `points`, or n numbers; None: flat again, computed from all columns.
        exclude
            Compute the map without that column: it is left out where rows are compared, so that what the height shows
            says nothing of where rows lie. Slideflow's ``exclusion``. The embedding is another one afterwards; await
            the widget, then read it.

        Raises
        ------
        InputError
            For a column that is not there, for another number of rows, where there are only coordinates and `unit` is
            a column, over a map of three dimensions, and where neighbours that are known were found with all columns.
        """
        height = None if unit is None else self._take_height(unit, exclude=exclude)
        told = NO_HEIGHT if height is None else height.references
        kept = dict(self._props)
        if self._source is not None and told["exclude"] != kept.get("exclude"):
            # Places and embedding are those of another map: the page brings the one of this.
            self._source = replace(self._source, placed=None)
            kept.pop("placed", None)
            self._embedding = None
            self._embedding_request = None
        self._height = height
        if height is not None and self._props == kept | told:
            # A reader may have laid it flat meanwhile, of which nothing is heard here: what is the same is not sent.
            self._props = kept | told | {"height": None}
        self._props = kept | told

    def _take_height(self, unit: object, *, exclude: bool) -> Height:
        source = self._source
        dimensions = self._props.get("nComponents", 2) if self._coords is None else self._coords.shape[1]
        if dimensions == 3:  # noqa: PLR2004
            raise InputError(
                "The map has three dimensions of its own, and no room for a height.",
                "Pass n_components=2." if self._coords is None else "Pass n × 2 coords.",
            )
        if exclude and source is not None and source.knn is not None:
            raise InputError(
                "The neighbours that are known were found with all columns.", "Leave out precomputed_knn, or exclude."
            )
        columns = None if source is None else source.table.shape[1]
        return take_height(unit, exclude=exclude, rows=self._rows, columns=columns)

    def _lowered(self) -> dict[str, Any]:
        """Lay the map flat where its heights are of rows that are no longer all; what of its properties changes."""
        if self._height is None or not isinstance(self._height.unit, EncodedArray):
            return {}
        self._height = None
        return dict(NO_HEIGHT)

    def _held_blocks(self) -> Mapping[str, Block]:
        unit = None if self._height is None else self._height.unit
        return {**super()._held_blocks(), **({unit.block.key: unit.block} if isinstance(unit, EncodedArray) else {})}
