"""One line that lays out five linked widgets about a model and pictures."""

import math
from collections.abc import Generator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import ipywidgets
import traitlets

from layerscope._about_pictures import opened
from layerscope._activations import Activations
from layerscope._box_plot import BoxPlot
from layerscope._errors import InputError, plural
from layerscope._feature_map_grid import FeatureMapGrid
from layerscope._features import Features
from layerscope._front_end import FrontEnd
from layerscope._kernel import cell_number
from layerscope._labels import encode_colors
from layerscope._layer_names import LayerName
from layerscope._left_out import SMALL
from layerscope._link import link
from layerscope._map_pictures import encode_map_pictures
from layerscope._marimo import in_marimo
from layerscope._model import Model
from layerscope._mosaic import Mosaic
from layerscope._option_checks import Numbers
from layerscope._saliency_overlay import SaliencyOverlay
from layerscope._theme import Theme, check_theme
from layerscope._umap_scatter import UmapScatter
from layerscope._widget import Widget

if TYPE_CHECKING:
    import numpy as np

_HEIGHT = Numbers(integer=True, least=160, most=2000, optional=True)
"""What a reader can drag a widget to as well."""

_FEWEST_ACROSS, _MOST_ACROSS = 4, 50
"""Cells across a mosaic."""


class Explore(FrontEnd):
    """Five linked widgets in one cell, as `explore` lays them out; each is one like any other.

    Attributes
    ----------
    model
        The `Model` that all are about.
    map
        A `UmapScatter` of what the layer answers.
    mosaic
        A `Mosaic` of the pictures on that map.
    units
        A `BoxPlot` of the layer's units.
    feature_maps
        A `FeatureMapGrid` of the picture that was clicked.
    saliency
        A `SaliencyOverlay` of the same picture.
    """

    # The page follows these references, in this order; widget_serialization makes saved notebooks keep the models.
    _members = traitlets.List(traitlets.Instance(Widget)).tag(sync=True, **ipywidgets.widget_serialization)
    _id = traitlets.Unicode().tag(sync=True)
    _heading = traitlets.Dict().tag(sync=True)

    def __init__(  # noqa: PLR0913 - five widgets
        self,
        model: Model,
        heading: dict[str, Any],
        *,
        map: UmapScatter,  # noqa: A002 - what it is
        mosaic: Mosaic,
        units: BoxPlot,
        feature_maps: FeatureMapGrid,
        saliency: SaliencyOverlay,
    ) -> None:
        self.model = model
        self.map = map
        self.mosaic = mosaic
        self.units = units
        self.feature_maps = feature_maps
        self.saliency = saliency
        self._shown_by_await: int | None = None
        super().__init__(
            _widget="explore",
            _members=[map, mosaic, units, feature_maps, saliency],
            _heading={name: part for name, part in heading.items() if part is not None},
        )
        self._id = self.model_id

    @property
    def selected(self) -> "np.ndarray[Any, Any]":
        """Numbers of the selected pictures, ascending, in all of them. Set it to rows or a boolean mask."""
        return self.map.selected

    @selected.setter
    def selected(self, selected: object) -> None:
        self.map.selected = selected

    def __await__(self) -> Generator[Any, None, Self]:
        """Show them unless they are on show, and wait until all are done.

        What keeps the saliency from being made, such as an operator that has no gradient, it says itself: that is
        raised where `saliency` is awaited.
        """
        return self._wait_until_done().__await__()

    async def _wait_until_done(self) -> Self:
        if not self.map._shown and not in_marimo():
            from IPython.display import display

            display(self)
            self._shown_by_await = cell_number()
        for widget in (self.map, self.mosaic, self.units, self.feature_maps):
            await widget
        await self.saliency._wait(self.saliency._is_settled, "await with explore in the next cell")
        return self

    def to_html(
        self, path: str | Path, *, points: bool | None = None, images: bool | None = None, title: str | None = None
    ) -> Path:
        """Write a page that opens from disk, with no kernel and no network, and still works: the model runs in it.

        Parameters
        ----------
        path
            Where to.
        points
            Whether the model goes along, with its engine (9 MB); without it the maps and the saliency stay as they are
            on show. Unless given: up to 64 MB.
        images
            Whether the pictures go along. Unless given: up to 64 MB.
        title
            Title of the page; that of the widgets unless given.
        """
        from layerscope._export import to_html

        heading = str(self._heading.get("title", "explore"))
        return to_html(path, self, points=points, images=images, title=title or heading)

    def _points_in_page(self, asked: bool | None) -> bool | None:  # noqa: FBT001 - None: by size
        """With the model the page has all that the widgets compute from: they need not have been on show."""
        if asked is not None:
            return asked
        grid = self.feature_maps
        held = sum(map(len, grid._held_blocks().values())) + sum(part.nbytes for part in grid._held_images().values())
        return True if held <= SMALL else None

    def __repr__(self) -> str:
        named = {"map": self.map, "mosaic": self.mosaic, "units": self.units}
        named |= {"feature maps": self.feature_maps, "saliency": self.saliency}
        told = "; ".join(f"{name} {widget._page.sentence}" for name, widget in named.items())
        size = plural(self.map._rows, "picture")
        return f"Explore({self.model.name or 'no model yet'}, {size}): {told}{self.map._selected_sentence}"

    # Display

    def _ipython_display_(self) -> None:
        from IPython.display import display

        # What `await` gives back is the value of a cell that ends with it: it is on show there already.
        if self._shown_by_await is not None and self._shown_by_await == cell_number():
            return
        for widget in self._members:
            widget._shown = True
        bundle = self._repr_mimebundle_()
        data, metadata = bundle if isinstance(bundle, tuple) else (bundle or {"text/plain": repr(self)}, {})
        display(data, metadata=metadata, raw=True)


