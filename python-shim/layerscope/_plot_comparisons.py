"""Slideflow's plots of pictures beside their maps, as widgets."""

from collections.abc import Callable, Coroutine, Mapping, Sequence
from inspect import isawaitable
from typing import Any, cast

from layerscope._arrays import numbers
from layerscope._errors import InputError, plural
from layerscope._overlay_options import SaliencyColormap
from layerscope._saliency_overlay import SaliencyOverlay

Shown = SaliencyOverlay | Coroutine[Any, Any, SaliencyOverlay]
"""The widget; where maps have to be awaited, what gives it when it is awaited."""

_COLORMAPS: Mapping[str, SaliencyColormap] = {
    "inferno": "inferno",
    "oranges": "oranges",
    "viridis": "viridis",
    "gray": "grey",
    "grey": "grey",
    "puor_r": "signed",
    "signed": "signed",
}
"""Ours by matplotlib's names, in small letters."""

_PLACES = 2
_YLABELS = 3


def comparison_plot(
    original: object,
    maps: Mapping[str, object],
    cmap: object = "gray",
    n_rows: int = 3,  # noqa: ARG001 - Slideflow's
    n_cols: int = 3,  # noqa: ARG001 - Slideflow's
) -> Shown:
    """Show a picture beside its maps: Slideflow's ``comparison_plot``.

    Parameters
    ----------
    original
        The picture, as it was before it was prepared.
    maps
        Maps by their names, height × width from 0 to 1 each, or what gives one when it is awaited.
    cmap
        "gray", "inferno", "oranges", "viridis" or "PuOr_r", or one of these as matplotlib has it. Slideflow's own
        default names none, and fails.
    n_rows, n_cols
        Slideflow's, and change nothing: maps stand as the width has it, however many there are.

    Returns
    -------
    SaliencyOverlay
        Or a coroutine that gives one, where a map has to be awaited.

    Raises
    ------
    InputError
        Where there is no map, one has another size than the first, or there is no such `cmap`.
    """
    colors = _colormap(cmap)
    if not maps:
        raise InputError("There are no maps.", "Pass them by their names: {name: map}.")
    names = [str(name) for name in maps]
    return _when_there(
        [[*maps.values()]],
        lambda found: SaliencyOverlay(
            None, [original], maps=_stacked(found), map_names=names, colormap=colors, under="nothing"
        ),
    )


def multi_plot(  # noqa: PLR0913, PLR0917 - as Slideflow has it
    raw_imgs: Sequence[object],
    processed_imgs: Sequence[object],
    method: Callable[..., object],
    cmap: object = "inferno",
    xlabels: Sequence[str] | None = None,
    ylabels: Sequence[str] | None = None,
    **kwargs: object,
) -> Shown:
    """Show pictures beside their maps, laid over them as Slideflow does: its ``multi_plot``.

    Slideflow's third row, the maps alone, is one setting away: nothing under the map, which then has the colours of
    `cmap`. Pictures stand below each other, not beside; one alone will do, with which Slideflow fails.

    Parameters
    ----------
    raw_imgs
        The pictures as they were before they were prepared.
    processed_imgs
        The same as the model takes them.
    method
        Called with each of the latter; gives its map, or what gives it when it is awaited, as the methods of a
        `SaliencyMap` do.
    cmap
        As in `comparison_plot`, of the maps alone.
    xlabels
        What the pictures are called.
    ylabels
        What Slideflow's three rows are called; the second is the overlays' name here.
    **kwargs
        Passed to `method`.

    Returns
    -------
    SaliencyOverlay
        Or a coroutine that gives one, where maps have to be awaited.

    Raises
    ------
    InputError
        Where lists differ in length, or maps in size.
    """
    colors = _colormap(cmap)
    _check_count("processed_imgs", processed_imgs, len(raw_imgs), "picture")
    if xlabels is not None:
        _check_count("xlabels", xlabels, len(raw_imgs), "picture")
    if ylabels is not None:
        _check_count("ylabels", ylabels, _YLABELS, "row")
    name = str(getattr(method, "__name__", "map")).replace("_", " ") if ylabels is None else str(ylabels[1])
    return _when_there(
        [[method(each, **kwargs)] for each in processed_imgs],
        lambda found: SaliencyOverlay(
            None,
            list(raw_imgs),
            shown=range(len(raw_imgs)),
            maps=_stacked(found),
            map_names=[name],
            names=xlabels,
            colormap=colors,
            blend="slideflow",
        ),
    )


