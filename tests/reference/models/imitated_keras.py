"""Files as older versions of Keras wrote them, imitated: none of those versions runs any more beside today's."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import h5py
import keras
import numpy as np

# Axes of a transposed convolution's kernel of today in Keras 1's order.
DECONVOLUTION = {"tf": (0, 1, 3, 2), "th": (2, 3, 0, 1)}


def rewritten(source: Path, target: Path, **options: object) -> h5py.File:
    """A copy of an HDF5 file, to be changed."""
    copy = h5py.File(target, "w", **options)
    with h5py.File(source) as original:
        for name in original:
            original.copy(name, copy)
        for key, value in original.attrs.items():
            copy.attrs[key] = value
    return copy


def rezipped(source: Path, target: Path, change: Callable[[h5py.File], None], method: int) -> None:
    """A .keras file with its weights changed."""
    with zipfile.ZipFile(source) as original, zipfile.ZipFile(target, "w", method) as archive:
        for name in ("metadata.json", "config.json"):
            archive.writestr(name, original.read(name))
        before, after = target.with_name("before.h5"), target.with_name("after.h5")
        before.write_bytes(original.read("model.weights.h5"))
        with rewritten(before, after) as weights:
            change(weights)
        archive.write(after, "model.weights.h5")


def without_names(weights: h5py.File) -> None:
    """As Keras wrote before it noted names."""

    def forget(_: str, item: h5py.Group | h5py.Dataset) -> None:
        if "name" in item.attrs:
            del item.attrs["name"]

    weights.visititems(forget)


def as_2_13(weights: h5py.File) -> None:
    """Imitated: Keras 2.13's container, in which each layer with weights takes two numbers."""
    without_names(weights)
    moved = weights.create_group("_layer_checkpoint_dependencies")
    numbers: dict[str, int] = {}
    names = sorted(weights["layers"], key=lambda name: (name.rstrip("_0123456789"), numbered(name)))
    for name in names:
        kind = name.rstrip("_0123456789")
        number = numbers.get(kind, 0)
        numbers[kind] = number + 2
        weights.move(
            f"layers/{name}", f"_layer_checkpoint_dependencies/{kind}_{number}" if number else f"{moved.name}/{kind}"
        )
    del weights["layers"]


def renumbered(weights: h5py.File) -> None:
    """Groups in another order than the layers': names alone tell whose they are."""
    names = [name for name in weights["layers"] if name.startswith("dense")]
    for name in names:
        weights.move(f"layers/{name}", f"layers/other_{name}")
    for name, other in zip(names, reversed(names), strict=True):
        weights.move(f"layers/other_{name}", f"layers/{other}")


def numbered(name: str) -> int:
    """The running number in "dense_11"."""
    digits = name.rsplit("_", 1)[-1]
    return int(digits) if digits.isdigit() else 0


def as_keras_2(model: keras.Model, path: Path, has_names: bool = True, is_ordered: bool = True) -> None:
    """Imitated: an .h5 as Keras 2.15 with TensorFlow writes it, lists of names cut in pieces.

    Without names, weights can be told apart by their order alone, as where scopes were renamed; without Keras' order by
    their names alone, as where layers were frozen after they were built.
    """
    old = {"DepthwiseConv2D": {"kernel": "depthwise_kernel"}}
    with h5py.File(path, "w") as file:
        config = {"class_name": "Functional", "config": model.get_config()}
        file.attrs["model_config"] = json.dumps(config, default=str).encode()
        file.attrs["keras_version"] = b"2.15.0"
        file.attrs["backend"] = b"tensorflow"
        stored = file.create_group("model_weights")
        stored.attrs["keras_version"] = b"2.15.0"
        names = np.array([layer.name.encode() for layer in model.layers])
        for piece, part in enumerate(np.array_split(names, 3)):
            stored.attrs[f"layer_names{piece}"] = part
        for layer in model.layers:
            group = stored.create_group(layer.name)
            variables = layer.trainable_weights + layer.non_trainable_weights if is_ordered else layer.weights
            listed = []
            for variable in variables:
                parts = variable.path.split("/")
                # Without the outer models' names, and TimeDistributed's own inner one.
                if isinstance(layer, keras.Model):
                    parts = parts[-2:]
                elif isinstance(layer, keras.layers.TimeDistributed):
                    parts = [layer.name, parts[-1]]
                parts[-1] = old.get(type(layer).__name__, {}).get(parts[-1], parts[-1])
                listed.append("/".join(parts if has_names else [f"scope_{len(listed)}", "variable"]) + ":0")
            group.attrs["weight_names"] = np.array([name.encode() for name in listed] or [], dtype="S")
            for name, variable in zip(listed, variables, strict=True):
                group[name] = keras.ops.convert_to_numpy(variable.value)


