"""Rows on a map that is cut into cells, of each of which one is on show."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self

from layerscope._arrays import EncodedArray
from layerscope._blocks import Block
from layerscope._errors import NotReadyError
from layerscope._laid_out import LaidOut
from layerscope._mosaic_grid import MosaicGrid, read_grid
from layerscope._mosaic_options import UNCHANGED, TileSelect, Unchanged, wire_grid
from layerscope._question import Question
from layerscope._requests import Request
from layerscope._tile_meta import encode_tile_meta

if TYPE_CHECKING:
    import numpy as np


class Tiled(LaidOut):
    """Such rows.

    Parameters
    ----------
    widget, rows
        As for `LaidOut`.
    tile_meta
        Numbers by which the tile on show may be chosen.
    props
        Further properties under the page's names.
    **laid
        What else `LaidOut` takes.
    """

    def __init__(
        self,
        widget: str,
        rows: int,
        *,
        tile_meta: EncodedArray | None,
        props: Mapping[str, Any],
        **laid: Any,  # noqa: ANN401 - named there
    ) -> None:
        self._tile_meta = tile_meta
        self._grid: MosaicGrid | None = None
        self._grid_request: Request | None = None
        meta = None if tile_meta is None else tile_meta.reference
        super().__init__(widget, rows, props={**props, "tileMeta": meta}, **laid)

    def points_at_grid_index(self, x: int, y: int) -> "np.ndarray[Any, Any]":
        """Return the row numbers of all tiles of a cell, ascending.

        Parameters
        ----------
        x, y
            Column and row of the cell, counted from the lower left corner, as the page shows them.

        Raises
        ------
        InputError
            Where there is no such cell.
        NotReadyError
            Before the page has laid them out; says how far it is and what to write.
        """
        return self._known_grid(f"points_at_grid_index({x}, {y})").tiles_in(x, y)

    def selected_points(self) -> "np.ndarray[Any, Any]":
        """Return the row numbers of the tiles on show, one a cell, row after row of cells from the lowest.

        Raises
        ------
        NotReadyError
            Before the page has laid them out; says how far it is and what to write.
        """
        return self._known_grid("selected_points()").tiles_on_show

    def _known_grid(self, call: str) -> MosaicGrid:
        if self._grid is None:
            raise NotReadyError(f"No grid yet: {self._page.sentence}. Write await mosaic, then mosaic.{call}.")
        return self._grid

    def generate_grid(
        self,
        num_tiles_x: int | Unchanged = UNCHANGED,
        *,
        tile_select: TileSelect | Unchanged = UNCHANGED,
        max_dist: float | Unchanged | None = UNCHANGED,
        tile_meta: object = UNCHANGED,
    ) -> Question[Self]:
        """Lay the tiles out on another grid; what is not given stays as it is.

        Parameters
        ----------
        num_tiles_x, tile_select, max_dist, tile_meta
            As in the constructor.

        Returns
        -------
        Question
            `await` it for the widget, once the new grid is there.

        Raises
        ------
        InputError
            On a value without meaning.
        """
        told = wire_grid(num_tiles_x, tile_select, max_dist)
        given = self._tile_meta if isinstance(tile_meta, Unchanged) else tile_meta
        meta = encode_tile_meta(given, self._rows, {**self._props, **told})
        self._tile_meta = meta
        given_rules = {"num_tiles_x": num_tiles_x, "tile_select": tile_select, "max_dist": max_dist}
        known = {name: rule for name, rule in given_rules.items() if not isinstance(rule, Unchanged)}
        written = ", ".join(f"{name}={rule!r}" for name, rule in known.items())
        if not isinstance(tile_meta, Unchanged):
            told["tileMeta"] = None if meta is None else meta.reference
        self._props = {**self._props, **told}

        # The reader may have moved the slider since: what Python told last need not be what is on show.
        return self._ask("grid", told, self._with_grid, f"generate_grid({written})")

    def _with_grid(self, header: Mapping[str, Any], content: bytes) -> Self:
        self._take_grid(header, content)
        return self

    # What the base asks for

    def _held_blocks(self) -> Mapping[str, Block]:
        meta = self._tile_meta
        return {**super()._held_blocks(), **({} if meta is None else {meta.block.key: meta.block})}

    def _has_results(self) -> bool:
        has_grid = self._grid is not None or (self._grid_request is not None and self._grid_request.done)
        return has_grid and super()._has_results()

    def _fetch_results(self) -> None:
        super()._fetch_results()
        self._grid_request = Request("grid", {}, self._take_grid)
        self._talk.requests.add(self._grid_request)

    def _take_grid(self, header: Mapping[str, Any], content: bytes) -> None:
        self._grid = read_grid(header, content, self._rows)
