"""A map of which rows are alike."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Literal

from layerscope._arrays import EncodedArray, encode, encode_numpy
from layerscope._blocks import Block
from layerscope._errors import InputError, NotReadyError, count, plural
from layerscope._export import Exported
from layerscope._growing_rows import Grown, Table, join_colors, join_pictures, join_texts, widen_values
from layerscope._images import EncodedImages, encode_images
from layerscope._labels import EncodedColors, encode_colors
from layerscope._marimo import in_marimo
from layerscope._quality import Quality, read_quality
from layerscope._question import Question
from layerscope._requests import Enclosed, Request
from layerscope._saved_picture import pack_picture
from layerscope._texts import EncodedTexts, encode_texts
from layerscope._umap_options import encode_init, encode_knn, wire_options, with_defaults
from layerscope._values import EncodedValues, encode_values
from layerscope._widget import Widget

if TYPE_CHECKING:
    import numpy as np

_SMALL = 64 * 10**6
"""Bytes up to which an exported page takes data along unasked."""

_THEMES = ("auto", "light", "dark")


class UmapScatter(Widget):
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
        theme: Literal["auto", "light", "dark"] = "auto",
        precomputed_knn: object = None,
        **umap_parameters: Any,  # noqa: ANN401 - checked one by one
    ) -> None:
        options = with_defaults(umap_parameters)
        if (points is None) == (coords is None):
            raise InputError(
                "There is nothing to map." if points is None else "Both points and coords are given.",
                "Pass points (n × d numbers) or coords (n × 2 or n × 3).",
            )
        if theme not in _THEMES:
            raise InputError(f'unknown theme: "{theme}" (expected auto, light or dark)')
        table, name = (points, "points") if coords is None else (coords, "coords")
        data = encode(table, name, dimensions=2)
        rows, columns = data.shape
        if coords is not None and columns not in (2, 3):
            raise InputError(f"coords has {plural(columns, 'column')}.", "Pass n × 2 or n × 3 coordinates.")
        self._data = Table((data,))
        self._is_map = coords is None
        self._options = options
        self._labels = None if labels is None else encode_colors(labels, "labels", rows)
        self._color = None if color is None else encode_colors(color, "color", rows)
        self._names: EncodedTexts | None = None if names is None else encode_texts(names, "names", rows)
        self._values: EncodedValues | None = None if values is None else encode_values(values, rows)
        self._images: EncodedImages | None = None if images is None else encode_images(images, rows)
        self._init = encode_init(options.get("init", "pca"), rows)
        self._knn = None if precomputed_knn is None else encode_knn(precomputed_knn, rows)
        self._embedding = None if self._is_map else data.numpy()
        self._placed: EncodedArray | None = None
        self._growth: Question[UmapScatter] | None = None
        self._growths: dict[str, Question[UmapScatter]] = {}
        self._embedding_request: Request | None = None
        self._color_given = color
        props = self._make_props(title=title, theme=theme)
        super().__init__("umap-scatter", rows, props, self._packed() if coords is not None else b"")

    def _make_props(self, **plain: object) -> dict[str, Any]:
        encoded = {
            "points" if self._is_map else "coords": self._data,
            "labels": self._labels,
            "color": self._color,
            "names": self._names,
            "values": self._values,
            "images": self._images,
            "init": self._init,
            "placed": self._placed,
        }
        props: dict[str, Any] = {name: part.reference for name, part in encoded.items() if part is not None}
        if self._knn is not None:
            indices, distances = self._knn
            props["precomputedKNN"] = {"indices": indices.reference, "distances": distances.reference}
        return wire_options(self._options) | props | {name: part for name, part in plain.items() if part is not None}

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

    def _unready(self, what: str) -> NotReadyError:
        return NotReadyError(f"No {what} yet: {self._page.sentence}. Write await scatter, then read scatter.{what}.")

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
        self._refuse_without_points()
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
        self._refuse_without_points()
        given = self._encode_rows(rows)
        if in_marimo() and (known := self._growths.get(given.block.key)) is not None and known.request.error is None:
            # The cell that asked was stopped and runs again: its rows are there, or on their way.
            return known
        if self._growth is not None and not self._growth.request.done:
            raise NotReadyError("Rows are being added already. Write await scatter.update(rows), then add the next.")
        if self._embedding is None:
            raise NotReadyError(
                f"There is no map yet to add rows to: {self._page.sentence}. Write await scatter, then update."
            )
        first, added = self._rows, given.shape[0]
        grown = Grown(
            table=Table((*self._data.parts, given)),
            placed=encode_numpy(self._embedding, "float32"),
            labels=join_colors(self._labels, first, _colors(labels, added), added, "labels"),
            color=join_colors(self._color, first, None, added, "color"),
            names=join_texts(self._names, first, None if names is None else encode_texts(names, "names", added), added),
            images=join_pictures(self._images, first, None if images is None else encode_images(images, added), added),
            values=widen_values(self._values, added),
        )

        def finish(header: Mapping[str, Any], content: bytes) -> "UmapScatter":
            self._take_rows(grown, header, content)
            return self

        question = self._ask("update", grown.references, finish, "update(rows)", grown.enclosed)
        self._growth = self._growths[given.block.key] = question
        return question

    def _encode_rows(self, rows: object) -> EncodedArray:
        given = encode(rows, "rows", dimensions=2)
        found, expected = given.shape[1], self._data.shape[1]
        if found != expected:
            raise InputError(
                f"rows: expected {expected} columns as in the map, got {found}.", "Pass rows like those of the map."
            )
        return given

    def _take_rows(self, grown: Grown, header: Mapping[str, Any], content: bytes) -> None:
        import numpy as np

        self._data, self._placed = grown.table, grown.placed
        self._labels, self._color, self._values = grown.labels, grown.color, grown.values
        self._names, self._images = grown.names, grown.images
        # What was given of the first rows alone says nothing of all.
        self._init = self._knn = None
        kept = {name: part for name, part in self._props.items() if name not in ("init", "precomputedKNN")}
        if isinstance(self._options.get("init"), str):
            kept["init"] = self._options["init"]
        self._rows = grown.table.shape[0]
        self._embedding = np.frombuffer(content, dtype="<f4").reshape(self._rows, int(header["dims"]))
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
        self._refuse_without_points()
        return self._ask("quality", {}, read_quality, "quality()")

    def _refuse_without_points(self) -> None:
        if not self._is_map:
            raise InputError("No map was computed here: there are only its coordinates.", "Pass points.")

    @property
    def color(self) -> object:
        """What the map is coloured by: numbers make a scale, strings classes; None: by the labels."""
        return self._color_given

    @color.setter
    def color(self, color: object) -> None:
        self._color = None if color is None else encode_colors(color, "color", self._rows)
        self._color_given = color
        self._props = {**self._props, "color": None if self._color is None else self._color.reference}
        if not self._is_map:
            self._saved = self._packed()

    def __repr__(self) -> str:
        rows, columns = self._data.shape
        colors = self._color or self._labels
        parts = [f"{rows} × {columns}"]
        if colors and colors.kind == "categories":
            parts.append(f"{count(len(colors.names))} {'class' if len(colors.names) == 1 else 'classes'}")
        if self._is_map:
            shown = {name: self._options[name] for name in ("n_neighbors", "min_dist")}
            parts += [f"{name}={value}" for name, value in shown.items()]
            parts.append(f"seed {self._options['random_state']}")
        else:
            parts.append("coordinates given")
        return f"UmapScatter({', '.join(parts)}): {self._page.sentence}{self._selected_sentence}"

    # What the base asks for

    def _parts(self) -> tuple[EncodedArray | EncodedTexts, ...]:
        arrays: list[EncodedArray | EncodedTexts] = [*self._data.parts]
        arrays += [part for part in (self._names, self._init, self._placed) if part is not None]
        arrays += self._knn or ()
        return tuple(arrays)

    def _held_blocks(self) -> Mapping[str, Block]:
        blocks = [part.block for part in self._parts()]
        for group in (self._labels, self._color, self._values):
            blocks += group.blocks if group is not None else ()
        return {block.key: block for block in blocks}

    def _held_images(self) -> Mapping[str, EncodedImages]:
        return {} if self._images is None else {self._images.key: self._images}

    def _has_results(self) -> bool:
        return self._embedding is not None or (self._embedding_request is not None and self._embedding_request.done)

    def _fetch_results(self) -> None:
        if not self._is_map:
            return
        self._embedding_request = Request("embedding", {}, self._take_embedding)
        self._talk.requests.add(self._embedding_request)

    def _take_embedding(self, header: Mapping[str, Any], content: bytes) -> None:
        import numpy as np

        dims = int(header.get("dims", self._options["n_components"]))
        # Of other rows than those here: the answer that brings these brings their places too.
        if len(content) == 4 * self._rows * dims:
            self._embedding = np.frombuffer(content, dtype="<f4").reshape(self._rows, dims)

    def _packed(self) -> bytes:
        if self._embedding is None:
            return b""
        colors: EncodedColors | None = self._color or self._labels
        if colors is None or colors.kind != "categories":
            return pack_picture(self._embedding)
        return pack_picture(self._embedding, colors.values.numpy(), colors.names)

    def _export(self, *, points: bool | None, images: bool | None) -> Exported:
        props = dict(self._props)
        blocks: dict[str, bytes | memoryview] = {key: block.data for key, block in self._held_blocks().items()}
        notes: list[str] = []
        if self._is_map and self._saved and not _included(points, self._data.nbytes):
            for name in ("points", "placed"):
                props.pop(name, None)
            for block in self._data.blocks:
                blocks.pop(block.key, None)
            if self._placed is not None:
                blocks.pop(self._placed.block.key, None)
        if self._images is not None:
            if _included(images, self._images.nbytes):
                blocks[self._images.key] = self._images.pack(range(len(self._images.pictures)))
            else:
                del props["images"]
                megabytes = round(self._images.nbytes / 10**6)
                notes.append(
                    f"The pictures ({count(megabytes)} MB) are not in this page. to_html(path, images=True) adds them."
                )
        return Exported(props, blocks, notes)


def _included(asked: bool | None, size: int) -> bool:  # noqa: FBT001 - None: by size
    return size <= _SMALL if asked is None else asked


def _colors(labels: object, rows: int) -> EncodedColors | None:
    return None if labels is None else encode_colors(labels, "labels", rows)
