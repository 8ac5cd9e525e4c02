"""What the methods of `SaliencyMap` take besides a picture."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, Literal, NamedTuple, TypedDict, get_args

from layerscope._arrays import EncodedArray, encode_numpy, numbers
from layerscope._blocks import Block
from layerscope._errors import InputError
from layerscope._layer_names import wire_layer
from layerscope._option_checks import Numbers, check_choice, wrong
from layerscope._unknown_argument import unknown_argument

Method = Literal[
    "vanilla",
    "integrated_gradients",
    "guided_integrated_gradients",
    "blur_integrated_gradients",
    "xrai",
    "xrai_fast",
    "gradcam",
    "gradcam_plus_plus",
    "layercam",
    "gradient_x_input",
    "occlusion",
]

METHODS: tuple[Method, ...] = get_args(Method)
"""The names on the wire; src/compute/saliency/saliency-method.ts has the same."""

_COUNT = Numbers(integer=True, least=1, most=10_000)
_SHARE = Numbers(least=0, most=1)
_PLACES = (2, 3)

_CHECKS: dict[str, Numbers] = {
    "x_steps": _COUNT,
    "steps": _COUNT,
    "nsamples": _COUNT,
    "size": _COUNT,
    "stride": _COUNT,
    "workers": Numbers(integer=True, least=1, most=64, optional=True),
    "stdev_spread": Numbers(least=0),
    "seed": Numbers(integer=True, least=0, most=2**32 - 1),
    "max_dist": _SHARE,
    "fraction": _SHARE,
    "max_sigma": Numbers(above=0),
    "grad_step": Numbers(above=0),
    "area_threshold": _SHARE,
    "min_pixel_diff": Numbers(integer=True, least=0),
    "value": Numbers(),
}
"""Which numbers are taken; the page knows the rest."""

_FLAGS = ("magnitude", "sqrt", "should_resize")

Baseline = Literal["zeros", "black", "white", "mean", "blur"]
_BASELINES = ("zeros", "black", "white", "mean", "blur")
_NOT_WIRED = ("raw", "smooth", "batch_size")
"""The first two go beside the options; the third is Slideflow's, and changes nothing."""

_RULES = ("riemann", "gausslegendre")

_EVERY = ("raw", "workers")
_SMOOTH = ("stdev_spread", "nsamples", "magnitude", "seed")
_XRAI = ("steps", "area_threshold", "min_pixel_diff", "segments")
_CAM = ("layer", "should_resize", "smooth", *_SMOOTH)

_KNOWN: dict[str, tuple[str, ...]] = {
    "vanilla": ("smooth", *_SMOOTH),
    "gradient_x_input": ("smooth", *_SMOOTH),
    "integrated_gradients": ("x_steps", "batch_size", "smooth", "x_baseline", "method", *_SMOOTH),
    "guided_integrated_gradients": ("x_steps", "max_dist", "fraction", "smooth", "x_baseline", *_SMOOTH),
    "blur_integrated_gradients": ("batch_size", "smooth", "max_sigma", "steps", "grad_step", "sqrt", *_SMOOTH),
    "xrai": ("batch_size", *_XRAI),
    "xrai_fast": ("batch_size", *_XRAI),
    "gradcam": _CAM,
    "gradcam_plus_plus": _CAM,
    "layercam": _CAM,
    "occlusion": ("size", "stride", "value"),
}
"""Arguments by method."""


class SaliencyOptions(TypedDict, total=False):
    """What may be passed by name; which of them a method takes, its documentation says."""

    raw: bool
    workers: int | None
    stdev_spread: float
    nsamples: int
    magnitude: bool
    seed: int
    x_baseline: Any
    max_sigma: float
    steps: int
    grad_step: float
    sqrt: bool
    area_threshold: float
    min_pixel_diff: int
    segments: Any
    should_resize: bool


class OverlayOptions(TypedDict, total=False):
    """What `SaliencyOverlay` may be passed by name besides; each method takes its own."""

    x_steps: int
    x_baseline: Any
    rule: Literal["riemann", "gausslegendre"]
    max_dist: float
    fraction: float
    max_sigma: float
    steps: int
    grad_step: float
    sqrt: bool
    area_threshold: float
    min_pixel_diff: int
    segments: Any
    layer: str | int | None
    should_resize: bool
    size: int
    stride: int
    value: float
    stdev_spread: float
    nsamples: int
    magnitude: bool
    seed: int


