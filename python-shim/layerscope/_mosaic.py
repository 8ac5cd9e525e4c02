"""The pictures themselves, laid on a map."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Self

from layerscope._arrays import encode_numpy
from layerscope._blocks import Block
from layerscope._errors import InputError, count
from layerscope._exported import Exported
from layerscope._focus import encode_focus
from layerscope._given_coords import seen_from_above
from layerscope._kernel import cell_number
from layerscope._link import join
from layerscope._marimo import in_marimo
from layerscope._mosaic_options import (
    ClassMarks,
    Normalizer,
    TileSelect,
    check_drawing,
    wire_background,
    wire_grid,
)
from layerscope._mosaic_place import as_scatter, find_place
from layerscope._normalizer_source import encode_normalizer_source
from layerscope._pictures import EncodedImages
from layerscope._question import Question
from layerscope._row_facts import encode_row_facts
from layerscope._savable import file_format
from layerscope._theme import Theme, check_theme
from layerscope._tile_meta import encode_tile_meta
from layerscope._tiled import Tiled


class Mosaic(Tiled):
    """Pictures laid on a map: a grid of tiles that zooms from the whole data set to one tile.

    Parameters
    ----------
    images
        n pictures, fetched when they are seen: one array, or a list of arrays, PIL pictures, encoded bytes, which cross
        as they are, or paths. An array of 8-bit pixels is not copied: don't write to it while it is shown.
    coords
        Where they lie: n × 2 numbers, or a `UmapScatter` over the same rows, in any state. Its map is followed while it
        settles and whenever it changes, and the two are linked, with whatever that is linked with.
    num_tiles_x
        Cells across, 1 to 1,000. Cells are square: the map's shape says how many there are up. A slider changes it.
    tile_select
        Which tile of a cell is on show: the "first" in the order given, the one "nearest" to the cell's centre, the
        one whose `tile_meta` is nearest to the cell's mean ("centroid"), or a "random" one, by `random_state`.
    max_dist
        Tiles so many cells from the centre of a cell, or further, don't stand for it, whatever `tile_select` says; a
        cell without a nearer one stays empty. Slideflow heeds it with "nearest" alone.
    tile_meta
        n × d numbers, for "centroid".
    labels
        n classes, or n numbers: the commonest class of a cell marks its tile. None and NaN are missing.
    names
        n texts: what each tile is called.
    background
        A CSS colour behind the tiles; None: the page's; "slideflow": its grey, #dfdfdf.
    points
        n × d numbers to map, or `Activations`, instead of `coords`: a UMAP, computed in the page.
    values
        Columns of n numbers to show for the hovered tile: a dictionary, a frame, or an array.
    color
        What to colour by instead of the labels. Numbers make a scale, strings make classes.
    expanded
        Fill empty cells with tiles from around them, as Slideflow's versions up to 1.0 did: nearest pairs first, each
        tile once, up to 1.06 cells apart, instead of `tile_select`. Cells that have split are filled likewise.
    focus
        Row numbers, a boolean for every row, or classes of `labels` by name: the other tiles fade, a cell by its share
        of them to 0.2 + 0.8 · share.
    class_marks
        How tiles show their class: as a "frame", as a "tint" of a quarter, "none"; "auto" frames those of 16 pixels or
        more and tints the smaller.
    class_names
        Write the names of up to twelve classes on the map, each where most of its tiles lie.
    normalizer
        Stain normalisation for display, after Slideflow's brightness standardisation. "reinhard": each channel c of
        L*a*b* becomes (c - mean) · (target's deviation / deviation) + target's mean (Reinhard, Adhikhmin, Gooch and
        Shirley, IEEE Computer Graphics and Applications 21(5), 2001). "macenko": optical density is split into two
        stains, the amounts of each are scaled so that their 99th percentiles become the target's, and mixed again in
        the target's stains as 255 · exp(-stains · amounts) (Macenko and others, ISBI 2009). Tiles without a stain to
        find stay as they are.
    normalizer_source
        The picture whose stain the others take on: an array, a PIL picture, encoded bytes, or a row number. None:
        Slideflow's own target of the method ("v3").
    title
        Stands over the mosaic.
    theme
        "auto" follows the notebook; "light" or "dark".
    precomputed_knn
        Of `points`: (indices, distances) of neighbours that are known already, n × k each, nearest first.
    **umap_parameters
        With `points`, those of `UmapScatter`. With coordinates, `random_state` alone.

    Notes
    -----
    The grid is that of Slideflow 3's ``Mosaic.generate_grid``. Where this differs:

    - Point 0 is drawn; Slideflow leaves it out.
    - Tiles stand upright and have their place in map coordinates; Slideflow draws them upside down, half a cell off and
      without the map's offset.
    - Cells are square everywhere. Slideflow stretches the rows over the height but draws squares, so that tiles drift
      from their cells; and for one range in sixteen its rightmost tile falls into a column outside the grid.
    - Nothing is left to an unseeded chance: the map and "random" go by seed 42 unless another is given.
    - `tile_select` is "first", as Slideflow's code has it; its documentation says "nearest".
    - `save_report` names each tile once; Slideflow's grows by all of them with every `plot`.
    - `background` is the page's, not grey.
    - With `focus`, cells without any of its tiles stay faintly visible; in Slideflow they vanish.

    Examples
    --------
    >>> scatter = ls.UmapScatter(activations, labels=classes)
    >>> mosaic = ls.Mosaic(tiles, scatter, labels=classes)
    >>> await mosaic
    >>> mosaic.points_at_grid_index(31, 7)  # row numbers of a cell's tiles
    >>> tiles[mosaic.selected]  # those that a lasso holds, here or in the scatter

    Raises
    ------
    InputError
        When something passed can't be used; says what, where, and what to do.
    TypeError
        On an unknown argument, with the nearest known one.
    """

    _called = "mosaic"

    def __init__(  # noqa: PLR0913, PLR0917 - what people may give, in Slideflow's order
        self,
        images: object,
        coords: object = None,
        num_tiles_x: int = 50,
        tile_select: TileSelect = "first",
        max_dist: float | None = None,
        tile_meta: object = None,
        labels: object = None,
        names: object = None,
        background: str | None = None,
        *,
        points: object = None,
        values: object = None,
        color: object = None,
        expanded: bool = False,
        focus: object = None,
        class_marks: ClassMarks = "auto",
        class_names: bool = True,
        normalizer: Normalizer | None = None,
        normalizer_source: object = None,
        title: str | None = None,
        theme: Theme = "auto",
        precomputed_knn: object = None,
        **umap_parameters: Any,  # noqa: ANN401 - checked one by one
    ) -> None:
        if images is None or as_scatter(images) is not None:
            raise InputError("There are no pictures.", "Pass images, one a row, and the UmapScatter after them.")
        check_theme(theme)
        check_drawing(normalizer, class_marks)
        grid = wire_grid(num_tiles_x, tile_select, max_dist, expanded)
        place = find_place(coords, points, precomputed_knn, umap_parameters)
        rows = place.rows
        facts = encode_row_facts(rows, labels=labels, color=color, names=names, values=values, images=images)
        meta = encode_tile_meta(tile_meta, rows, grid)
        self._focus = encode_focus(focus, facts.labels, rows)
        self._normalizer_source = encode_normalizer_source(normalizer_source, facts.images)
        parts = {"focus": self._focus, "normalizerSource": self._normalizer_source}
        super().__init__(
            "mosaic",
            rows,
            tile_meta=meta,
            coords=place.coords,
            source=place.source,
            facts=facts,
            color=color,
            props={
                **grid,
                **{name: part.reference for name, part in parts.items() if part is not None},
                "background": wire_background(background),
                "classMarks": None if class_marks == "auto" else class_marks,
                "classNames": None if class_names else False,
                "normalizer": normalizer,
                "seed": place.seed if place.source is None else None,
                "follows": place.follow(),
                "title": title,
                "theme": theme,
            },
        )
        if place.scatter is not None:
            join(self, place.scatter)

    def focus(self, focus: object = None) -> None:
        """Fade all tiles but some, a cell by its share of them; None fades none.

        Parameters
        ----------
        focus
            Row numbers, a boolean for every row, or classes of `labels` by name.

        Raises
        ------
        InputError
            On rows and classes that are not there.
        """
        self._focus = encode_focus(focus, self._facts.labels, self._rows)
        self._props = {**self._props, "focus": None if self._focus is None else self._focus.reference}

    # On show and kept

    def plot(self) -> Self:
        """Show the mosaic and give it back.

        Slideflow's draws a picture with matplotlib and takes its size, background and focus; here these are arguments
        of the mosaic, and `save` writes a picture of any size.
        """
        if not in_marimo():
            self._show()
            self._shown_by_await = cell_number()
        return self

    def save_report(self, path: str | Path) -> Question[Path]:
        """Write which tile is on show in which cell: a CSV of x, y, row and name.

        Parameters
        ----------
        path
            Where to; the suffix is .csv.

        Returns
        -------
        Question
            `await` it for the path.

        Raises
        ------
        InputError
            On another suffix, and on a folder that is not there.
        """
        file_format(path, "csv")
        return self._ask_for_file("report", {}, path, f"save_report({str(path)!r})")

    def __repr__(self) -> str:
        cells = f"{self._props['numTilesX']} columns" if self._grid is None else self._grid.written
        parts = [f"{count(self._rows)} tiles", cells, f"tile_select={self._props['tileSelect']}", *self._facts.written]
        if self._source is None:
            parts.append("coordinates given")
        else:
            parts += ["on the map of a UmapScatter"] if "follows" in self._props else self._source.written
        return f"Mosaic({', '.join(parts)}): {self._page.sentence}{self._selected_sentence}"

    # What the base asks for

    def _held_blocks(self) -> Mapping[str, Block]:
        focus = self._focus
        return {**super()._held_blocks(), **({} if focus is None else {focus.block.key: focus.block})}

    def _held_images(self) -> Mapping[str, EncodedImages]:
        target = self._normalizer_source
        return {**super()._held_images(), **({} if target is None else {target.key: target})}

    def _export(self, *, points: bool | None, images: bool | None, shared: frozenset[str]) -> Exported:
        exported = super()._export(points=points, images=images, shared=shared)
        props = exported.props
        if self._normalizer_source is not None:
            exported.blocks[self._normalizer_source.key] = self._normalizer_source.pack([0])
        if self._source is not None and "follows" in props and props["follows"] not in shared:
            # Nobody shares that map in the page: it goes along as far as it is known.
            del props["follows"]
            if self._embedding is not None:
                known = seen_from_above(encode_numpy(self._embedding, "float32"))
                self._source.leave_all_out(props, exported.blocks)
                props["coords"] = known.reference
                props["axes"] = ["UMAP 1", "UMAP 2"]
                exported.blocks[known.block.key] = known.block.data
        return exported
