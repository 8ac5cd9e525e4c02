"""How a mosaic is cut into cells and drawn, checked as far as that needs no map."""

import re
from typing import Any, Final, Literal

from layerscope._errors import InputError
from layerscope._option_checks import Numbers, check_choice

TileSelect = Literal["first", "nearest", "centroid", "random"]
Normalizer = Literal["reinhard", "macenko"]
ClassMarks = Literal["auto", "frame", "tint", "none"]

MOST_COLUMNS = 1000
SLIDEFLOWS_GREY = "#dfdfdf"

_SELECTS = ("first", "nearest", "centroid", "random")
_NORMALIZERS = ("reinhard", "macenko")
_CLASS_MARKS = ("auto", "frame", "tint", "none")
_COLOR = re.compile(
    r"#([0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})|[a-z]+|(rgb|hsl|hwb|lab|lch|oklab|oklch)a?\([^()]*\)", re.IGNORECASE
)


class Unchanged:
    """Stands for an argument that was not given, where None says something."""

    def __repr__(self) -> str:
        return "unchanged"


UNCHANGED: Final = Unchanged()


def wire_grid(
    num_tiles_x: object = UNCHANGED,
    tile_select: object = UNCHANGED,
    max_dist: object = UNCHANGED,
    expanded: object = UNCHANGED,
) -> dict[str, Any]:
    """Return what is given of the grid's options under the page's names.

    Raises
    ------
    InputError
        On a value without meaning.
    """
    told: dict[str, Any] = {}
    if num_tiles_x is not UNCHANGED:
        Numbers(integer=True, least=1, most=MOST_COLUMNS).check("num_tiles_x", num_tiles_x)
        told["numTilesX"] = int(num_tiles_x)  # type: ignore[call-overload]
    if tile_select is not UNCHANGED:
        check_choice("tile_select", tile_select, _SELECTS)
        told["tileSelect"] = tile_select
    if max_dist is not UNCHANGED:
        Numbers(above=0, optional=True).check("max_dist", max_dist)
        told["maxDist"] = None if max_dist is None else float(max_dist)  # type: ignore[arg-type]
    if expanded is not UNCHANGED:
        told["expanded"] = bool(expanded)
    return told


def wire_background(background: object) -> str | None:
    """Return the colour behind the tiles; None: the page's.

    Raises
    ------
    InputError
        On what is no colour of CSS.
    """
    if background is None:
        return None
    if isinstance(background, str):
        if background == "slideflow":
            return SLIDEFLOWS_GREY
        if _COLOR.fullmatch(background.strip()):
            return background.strip()
    raise InputError(f"background is {background!r}, which is no colour.", 'Write "#dfdfdf", "black" or "slideflow".')


def check_drawing(normalizer: object, class_marks: object) -> None:
    """Raise an `InputError` unless there are such; no normalizer is one."""
    if normalizer is not None:
        check_choice("normalizer", normalizer, _NORMALIZERS)
    check_choice("class_marks", class_marks, _CLASS_MARKS)
