"""What a `SaliencyOverlay` is asked, and how it is drawn; checked as far as that needs no model."""

from collections.abc import Sequence
from typing import Any, Literal

from layerscope._arrays import EncodedArray, encode_numpy, numbers
from layerscope._errors import InputError, plural
from layerscope._map_options import wire_picture
from layerscope._option_checks import Numbers, check_choice, wrong
from layerscope._saliency_options import METHODS, Method, takes_smooth

Arrangement = Literal["side", "overlay", "edge"]
SaliencyColormap = Literal["inferno", "oranges", "viridis", "signed", "grey"]
Underlay = Literal["picture", "nothing"]
Blend = Literal["layerscope", "slideflow"]
ClassIdx = int | str | Sequence[int | str] | None
Methods = Method | Sequence[Method]

_ARRANGEMENTS = ("side", "overlay", "edge")
_COLORMAPS = ("inferno", "oranges", "viridis", "signed", "grey")
_UNDERLAYS = ("picture", "nothing")
_BLENDS = ("layerscope", "slideflow")
_COLUMNS, _PICTURES = 3, 4
"""Dimensions of the maps of one picture, and of those of several."""


def wire_methods(method: Any, smooth: Any) -> list[dict[str, Any]]:  # noqa: ANN401 - one or several, in any list
    """Return the columns that are asked for.

    Parameters
    ----------
    method
        A method, or several.
    smooth
        Whether they are smoothed, those that can be; or a list that says so of each.

    Raises
    ------
    InputError
        On a method that there is none of, and where one is to be smoothed that can't be.
    """
    asked = [method] if isinstance(method, str) else list(method)
    if not asked:
        raise InputError("There is no method.", f"Pass {', '.join(METHODS)}, or several.")
    for each in asked:
        check_choice("method", each, METHODS)
    if isinstance(smooth, bool):
        flags = [smooth and takes_smooth(each) for each in asked]
        if smooth and not any(flags):
            raise InputError(f"{asked[0]} is not smoothed.", "Leave smooth out.")
    else:
        flags = _flags(smooth, asked)
    return [{"method": each, "smooth": flag} for each, flag in zip(asked, flags, strict=True)]


def _flags(smooth: Any, asked: list[str]) -> list[bool]:  # noqa: ANN401 - whatever was passed
    flags: list[Any] = list(smooth) if isinstance(smooth, (list, tuple)) else [None]
    if len(flags) != len(asked) or not all(isinstance(flag, bool) for flag in flags):
        raise wrong("smooth", "True, False, or one of these for each method", smooth)
    for each, flag in zip(asked, flags, strict=True):
        if flag and not takes_smooth(each):
            raise InputError(f"{each} is not smoothed.", "Pass False in its place.")
    return flags


def wire_class_idx(class_idx: Any) -> list[int | str] | None:  # noqa: ANN401 - NumPy's numbers as well
    """Return the classes that maps are about, by their numbers or names; None: each picture's likeliest.

    Raises
    ------
    InputError
        On what is neither.
    """
    if class_idx is None:
        return None
    given = class_idx.tolist() if hasattr(class_idx, "tolist") else class_idx
    several = list(given) if isinstance(given, (list, tuple)) else [given]
    if not several:
        raise wrong("class_idx", "classes by their numbers or names, or None", class_idx)
    return [_class_of(each) for each in several]


def _class_of(given: Any) -> int | str:  # noqa: ANN401 - NumPy's numbers as well
    if isinstance(given, str):
        return given
    if isinstance(given, bool) or not hasattr(given, "__index__") or given < 0:
        raise wrong("class_idx", "classes by their numbers or names, or None", given)
    return int(given.__index__())


def wire_shown(shown: Any, pictures: int) -> list[int] | None:  # noqa: ANN401 - NumPy's numbers as well
    """Return the numbers of the pictures on show; None: all of up to four, else the first.

    Raises
    ------
    InputError
        Where there is no such picture.
    """
    if shown is None:
        return None
    given = shown.tolist() if hasattr(shown, "tolist") else shown
    several = list(given) if isinstance(given, (list, tuple, range)) else [given]
    found = [number for each in several if (number := wire_picture("shown", each, pictures)) is not None]
    if not found or len(found) < len(several):
        raise wrong("shown", "numbers of pictures, or None", shown)
    return found


def wire_look(  # noqa: PLR0913 - one a setting
    *,
    arrangement: object,
    colormap: object,
    under: object,
    blend: object,
    opacity: object,
    percentile: object,
    contours: object,
    top: object,
) -> dict[str, Any]:
    """Return how maps are drawn, under the page's names.

    Raises
    ------
    InputError
        On a value without meaning.
    """
    check_choice("arrangement", arrangement, _ARRANGEMENTS)
    check_choice("colormap", colormap, _COLORMAPS)
    check_choice("under", under, _UNDERLAYS)
    check_choice("blend", blend, _BLENDS)
    Numbers(least=0, most=1).check("opacity", opacity)
    Numbers(least=1, most=100).check("percentile", percentile)
    Numbers(least=0, most=100, optional=True).check("top", top)
    if not isinstance(contours, bool):
        raise wrong("contours", "True or False", contours)
    return {
        "arrangement": arrangement,
        "colormap": colormap,
        "under": under,
        "blend": blend,
        "opacity": float(opacity),  # type: ignore[arg-type]
        "percentile": float(percentile),  # type: ignore[arg-type]
        "contours": contours,
        "top": None if top is None else float(top),  # type: ignore[arg-type]
    }


def encode_maps(maps: object, pictures: int) -> EncodedArray | None:
    """Encode maps that were made elsewhere as pictures × columns × height × width.

    Parameters
    ----------
    maps
        Height × width of one picture; a map a picture, or of one picture several; or all four dimensions.
    pictures
        How many there are.

    Raises
    ------
    InputError
        On another shape.
    """
    if maps is None:
        return None
    array = numbers(maps, "maps")
    shape = " × ".join(map(str, array.shape))
    if array.ndim < _PICTURES and array.ndim > 1:
        of_one = array if array.ndim == _COLUMNS else array[None]
        array = of_one[None] if pictures == 1 else of_one[:, None]
    if array.ndim != _PICTURES or array.shape[0] != pictures or 0 in array.shape:
        raise InputError(
            f"maps are of {shape or 'one number'} for {plural(pictures, 'picture')}.",
            "Pass height × width for one picture, or pictures × columns × height × width.",
        )
    return encode_numpy(array, "float32", source=maps)