class WiredOptions(NamedTuple):
    """Options as the page knows them, and what it may ask for while it answers."""

    options: dict[str, Any]
    workers: int | None
    blocks: tuple[Block, ...]


def wire_options(method: str, given: Mapping[str, Any]) -> WiredOptions:
    """Check what was passed to a method.

    Raises
    ------
    ArgumentError
        On a name that the method takes no argument of.
    InputError
        On a value without meaning.
    """
    known = (*_KNOWN[method], *_EVERY)
    return _wired(given, known, f"{method} takes {', '.join(known)}.")


def wire_every_option(given: Mapping[str, Any]) -> WiredOptions:
    """Check what was passed for several methods, each of which takes its own: the rule of a path's sum is `rule` there.

    Raises
    ------
    ArgumentError
        On a name that no method takes an argument of.
    InputError
        On a value without meaning.
    """
    of_all = {name for names in _KNOWN.values() for name in names} - {*_NOT_WIRED, "method"}
    known = (*sorted(of_all), "rule")
    return _wired(given, known, f"SaliencyOverlay takes {', '.join(known)}.")


def takes_smooth(method: str) -> bool:
    """Say whether a method can be smoothed (SmoothGrad)."""
    return "smooth" in _KNOWN[method]


def _wired(given: Mapping[str, Any], known: Sequence[str], otherwise: str) -> WiredOptions:
    options: dict[str, Any] = {}
    blocks: list[Block] = []
    for name, value in given.items():
        if name not in known:
            raise unknown_argument(name, known, otherwise)
        wired = None if name in _NOT_WIRED else _wire(name, value)
        if isinstance(wired, EncodedArray):
            blocks.extend(wired.blocks)
            wired = wired.reference
        if wired is not None:
            options["method" if name == "rule" else _camel_case(name)] = wired
    workers = options.pop("workers", None)
    return WiredOptions(options, workers, tuple(blocks))


def _camel_case(name: str) -> str:
    """Return what the page calls an argument."""
    first, *others = name.split("_")
    return first + "".join(map(str.capitalize, others))


def _wire(name: str, value: Any) -> Any:  # noqa: ANN401 - numbers, names and arrays
    if value is None:
        return None
    if name in _FLAGS:
        if not isinstance(value, bool):
            raise wrong(name, "True or False", value)
        return value
    if name in _CHECKS:
        _CHECKS[name].check(name, value)
        return int(value) if float(value).is_integer() else float(value)
    return _WIRED[name](value)


def _baseline(value: Any) -> Any:  # noqa: ANN401 - a name, or whatever holds numbers
    if isinstance(value, str):
        check_choice("x_baseline", value, _BASELINES, " or a picture as the model takes it")
        return value
    return _places("x_baseline", value, "float32", "Pass one picture as the model takes it, or a name such as black.")


def _segments(value: Any) -> EncodedArray:  # noqa: ANN401 - whatever holds numbers
    return _places("segments", value, "int32", "Pass labels (height × width) or masks (n × height × width).")


def _places(name: str, value: Any, dtype: Literal["float32", "int32"], remedy: str) -> EncodedArray:  # noqa: ANN401 - whatever holds numbers
    """Encode numbers that lie on places of a picture."""
    array = numbers(value, name)
    if array.ndim not in _PLACES:
        raise InputError(f"{name} is of {' × '.join(map(str, array.shape)) or 'one number'}.", remedy)
    return encode_numpy(array, dtype, source=value)


def _rule(name: str, value: Any) -> Any:  # noqa: ANN401 - whatever was passed
    check_choice(name, value, _RULES)
    return value


_WIRED: dict[str, Callable[[Any], Any]] = {
    "layer": wire_layer,
    "method": partial(_rule, "method"),
    "rule": partial(_rule, "rule"),
    "x_baseline": _baseline,
    "segments": _segments,
}
"""What is neither a number nor a flag."""