def made_by_hand(path: Path, ordering: str, version: bytes, backend: bytes | None) -> list[object]:
    """By hand: Keras 1.2's words, names and layouts of kernels, and what Keras 2 makes of them."""
    random = np.random.default_rng(8)
    is_first = ordering == "th"

    def kernel(*shape: int) -> np.ndarray:
        return random.integers(-9, 9, shape).astype("f4")

    conv, deconv = kernel(3, 2, 3, 4), kernel(2, 2, 5, 4)
    norm = [kernel(5) for _ in range(4)]
    line, dense = kernel(3, 5, 2), kernel(2, 3)
    biases = [kernel(count) for count in (4, 5, 2)]
    shape = [None, 3, 8, 8] if is_first else [None, 8, 8, 3]
    words = {"dim_ordering": ordering, "border_mode": "valid", "subsample": [1, 1], "bias": True, "activation": "relu"}
    layers = [
        (
            "Convolution2D",
            "convolution2d_1",
            {"nb_filter": 4, "nb_row": 3, "nb_col": 2, "batch_input_shape": shape, **words},
        ),
        ("Deconvolution2D", "deconvolution2d_1", {"nb_filter": 5, "nb_row": 2, "nb_col": 2, **words}),
        ("BatchNormalization", "batchnormalization_1", {"axis": 1 if is_first else -1, "mode": 0, "epsilon": 0.001}),
        ("Reshape", "reshape_1", {"target_shape": [-1, 5]}),
        ("Convolution1D", "convolution1d_1", {"nb_filter": 2, "filter_length": 3, "subsample_length": 1, "bias": True}),
        ("Dense", "dense_1", {"output_dim": 3, "bias": False}),
    ]
    flips = (slice(None, None, -1),) if backend == b"theano" else (slice(None),)
    turned = [conv[flips * 2], deconv[flips * 2], line[flips]]
    stored = {
        "convolution2d_1": [("W", turned[0].transpose(3, 2, 0, 1) if is_first else turned[0]), ("b", biases[0])],
        # Rows, columns, out, in: Keras 1 had in before out, and with channels first both before rows and columns.
        "deconvolution2d_1": [("W", turned[1].transpose(DECONVOLUTION[ordering])), ("b", biases[1])],
        "batchnormalization_1": [*zip(("gamma", "beta", "running_mean", "running_std"), norm, strict=True)],
        "reshape_1": [],
        "convolution1d_1": [("W", turned[2][:, None]), ("b", biases[2])],
        "dense_1": [("W", dense)],
    }
    with h5py.File(path, "w") as file:
        config = [{"class_name": kind, "config": {"name": name, **rest}} for kind, name, rest in layers]
        file.attrs["model_config"] = json.dumps({"class_name": "Sequential", "config": config}).encode()
        file.attrs["keras_version"] = version
        group = file.create_group("model_weights")
        group.attrs["layer_names"] = np.array([name.encode() for name in stored])
        if backend is not None:
            group.attrs["backend"] = backend
        for name, weights in stored.items():
            own = group.create_group(name)
            own.attrs["weight_names"] = np.array([f"{name}_{weight}".encode() for weight, _ in weights], dtype="S")
            for weight, value in weights:
                own[f"{name}_{weight}"] = value
    now = {
        "convolution2d_1": {"kernel": conv, "bias": biases[0]},
        "deconvolution2d_1": {"kernel": deconv, "bias": biases[1]},
        "batchnormalization_1": dict(zip(("gamma", "beta", "moving_mean", "moving_variance"), norm, strict=True)),
        "convolution1d_1": {"kernel": line, "bias": biases[2]},
        "dense_1": {"kernel": dense},
    }
    return [
        [[name], [[weight, "float32", list(value.shape), digest_of(value)] for weight, value in own.items()]]
        for name, own in now.items()
    ]


def digest_of(value: np.ndarray) -> str:
    """Of the numbers, row by row."""
    return hashlib.sha256(np.ascontiguousarray(value).tobytes()).hexdigest()
