"""A map of which rows are alike."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from layerscope._encoded_activations import Rows
from layerscope._errors import InputError, plural
from layerscope._given_coords import encode_coords
from layerscope._given_rows import encode_rows
from layerscope._growing_rows import Grown
from layerscope._map_growth import MapGrowth
from layerscope._map_source import MapSource, map_source
from layerscope._quality import Quality, read_quality
from layerscope._question import Question
from layerscope._raised_map import RaisedMap
from layerscope._requests import Enclosed
from layerscope._row_facts import encode_row_facts
from layerscope._theme import Theme, check_theme
from layerscope._umap_options import wire_options, with_defaults

if TYPE_CHECKING:
    import numpy as np


class UmapScatter(RaisedMap):
    """A map of which rows are alike: UMAP, computed in the browser.

    Parameters
    ----------
    points
        n × d numbers to map: a NumPy array, lists, a pandas or polars frame, a torch tensor, or anything with
        ``__array__`` or DLPack. They cross to the page in single precision. Or `Activations`, which the page computes.
    coords
        n × 2 or n × 3 coordinates to show as they are, instead of `points`: no UMAP runs.
    labels
        n classes, or n numbers, to colour by. Whole numbers of at most 50 kinds are classes; None and NaN are missing.
    images
        n pictures, fetched when they are seen: one array, or a list of arrays, PIL pictures, encoded bytes or paths.
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
        mapped = encode_rows(points, "points") if coords is None else None
        placed = None if coords is None else encode_coords(coords)
        rows = next(part.shape[0] for part in (mapped, placed) if part is not None)
        facts = encode_row_facts(rows, labels=labels, color=color, names=names, values=values, images=images)
        self._growth = MapGrowth(self, self._take_rows)
        super().__init__(
            "umap-scatter",
            rows,
            coords=placed,
            source=None if mapped is None else map_source(mapped, options, precomputed_knn),
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

        return self._ask(
            "transform", {"points": given.reference}, finish, "transform(rows)", Enclosed(given.blocks, given.images)
        )

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

    def _encode_rows(self, rows: object) -> Rows:
        given = encode_rows(rows, "rows")
        found, expected = given.shape[1], self._mapped.table.shape[1]
        # Of activations that nobody has awaited the page alone knows the columns.
        if 0 not in (found, expected) and found != expected:
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
        kept |= self._lowered()
        self._source = MapSource(grown.table, source.options, placed=grown.placed)
        self._facts = grown.facts
        self._rows = grown.table.shape[0]
        self._take_embedding(header, content)
        self._leave_group()
        self._props = kept | grown.references

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
        parts = [f"{rows} × {columns}" if columns else plural(rows, "row"), *self._facts.written]
        parts += ["coordinates given"] if source is None else source.written
        parts += [] if self._height is None else [self._height.written]
        return f"UmapScatter({', '.join(parts)}): {self._page.sentence}{self._selected_sentence}"