def saliency_map_comparison(
    orig_imgs: Sequence[object],
    saliency_fn: Callable[..., object] | Sequence[Callable[..., object]],
    process_fn: Callable[[Any], object],
    saliency_labels: Sequence[str] | None = None,
    cmap: object = "inferno",
    **kwargs: object,
) -> Shown:
    """Show pictures, each beside its maps by several methods: Slideflow's ``saliency_map_comparison``.

    One picture alone will do, with which Slideflow fails.

    Parameters
    ----------
    orig_imgs
        The pictures as they were before they were prepared.
    saliency_fn
        The methods, or one; each is called with a prepared picture and gives its map, or what gives it when it is
        awaited, as the methods of a `SaliencyMap` do.
    process_fn
        Prepares a picture for them.
    saliency_labels
        What they are called; ``Saliency0``, ``Saliency1`` and so on unless given.
    cmap
        As in `comparison_plot`.
    **kwargs
        Passed to each method.

    Returns
    -------
    SaliencyOverlay
        Or a coroutine that gives one, where maps have to be awaited.

    Raises
    ------
    InputError
        Where there are not as many labels as methods, or maps differ in size.

    Examples
    --------
    >>> smap = ls.SaliencyMap("lab.h5", class_idx=0)
    >>> methods = [smap.vanilla, smap.integrated_gradients]
    >>> await ls.plot_utils.saliency_map_comparison(images, methods, lambda image: image)
    """
    colors = _colormap(cmap)
    methods = [saliency_fn] if callable(saliency_fn) else list(saliency_fn)
    if saliency_labels is not None:
        _check_count("saliency_labels", saliency_labels, len(methods), "method")
    labels = (
        [f"Saliency{at}" for at in range(len(methods))] if saliency_labels is None else [*map(str, saliency_labels)]
    )
    prepared = [process_fn(each) for each in orig_imgs]
    return _when_there(
        [[method(each, **kwargs) for method in methods] for each in prepared],
        lambda found: SaliencyOverlay(
            None,
            list(orig_imgs),
            shown=range(len(orig_imgs)),
            maps=_stacked(found),
            map_names=labels,
            colormap=colors,
            under="nothing",
        ),
    )


def _when_there(
    maps: Sequence[Sequence[object]], show: Callable[[Sequence[Sequence[object]]], SaliencyOverlay]
) -> Shown:
    """Show maps, once those that have to be awaited are there."""
    if not any(isawaitable(each) for row in maps for each in row):
        return show(maps)

    async def awaited() -> SaliencyOverlay:
        return show([[await each if isawaitable(each) else each for each in row] for row in maps])

    return awaited()


def _stacked(maps: Sequence[Sequence[object]]) -> object:
    """Return maps as pictures × columns × height × width."""
    import numpy as np

    arrays = [[numbers(each, "map") for each in row] for row in maps]
    shapes = [array.shape for row in arrays for array in row]
    if not shapes:
        raise InputError("There are no maps.", "Pass a picture and a method at least.")
    for shape in shapes:
        if len(shape) != _PLACES:
            raise InputError(f"A map is of {_told(shape)}.", "Pass maps of height × width.")
        if shape != shapes[0]:
            raise InputError(f"A map is of {_told(shape)}, the first of {_told(shapes[0])}.", "Pass maps of one size.")
    return np.array(arrays, np.float32)


def _told(shape: tuple[int, ...]) -> str:
    return " × ".join(map(str, shape)) or "one number"


def _check_count(name: str, values: Sequence[object], count: int, unit: str) -> None:
    if isinstance(values, str) or len(values) != count:
        given = 1 if isinstance(values, str) else len(values)
        raise InputError(f"{name} are {given} for {plural(count, unit)}.", f"Pass a list, one a {unit}.")


def _colormap(cmap: object) -> SaliencyColormap:
    """Return our colours by matplotlib's name, or by its own object."""
    name = cast("str", getattr(cmap, "name", cmap))
    found = _COLORMAPS.get(str(name).removeprefix("plt.cm.").removeprefix("cm.").lower())
    if found is None:
        raise InputError(f'Unknown cmap: "{name}".', "Pass gray, inferno, oranges, viridis or PuOr_r.")
    return found
