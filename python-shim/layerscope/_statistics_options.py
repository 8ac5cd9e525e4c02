"""How units are tested and drawn, checked as far as that needs no data."""

from typing import Any, Literal

from layerscope._option_checks import Numbers, check_choice
from layerscope._seed import seed_of

Level = Literal["tile", "slide"]
UnitTest = Literal["anova", "welch", "kruskal"]
SlideMethod = Literal["mean", "median", "threshold"]
BoxShape = Literal["box", "violin", "points"]
Axes = Literal["free", "shared"]
BoxesOf = Literal["tiles", "slides"]

MOST_PERMUTATIONS = 1_000_000
MOST_PANELS = 64

_LEVELS = ("tile", "slide")
_TESTS = ("anova", "welch", "kruskal")
_METHODS = ("mean", "median", "threshold")
_SHAPES = ("box", "violin", "points")
_AXES = ("free", "shared")
_BOXES_OF = ("tiles", "slides")


def wire_method(method: object, threshold: object) -> dict[str, Any]:
    """Return how the tiles of a slide become one number, under the page's names.

    Raises
    ------
    InputError
        On an unknown way, and on a threshold that is no finite number.
    """
    check_choice("method", method, _METHODS)
    Numbers().check("threshold", threshold)
    return {"method": method, "threshold": float(threshold)}  # type: ignore[arg-type]


def wire_statistics(  # noqa: PLR0913 - each is one of them
    *,
    level: object,
    test: object,
    method: object,
    threshold: object,
    permutations: object,
    random_state: object,
) -> dict[str, Any]:
    """Return how units are tested, under the page's names; no level: left to the page.

    Raises
    ------
    InputError
        On a value without meaning.
    """
    if level is not None:
        check_choice("level", level, _LEVELS)
    check_choice("test", test, _TESTS)
    Numbers(integer=True, least=0, most=MOST_PERMUTATIONS).check("permutations", permutations)
    return {
        "level": level,
        "test": test,
        **wire_method(method, threshold),
        "permutations": int(permutations),  # type: ignore[call-overload]
        "seed": seed_of(random_state),
    }


def wire_boxes(*, panels: object, shape: object, axes: object, boxes_of: object) -> dict[str, Any]:
    """Return how units are drawn, under the page's names.

    Raises
    ------
    InputError
        On a value without meaning.
    """
    Numbers(integer=True, least=1, most=MOST_PANELS).check("panels", panels)
    check_choice("shape", shape, _SHAPES)
    check_choice("axes", axes, _AXES)
    check_choice("boxes_of", boxes_of, _BOXES_OF)
    return {"panels": int(panels), "shape": shape, "axes": axes, "boxesOf": boxes_of}  # type: ignore[call-overload]
