"""UMAP's parameters, under umap-learn's names, checked as far as that needs no data."""

from collections.abc import Mapping, Sequence
from typing import Any

from layerscope._arrays import EncodedArray, encode, encode_numpy, numbers
from layerscope._errors import InputError, count
from layerscope._option_checks import Numbers, check_choice, plain, wrong
from layerscope._seed import seed_of
from layerscope._unknown_argument import unknown_argument

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
    "backend": "backend",
    "neighbor_search": "neighborSearch",
    "pca": "pca",
    "workers": "workers",
}

_CHOICES = {
    "metric": ("euclidean", "cosine", "correlation", "manhattan"),
    "engine": ("layerscope", "umap-js"),
    "backend": ("auto", "webgpu", "cpu"),
    "neighbor_search": ("auto", "exact", "nn-descent"),
}

_INITS = ("pca", "spectral", "random")

_NUMBERS = {
    "pca": Numbers(integer=True, least=2, optional=True),
    "workers": Numbers(integer=True, least=1, most=64, optional=True),
    "n_neighbors": Numbers(integer=True, least=2),
    "spread": Numbers(above=0),
    "min_dist": Numbers(least=0),
    "n_epochs": Numbers(integer=True, least=0, optional=True),
    "learning_rate": Numbers(above=0),
    "local_connectivity": Numbers(least=0),
    "set_op_mix_ratio": Numbers(least=0, most=1),
    "repulsion_strength": Numbers(least=0),
    "negative_sample_rate": Numbers(integer=True, least=0),
}

_DEFAULTS: dict[str, Any] = {"n_neighbors": 15, "min_dist": 0.1, "n_components": 2, "random_state": 42}

_OTHERS = ("points", "coords", "labels", "images", "names", "values", "color", "title", "theme", "precomputed_knn")


def with_defaults(parameters: Mapping[str, Any], others: Sequence[str] = ()) -> dict[str, Any]:
    """Check names and values of UMAP's parameters and fill in those that are shown.

    Parameters
    ----------
    parameters
        What was given under a name that is none of the widget's.
    others
        Names that this widget alone has, of which one may have been meant.

    Raises
    ------
    TypeError
        On a name that is not known, with the nearest one that is.
    InputError
        On a value that can't be.
    """
    for name in parameters:
        if name not in _NAMES:
            known = [*_NAMES, *_OTHERS, *others]
            raise unknown_argument(name, known, f"UMAP's parameters are {', '.join(_NAMES)}.")
    options = {**_DEFAULTS, **parameters}
    options["random_state"] = seed_of(options["random_state"])
    for name, value in options.items():
        _check(name, value)
    spread = options.get("spread", 1)
    if options["min_dist"] > spread:
        raise wrong("min_dist", f"at most spread ({plain(spread)})", options["min_dist"])
    return options


def _check(name: str, value: object) -> None:
    if name in _CHOICES:
        check_choice(name, value, _CHOICES[name])
    elif name == "init":
        if isinstance(value, str):
            check_choice(name, value, _INITS, " or an array")
    elif name == "n_components":
        if value not in (2, 3):
            raise wrong(name, "2 or 3", value)
    elif name in _NUMBERS:
        _NUMBERS[name].check(name, value)


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
