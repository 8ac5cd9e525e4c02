"""UMAP's parameters, under umap-learn's names, checked as far as that needs no data."""

import difflib
import math
import secrets
from collections.abc import Mapping
from typing import Any

from layerscope._arrays import EncodedArray, encode, encode_numpy, numbers
from layerscope._errors import InputError, count

_NAMES = {
    "n_neighbors": "nNeighbors",
    "n_components": "nComponents",
    "metric": "metric",
    "min_dist": "minDist",
    "spread": "spread",
    "n_epochs": "nEpochs",
    "learning_rate": "learningRate",
    "init": "init",
    "local_connectivity": "localConnectivity",
    "set_op_mix_ratio": "setOpMixRatio",
    "repulsion_strength": "repulsionStrength",
    "negative_sample_rate": "negativeSampleRate",
    "random_state": "seed",
    "engine": "engine",
}

_CHOICES = {
    "metric": ("euclidean", "cosine", "correlation", "manhattan"),
    "init": ("pca", "spectral", "random"),
    "engine": ("layerscope", "umap-js"),
}

_DEFAULTS: dict[str, Any] = {"n_neighbors": 15, "min_dist": 0.1, "n_components": 2, "random_state": 42}

_OTHERS = ("points", "coords", "labels", "images", "names", "values", "color", "title", "theme", "precomputed_knn")


def with_defaults(parameters: Mapping[str, Any]) -> dict[str, Any]:
    """Check names and kinds of UMAP's parameters and fill in those that are shown.

    Raises
    ------
    TypeError
        On a name that is not known, with the nearest one that is.
    InputError
        On a value that can't be.
    """
    for name in parameters:
        if name not in _NAMES:
            near = difflib.get_close_matches(name, [*_NAMES, *_OTHERS], n=1)
            advice = f"Did you mean {near[0]}?" if near else f"UMAP's parameters are {', '.join(_NAMES)}."
            raise TypeError(f"unknown argument: {name}. {advice}")
    options = {**_DEFAULTS, **parameters}
    if options["random_state"] is None:
        options["random_state"] = secrets.randbelow(2**31)
    for name, value in options.items():
        _check(name, value)
    return options


def _check(name: str, value: object) -> None:
    choices = _CHOICES.get(name)
    if choices:
        if isinstance(value, str) and value not in choices:
            expected = f"{', '.join(choices[:-1])} or {choices[-1]}"
            raise InputError(f'unknown {name}: "{value}" (expected {expected})')
        if not isinstance(value, str) and name != "init":
            raise InputError(f"{name} is {value!r}, expected a name.")
        return
    if name == "n_epochs" and value is None:
        return
    number = _as_number(value)
    if number is None or not math.isfinite(number):
        raise InputError(f"{name} is {value!r}, expected a number.")
    if name == "n_components" and number not in (2, 3):
        raise InputError(f"n_components is {value}, expected 2 or 3.")


def _as_number(value: Any) -> float | None:  # noqa: ANN401 - NumPy's numbers as well
    if isinstance(value, (str, bytes, bool)):
        return None
    try:
        return float(value)
    except (TypeError, ValueError):
        return None


def encode_init(init: object, rows: int) -> EncodedArray | None:
    """Encode a layout to begin with; None when it is one of the named ones."""
    if isinstance(init, str):
        return None
    encoded = encode(init, "init", dimensions=2)
    if encoded.shape[0] != rows:
        raise InputError(f"init has {count(encoded.shape[0])} rows, points has {count(rows)}.", "Give one row a point.")
    return encoded


def encode_knn(knn: object, rows: int) -> tuple[EncodedArray, EncodedArray]:
    """Encode neighbours that are known already: indices and distances, nearest first.

    umap-learn's arrays begin with the row itself; that column is left out, because the page counts it in by itself.

    Raises
    ------
    InputError
        When they are not two arrays of rows × k.
    """
    if not isinstance(knn, (tuple, list)) or len(knn) not in (2, 3):
        raise InputError("precomputed_knn is not (indices, distances).", "Pass both arrays as a tuple.")
    import numpy as np

    indices, distances = numbers(knn[0], "indices of precomputed_knn"), numbers(knn[1], "distances of precomputed_knn")
    if indices.ndim != 2 or indices.shape != distances.shape or indices.shape[0] != rows:  # noqa: PLR2004
        raise InputError(
            f"precomputed_knn has shapes {indices.shape} and {distances.shape} for {count(rows)} rows.",
            "Pass two arrays of rows × neighbours.",
        )
    if indices.shape[1] > 1 and np.array_equal(indices[:, 0], np.arange(rows)):
        indices, distances = indices[:, 1:], distances[:, 1:]
    return encode_numpy(indices, "int32", source=knn[0]), encode_numpy(distances, "float32", source=knn[1])


def wire_options(options: Mapping[str, Any]) -> dict[str, Any]:
    """Return the options under the page's names, as plain numbers and strings."""
    return {
        _NAMES[name]: _plain(name, value) for name, value in options.items() if isinstance(value, str) or name != "init"
    }


def _plain(name: str, value: Any) -> Any:  # noqa: ANN401 - a string, a number or None
    if value is None or isinstance(value, str):
        return value
    return float(value) if name in _FRACTIONS else int(value)


_FRACTIONS = frozenset(
    {"min_dist", "spread", "learning_rate", "local_connectivity", "set_op_mix_ratio", "repulsion_strength"}
)
