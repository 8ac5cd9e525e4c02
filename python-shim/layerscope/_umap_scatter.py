"""A map of which rows are alike."""

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from layerscope._arrays import EncodedArray, encode
from layerscope._blocks import Block
from layerscope._errors import InputError
from layerscope._given_coords import encode_coords
from layerscope._growing_rows import Grown
from layerscope._height import NO_HEIGHT, Height, take_height
from layerscope._laid_out import LaidOut
from layerscope._map_growth import MapGrowth
from layerscope._map_source import MapSource, map_source
from layerscope._quality import Quality, read_quality
from layerscope._question import Question
from layerscope._requests import Enclosed
from layerscope._row_facts import encode_row_facts
from layerscope._theme import Theme, check_theme
from layerscope._umap_options import wire_options, with_defaults

if TYPE_CHECKING:
    import numpy as np


class UmapScatter(LaidOut):
    """A map of which rows are alike: UMAP, computed in the browser.

    Parameters
    ----------
    points
        n × d numbers to map: a NumPy array, lists, a pandas or polars frame, a torch tensor, or anything with
        ``__array__`` or DLPack. They cross to the page in single precision.
    coords
        n × 2 or n × 3 coordinates to show as they are, instead of `points`: no UMAP runs.
    labels
        n classes, or n numbers, to colour by. Whole numbers of at most 50 kinds are classes; None and NaN are missing.
    images
        n pictures, fetched when they are seen: one array, or a list of arrays, PIL pictures or encoded bytes.
    names
        n texts: what each row is called.
    values
        Columns of n numbers to show for the hovered row: a dictionary, a frame, or an array.
    color
        What to colour by instead of the labels. Numbers make a scale, strings make classes.
    title
        Stands over the map.
    theme
        "auto" follows the notebook; "light" or "dark".
    precomputed_knn
        (indices, distances) of neighbours that are known already, n × k each, nearest first.
    **umap_parameters
        umap-learn's own: ``n_neighbors=15``, ``n_components=2`` (or 3), ``metric="euclidean"`` (cosine, correlation,
        manhattan), ``min_dist=0.1``, ``spread=1``, ``n_epochs=None``, ``learning_rate=1``, ``init="pca"`` (spectral,
        random, or n × n_components numbers), ``local_connectivity=1``, ``set_op_mix_ratio=1``,
        ``repulsion_strength=1``, ``negative_sample_rate=5``, ``random_state=42`` (None draws one and shows it).
        And how it is computed: ``backend="auto"`` takes WebGPU where the browser has a real one, else the CPU
        ("webgpu", "cpu"); ``neighbor_search="auto"`` is exact up to a size that the machine does in good time, then
        NN-descent, whose recall is sampled and shown ("exact", "nn-descent"); ``pca=None`` keeps all columns, a number
        reduces them to so many principal components first; ``workers=None`` takes what the machine has, at most 8,
        and the map does not depend on it; ``engine="layerscope"`` or "umap-js", the reference implementation.

    Examples
    --------
    >>> scatter = ls.UmapScatter(activations, labels=classes)
    >>> await scatter  # in the same cell with ipykernel 7, in the next one with older kernels
    >>> scatter.embedding  # n × 2 coordinates
    >>> activations[scatter.selected]  # the rows chosen with the lasso

    Raises
    ------
    InputError
        When something passed can't be used; says what, where, and what to do.
    TypeError
        On an unknown argument, with the nearest known one.
    """

    def __init__(  # noqa: PLR0913 - what people may give
        self,
        points: object = None,
        coords: object = None,
        labels: object = None,
        images: object = None,
        names: object = None,
        *,
        values: object = None,
        color: object = None,
        title: str | None = None,
        theme: Theme = "auto",
        precomputed_knn: object = None,
        **umap_parameters: Any,  # noqa: ANN401 - checked one by one
    ) -> None:
        options = with_defaults(umap_parameters)
        if (points is None) == (coords is None):
            raise InputError(
                "There is nothing to map." if points is None else "Both points and coords are given.",
                "Pass points (n × d numbers) or coords (n × 2 or n × 3).",
            )
        check_theme(theme)
        data = encode(points, "points", dimensions=2) if coords is None else encode_coords(coords)
        rows = data.shape[0]
        facts = encode_row_facts(rows, labels=labels, color=color, names=names, values=values, images=images)
        self._growth = MapGrowth(self, self._take_rows)
        self._height: Height | None = None
        super().__init__(
            "umap-scatter",
            rows,
            coords=None if coords is None else data,
            source=map_source(data, options, precomputed_knn) if coords is None else None,
            facts=facts,
            color=color,
            props=(wire_options(options) if coords is not None else {}) | {"title": title, "theme": theme},
        )

    def transform(self, rows: object) -> "Question[np.ndarray[Any, Any]]":
        """Place rows that the map has not seen where they belong in it; the map stays as it is.

        Parameters
        ----------
        rows
            m × d numbers, of the same columns as `points`, in any form that `points` may have.

        Returns
        -------
        Question
            `await` it for their coordinates, m × n_components, single precision. A row's answer has the same bits in
            any batch.

        Raises
        ------
        InputError
            For another number of columns, and where no map is computed because `coords` were given.
        """
        given = self._encode_rows(rows)

        def finish(header: Mapping[str, Any], content: bytes) -> "np.ndarray[Any, Any]":
            import numpy as np

            return np.frombuffer(content, dtype="<f4").reshape(given.shape[0], int(header["dims"]))

        return self._ask("transform", {"points": given.reference}, finish, "transform(rows)", Enclosed((given.block,)))

    def update(
        self, rows: object, labels: object = None, names: object = None, images: object = None
    ) -> "Question[UmapScatter]":
        """Add rows to the finished map: those that are there keep their places, to the bit; the new ones settle.

        Afterwards the widget is about all rows: embedding, selection (what was selected stays so), files, quality. A
        parameter changed in the settings computes the map of all rows anew. Widgets that it was linked with keep their
        rows and follow it no more.

        Parameters
        ----------
        rows
            m × d numbers, of the same columns as `points`, in any form that `points` may have.
        labels, names, images
            Of the new rows, m each. Without them, and in `color` and `values`, the new rows have none.

        Returns
        -------
        Question
            `await` it for the widget, once the new rows are in place.

        Raises
        ------
        InputError
            For another number of columns, for labels, names or images that are not one a row, and where no map is
            computed because `coords` were given.
        NotReadyError
            Before the map is there, and while other rows are being added.
        """
        source = self._mapped
        given = self._encode_rows(rows)
        return self._growth.add(source, given, labels=labels, names=names, images=images)

    def _encode_rows(self, rows: object) -> EncodedArray:
        given = encode(rows, "rows", dimensions=2)
        found, expected = given.shape[1], self._mapped.table.shape[1]
        if found != expected:
            raise InputError(
                f"rows: expected {expected} columns as in the map, got {found}.", "Pass rows like those of the map."
            )
        return given

    def _take_rows(self, grown: Grown, header: Mapping[str, Any], content: bytes) -> None:
        source = self._mapped
        # What was given of the first rows alone says nothing of all, nor do those that lie on their map.
        left = {"init", "precomputedKNN", "shares"}
        kept = {name: part for name, part in self._props.items() if name not in left}
        if isinstance(source.options.get("init"), str):
            kept["init"] = source.options["init"]
        if self._height is not None and isinstance(self._height.unit, EncodedArray):
            self._height = None
            kept |= NO_HEIGHT
        self._source = MapSource(grown.table, source.options, placed=grown.placed)
        self._facts = grown.facts
        self._rows = grown.table.shape[0]
        self._take_embedding(header, content)
        self._leave_group()
        self._props = kept | grown.references

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

    def _held_blocks(self) -> Mapping[str, Block]:
        unit = None if self._height is None else self._height.unit
        return {**super()._held_blocks(), **({unit.block.key: unit.block} if isinstance(unit, EncodedArray) else {})}

    def pause(self) -> Question[None]:
        """Hold the layout while it settles, after the round that is under way."""
        return self._order("pause", "pause()")

    def step(self, rounds: int = 1) -> Question[None]:
        """Move a settling layout by so many rounds, then hold it.

        Raises
        ------
        InputError
            Unless `rounds` is a whole number from 1.
        """
        if isinstance(rounds, bool) or not isinstance(rounds, int) or rounds < 1:
            raise InputError(f"rounds: expected a whole number from 1, got {rounds!r}.")
        return self._order("step", f"step({rounds})", rounds=rounds)

    def resume(self) -> Question[None]:
        """Go on with a layout that is held."""
        return self._order("resume", "resume()")

    def quality(self) -> Question[Quality]:
        """Measure how far the map can be believed.

        Returns
        -------
        Question
            `await` it for trustworthiness, continuity and neighbour preservation, and the preservation of each row.

        Raises
        ------
        InputError
            Where no map is computed because `coords` were given.
        """
        _ = self._mapped
        return self._ask("quality", {}, read_quality, "quality()")

    _called = "scatter"

    @property
    def _mapped(self) -> MapSource:
        if self._source is None:
            raise InputError("No map was computed here: there are only its coordinates.", "Pass points.")
        return self._source

    def __repr__(self) -> str:
        rows, columns = self._shape
        source = self._source
        parts = [f"{rows} × {columns}", *self._facts.written]
        parts += ["coordinates given"] if source is None else source.written
        parts += [] if self._height is None else [self._height.written]
        return f"UmapScatter({', '.join(parts)}): {self._page.sentence}{self._selected_sentence}"