def explore(  # noqa: PLR0913 - what people may give
    model: object,
    images: object,
    labels: object = None,
    *,
    names: object = None,
    slides: object = None,
    layer: LayerName = "postconv",
    height: int | None = None,
    theme: Theme = "auto",
    title: str | None = None,
) -> Explore:
    """Lay out five linked widgets about a model and pictures: map, mosaic, units, feature maps and saliency.

    Draw around points of the map: the mosaic fades all other pictures, and the units are ranked by what tells these
    from the rest. Click a picture: what the model's layers make of it is on show, and what its answer stands on. The
    page runs the model, and computes the layer's answers once for map, mosaic and units.

    Parameters
    ----------
    model
        A `Model`, or whatever that takes: a path, bytes, a ``torch.nn.Module``, a ``keras.Model``.
    images
        n pictures, as `Features` takes them: an array, or a list of arrays, PIL pictures, encoded bytes or paths.
    labels
        n classes, or n numbers, to colour by. Without classes the units tell what is selected from the rest.
    names
        n texts: what each picture is called; the names of their files unless given.
    slides
        The slide, or patient, that each picture comes from: the units are ranked by slides then.
    layer
        Whose answers are mapped: a name or a number. "postconv" is the layer after the last convolution. A layer that
        is a map counts with its mean, one number a channel.
    height
        Of every widget's picture in pixels, 160 to 2,000; None: each has its own.
    theme
        "auto" follows the notebook; "light" or "dark".
    title
        Stands over all; the model's name unless given.

    Returns
    -------
    Explore
        Its ``map``, ``mosaic``, ``units``, ``feature_maps`` and ``saliency`` are widgets like any other.

    Examples
    --------
    >>> ex = ls.explore("lab.h5", images, labels)
    >>> ex  # all five, in this cell
    >>> images[ex.selected]  # the pictures chosen with the lasso
    >>> ex.to_html("lab.html")

    Raises
    ------
    InputError
        When something passed can't be used; says what, where, and what to do. Whether there is such a layer, and
        whether the model can be differentiated, the page knows: the other widgets work without.
    """
    check_theme(theme)
    _HEIGHT.check("height", height)
    asked = opened(model)
    activations = Features(asked, layer, pooling="avg")(images)
    if not isinstance(activations, Activations):
        raise InputError("No layer is asked for.", 'Name one, such as "postconv".')
    rows = len(activations)
    listed = None if names is None else [str(name) for name in _listed(names)]
    # All of them call a picture the same.
    named = encode_map_pictures(images, listed).names or [f"picture {row + 1}" for row in range(rows)]
    scatter = UmapScatter(activations, labels=labels, images=images, names=named, theme=theme)
    mosaic = Mosaic(
        images, scatter, num_tiles_x=_columns(rows), labels=labels, names=named, theme=theme, class_names=False
    )
    units = BoxPlot(activations, _classes(labels, rows), slides, names=named, theme=theme)
    feature_maps = FeatureMapGrid(asked, images, names=named, theme=theme)
    saliency = SaliencyOverlay(asked, images, names=named, shown=0, theme=theme)
    link(scatter, mosaic, units, feature_maps, saliency)
    heading = {
        "title": title or asked.name,
        "subtitle": plural(rows, "picture"),
        "theme": theme,
        "height": None if height is None else int(height),
    }
    return Explore(
        asked, heading, map=scatter, mosaic=mosaic, units=units, feature_maps=feature_maps, saliency=saliency
    )


def _listed(names: Any) -> list[object]:  # noqa: ANN401 - a list, an array, a column
    if isinstance(names, str):
        raise InputError(f"names is {names!r}, which is not one text a picture.", "Pass a list, one a picture.")
    return list(names)


def _columns(rows: int) -> int:
    """Return cells across: some three pictures a cell, so that of 1,000 each is large enough to be known again."""
    return max(_FEWEST_ACROSS, min(_MOST_ACROSS, round(0.6 * math.sqrt(rows))))


def _classes(labels: object, rows: int) -> object:
    """Return what units are compared by: without classes all pictures are one, which a selection is told from."""
    if labels is not None:
        encoded = encode_colors(labels, "labels", rows)
        if encoded.kind == "categories" and encoded.names:
            return labels
    return ["all"] * rows
