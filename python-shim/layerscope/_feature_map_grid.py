"""What every channel of a model's layers answers to a picture."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, Unpack

from layerscope._about_pictures import AboutPictures, opened
from layerscope._errors import plural
from layerscope._frame_of_columns import frame_of_columns
from layerscope._layer_names import wire_layer
from layerscope._map_options import (
    ChannelOrder,
    Colormap,
    Layers,
    Normalize,
    wire_drawing,
    wire_picture,
    wire_shown_layers,
)
from layerscope._map_pictures import encode_map_pictures
from layerscope._question import Question
from layerscope._theme import Theme, check_theme
from layerscope._visualization_options import VisualizationOptions, wire_part, wire_visualization

if TYPE_CHECKING:
    import numpy as np

_NAMED = 3
"""Layers that `repr` names."""


class Channel(NamedTuple):
    """One channel of one layer; as `channel` of a `FeatureMapGrid` the one that is open."""

    layer: str
    channel: int


class FeatureMapGrid(AboutPictures):
    """What every channel of a model's layers answers to a picture, each as a small picture of its own.

    The page runs the model. Point at any pixel and the patch that it saw is drawn on the picture; open a channel, and
    the widget shows how one pixel came about: values, weights, products, bias, sum, activation.

    Parameters
    ----------
    model
        A `Model`, or whatever that takes: a path, bytes, a ``torch.nn.Module``, a ``keras.Model``.
    image
        A path, encoded bytes, a PIL picture or an array; or several of them, of which one is on show. 8-bit pictures
        get the model's preprocessing, floats are taken as prepared. Three dimensions of which the first or the last
        counts 1, 3 or 4 are one picture.
    layers
        So many of the first layers that answer; or the names or numbers of some (-1 is the last); None: all.
    columns
        How many channels stand in a row; None: 16 from 600 px on, 8 below.
    normalize
        How a channel's values become a picture: "zscore", ``(x - mean) / std * 64 + 128`` clipped to a byte; "minmax"
        between its own smallest and largest; "layer" between the layer's; "signed", zero in the middle.
    colormap
        "viridis", "inferno", "cividis" or "grey"; "signed" has colours of its own.
    sort
        The order of a layer's channels: by "index", "mean", "max", share of "zeros", or the "difference" between the
        two pictures that are compared. All but "index" begin with the largest.
    compare
        The number of a second picture, which stands beside the first.
    names
        What the pictures are called; the names of their files unless given.
    title
        Stands over the grid.
    theme
        "auto" follows the notebook; "light" or "dark".

    Examples
    --------
    >>> grid = ls.FeatureMapGrid("lab.h5", "dog.1100.jpg")
    >>> await grid.save("activations.pdf")  # as many pages as it takes
    >>> table = await grid.statistics()
    >>> table[table.dead]
    >>> maps = await grid.maps("conv2d")  # channels × height × width

    Raises
    ------
    InputError
        When something passed can't be used; says what, where, and what to do. Whether there is such a layer, the page
        knows.
    """

    _called = "grid"

    def __init__(  # noqa: PLR0913, PLR0917 - what people may give
        self,
        model: object,
        image: object,
        layers: Layers = 8,
        columns: int | None = None,
        normalize: Normalize = "zscore",
        colormap: Colormap = "viridis",
        *,
        sort: ChannelOrder = "index",
        compare: int | None = None,
        names: Sequence[str] | None = None,
        title: str | None = None,
        theme: Theme = "auto",
    ) -> None:
        check_theme(theme)
        wanted = wire_shown_layers(layers)
        drawn = wire_drawing(columns=columns, normalize=normalize, colormap=colormap, sort=sort)
        self.model = opened(model)
        given = encode_map_pictures(image, names)
        compared = wire_picture("compare", compare, given.pictures.rows)
        told = {**drawn, "compare": compared, "title": title, "theme": theme}
        super().__init__("feature-map-grid", self.model, given, told, layers=wanted)

    @property
    def channel(self) -> Channel | None:
        """The channel that a reader has open; None: none is."""
        layer, channel = self._told.get("layer"), self._told.get("channel")
        return None if layer is None or channel is None else Channel(str(layer), int(channel))

    def statistics(self) -> Question[Any]:
        """Tell of every channel on show what its values are like.

        Returns
        -------
        Question
            `await` it for a pandas frame, a line a channel in the layers' order: ``layer``, ``type``, ``channel``,
            ``height``, ``width``, ``minimum``, ``maximum``, ``mean``, ``std``, ``zeros`` (the share of them),
            ``strength`` (0 to 1 within its layer), ``dead`` (it has one value everywhere). Without pandas a polars
            frame, without either a dictionary of columns.
        """
        return self._ask("statistics", {}, _read_statistics, "statistics()")

    def maps(self, layer: str | int) -> "Question[np.ndarray[Any, Any]]":
        """Return what a layer on show answers, as numbers.

        Parameters
        ----------
        layer
            Its name, or its place among those on show; -1 is the last.

        Returns
        -------
        Question
            `await` it for channels × height × width, single precision, channels first whatever the model's layout.

        Raises
        ------
        InputError
            On what names no layer; when awaited, where it is not on show.
        """
        return self._ask("maps", {"layer": wire_layer(layer)}, _read_maps, f"maps({layer!r})")

    def visualize(  # noqa: PLR0913 - what people may give
        self,
        layer: str | int | None,
        channel: int,
        *,
        row: int | None = None,
        column: int | None = None,
        steps: int = 128,
        seed: int = 0,
        **options: Unpack[VisualizationOptions],
    ) -> "Question[np.ndarray[Any, Any]]":
        """Draw the picture that excites a channel most.

        It is found by gradient ascent from noise around grey (Erhan et al. 2009; Simonyan et al. 2013), kept smooth by
        random shifts (Mordvintsev et al. 2015), a light blur (Yosinski et al. 2015) and total variation (Mahendran and
        Vedaldi 2015). The same seed gives the same picture.

        Parameters
        ----------
        layer
            Any layer's name, or the place of one among those on show, -1 the last; None: `channel` is a class, excited
            by its logit.
        channel
            Its number; the mean over all of its places is made as large as it can be.
        row, column
            One place of the channel instead.
        steps
            How often the gradient is followed.
        seed
            Of the noise and the shifts.
        **options
            ``step_size`` (0.03) along a gradient of root mean square 1, black being 0 and white 1; ``jitter`` in pixels
            (a sixteenth of the picture's shorter side); ``blur_sigma`` (1) in pixels, ``blur_every`` (4) steps, 0:
            never; ``tv_weight`` (0.2) of total variation, ``l2_weight`` (0) of squared distance from grey.

        Returns
        -------
        Question
            `await` it for height × width × 3, uint8: red, green, blue.

        Raises
        ------
        InputError
            On what can't be used; when awaited, where there is no such layer or channel, where the model can't be
            differentiated, and where nothing excites it.

        Examples
        --------
        >>> picture = await grid.visualize(*grid.channel)  # of the channel that is open
        >>> PIL.Image.fromarray(picture).save("conv2d-7.png")
        """
        target = wire_part(layer, channel, row, column)
        wired = wire_visualization({"steps": steps, "seed": seed, **options})
        call = f"visualize({layer!r}, {channel})"
        return self._ask("visualize", {"target": target, **wired}, _read_picture, call)

    def __repr__(self) -> str:
        layers = _layer_words(self._props["layers"])
        return f"FeatureMapGrid({self._picture_words}, {self._model_words}, {layers}): {self._page.sentence}"

    # What the base asks for

    def _first_shown(self) -> int:
        return int(self._props.get("image", 0))

    def _showing(self, number: int) -> Mapping[str, Any]:
        return {"image": number}


def _read_statistics(header: Mapping[str, Any], _: bytes) -> Any:  # noqa: ANN401 - of whichever package is there
    return frame_of_columns({str(name): list(values) for name, values in header["columns"].items()}, {})


def _read_maps(header: Mapping[str, Any], content: bytes) -> "np.ndarray[Any, Any]":
    import numpy as np

    return np.frombuffer(content, "<f4").reshape(tuple(header["shape"]))


def _read_picture(header: Mapping[str, Any], content: bytes) -> "np.ndarray[Any, Any]":
    import numpy as np

    return np.frombuffer(content, np.uint8).reshape(tuple(header["shape"]))


def _layer_words(layers: int | list[str | int] | None) -> str:
    if layers is None:
        return "all layers"
    if isinstance(layers, int):
        return plural(layers, "layer")
    return plural(len(layers), "layer") if len(layers) > _NAMED else ", ".join(map(str, layers))
