"""What is done to pictures before a network sees them, as far as a caller declares it.

Names and checks are those of src/compute/features/preprocess/preprocessing.ts. What is not declared, the page proposes
from the file.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Literal

from layerscope._errors import InputError
from layerscope._option_checks import Numbers, check_choice, wrong

Resize = Literal["nearest", "bilinear", "bicubic", "lanczos"]
BatchLayout = Literal["NHWC", "NCHW"]
Channels = Literal["RGB", "BGR", "grey"]
Standardization = Literal["tensorflow", "torch"]
StainMethod = Literal["reinhard", "reinhard_fast", "reinhard_mask", "reinhard_fast_mask", "macenko", "macenko_fast"]

_STAINS = ("reinhard", "reinhard_fast", "reinhard_mask", "reinhard_fast_mask", "macenko", "macenko_fast")
_CHOICES = {
    "resize": ("nearest", "bilinear", "bicubic", "lanczos"),
    "layout": ("NHWC", "NCHW"),
    "channels": ("RGB", "BGR", "grey"),
    "standardize": ("tensorflow", "torch"),
}
_PIXELS = Numbers(integer=True, least=1, most=65535)
_COLORS = 3


def wire_preprocessing(declared: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is declared under the page's names; what is None is left to the page.

    Parameters
    ----------
    declared
        ``size``, ``resize``, ``layout``, ``channels``, ``scale``, ``mean``, ``std``, ``standardize``, ``normalizer``.

    Raises
    ------
    InputError
        On a value without meaning, by its name.
    """
    given = {name: value for name, value in declared.items() if value is not None}
    told: dict[str, Any] = {}
    for name, value in given.items():
        if name == "size":
            told[name] = _wire_size(value)
        elif name == "scale":
            told[name] = _wire_scale(value)
        elif name == "normalizer":
            check_choice(name, value, _STAINS)
            told[name] = value
        elif name in _CHOICES:
            check_choice(name, value, _CHOICES[name])
            told[name] = value
    for name, page_name in (("mean", "mean"), ("std", "deviation")):
        if name in given:
            told[page_name] = _wire_figures(name, given[name], given.get("channels"))
    if told.get("channels") == "grey" and "normalizer" in told:
        raise InputError("A stain has no colour in grey.", "Leave out normalizer, or choose RGB.")
    return told


def _wire_size(size: Any) -> dict[str, int]:  # noqa: ANN401 - a number or two
    sides = list(size) if isinstance(size, Iterable) and not isinstance(size, str) else [size, size]
    if len(sides) != 2:  # noqa: PLR2004 - height and width
        raise wrong("size", "pixels a side, or (height, width)", size)
    for name, side in zip(("height", "width"), sides, strict=True):
        _PIXELS.check(f"size ({name})", side)
    return {"height": int(sides[0]), "width": int(sides[1])}


def _wire_scale(scale: Any) -> float:  # noqa: ANN401 - any number
    Numbers().check("scale", scale)
    if float(scale) == 0:
        raise wrong("scale", "a number other than 0", scale)
    return float(scale)


def _wire_figures(name: str, figures: Any, channels: object) -> list[float]:  # noqa: ANN401 - a number or several
    several = list(figures) if isinstance(figures, Iterable) and getattr(figures, "ndim", 1) > 0 else [figures]
    rule = Numbers() if name == "mean" else Numbers(above=0)
    for figure in several:
        rule.check(name, figure)
    expected = {1} if channels == "grey" else {1, _COLORS}
    if len(several) not in expected:
        network = "1 channel" if channels == "grey" else f"{_COLORS} channels"
        raise InputError(
            f"{name} has {len(several)} figures; the network sees {network}.",
            "Give one for all or one a channel.",
        )
    return [float(figure) for figure in several]
