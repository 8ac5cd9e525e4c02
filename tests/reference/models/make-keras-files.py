"""Keras files as Keras 3 saves them and as older ones did, with the weights of every layer, for the reader's tests.

Run: OMP_NUM_THREADS=1 KERAS_BACKEND=torch .oracle-models/bin/python tests/reference/models/make-keras-files.py
Versions: oracles.txt beside this; those that wrote the files stand in keras.json.
"""

from __future__ import annotations

import gzip
import json
import tempfile
import zipfile
from pathlib import Path

import h5py
import keras
import numpy as np
from imitated_keras import as_2_13, as_keras_2, digest_of, made_by_hand, renumbered, rewritten, rezipped, without_names

HERE = Path(__file__).parent
TEMPORARY = Path(tempfile.mkdtemp())


def keep(path: Path) -> None:
    """Into this folder, packed."""
    (HERE / f"{path.name}.gz").write_bytes(gzip.compress(path.read_bytes(), mtime=0))


def networks() -> dict[str, keras.Model]:
    """Small models in which everything occurs that the reader must keep apart."""
    k, layers = keras, keras.layers

    def block(name: str, frozen: bool) -> keras.Model:
        inputs = k.Input((6, 6, 4))
        x = layers.Conv2D(4, 3, padding="same", name="conv", trainable=not frozen)(inputs)
        return k.Model(inputs, layers.BatchNormalization(name="norm")(x), name=name)

    inputs = k.Input((6, 6, 3), name="pictures")
    x = layers.SeparableConv2D(4, 3, padding="same", name="separable")(inputs)
    x = block("first", frozen=False)(x)
    x = block("second", frozen=True)(x)
    pointwise = layers.Conv2D(4, 1, name="pointwise")
    outer = k.Sequential([k.Input((6, 6, 4)), block("inner", frozen=False), pointwise], name="outer")
    x = outer(x)
    x = layers.PReLU(shared_axes=[1, 2], name="prelu")(x)
    x = layers.DepthwiseConv2D(3, name="depthwise")(x)
    x = layers.Conv2DTranspose(2, 2, name="transposed")(x)
    x = layers.LayerNormalization(name="layer_norm")(x)
    x = layers.Dropout(0.5, name="dropout")(x)
    x = layers.Reshape((25, 2), name="reshape")(x)
    x = layers.Add(name="add")([x, layers.MultiHeadAttention(2, 3, name="attention")(x, x)])
    x = layers.TimeDistributed(layers.Dense(3, name="inside"), name="distributed")(x)
    functional = k.Model(inputs, layers.Dense(2, use_bias=False, name="out")(x), name="network")

    # The same names in two models of one.
    inputs = k.Input((6, 6, 4))
    pair = k.Model(inputs, block("right", frozen=True)(block("left", frozen=False)(inputs)), name="pair")
    twins = k.Sequential([k.Input((6, 6, 4)), pair], name="twins")

    # The same, told apart by what stands before them in an .h5; a model without weights but with seeds first.
    def chain(name: str) -> keras.Model:
        return k.Sequential([k.Input((6, 6, 3)), layers.Conv2D(3, 1, name="conv")], name=name)

    random = k.Sequential([k.Input((6, 6, 3)), layers.RandomFlip(), layers.Rescaling(2)], name="random")
    scoped = k.Sequential([k.Input((6, 6, 3)), chain("left"), chain("right")], name="scoped")
    body = k.Sequential([k.Input((6, 6, 3)), random, chain("body"), scoped], name="chains")

    # Names in the opposite order of the layers', more than ten of a class, one of them shared.
    inputs = k.Input((4,))
    x = layers.Normalization(mean=0.0, variance=1.0, name="given")(inputs)
    shared = layers.Dense(4, name="shared")
    for place in range(12):
        x = layers.Dense(4, name=f"layer_{20 - place}")(x)
        if place in (3, 7):
            x = shared(x)
    many = k.Model(inputs, layers.Normalization(name="statistics")(x), name="many")

    def typed(dtype: str) -> keras.Model:
        parts = [k.Input((3,), dtype="int32"), layers.Embedding(5, 4, dtype=dtype), layers.Dense(2, dtype=dtype)]
        return k.Sequential(parts, name=dtype)

    return {
        "functional": functional,
        "twins": twins,
        "chains": body,
        "many": many,
        "half": typed("float16"),
        "brain": typed("bfloat16"),
    }


def set_numbers(model: keras.Model, seed: int) -> None:
    """Weights of eighths, which every type holds exactly."""
    random = np.random.default_rng(seed)
    for variable in model.weights:
        variable.assign((random.integers(-30, 30, variable.shape) / 8).astype("float32"))


def weights_of(model: keras.Model, path: list[str]) -> list[list[object]]:
    """Every layer's weights as Keras has them: path, then name, type, shape and digest of the bytes of each."""
    found = []
    for layer in model.layers:
        here = [*path, layer.name]
        if isinstance(layer, keras.Model):
            found += weights_of(layer, here)
            continue
        own = []
        for variable in layer.weights:
            value = keras.ops.convert_to_numpy(variable.value)
            name = f"/{variable.path}".rsplit(f"/{layer.name}/", 1)[1]
            own.append([name, variable.dtype, list(variable.shape), digest_of(value)])
        if own:
            found.append([here, own])
    return found


def imitate(models: dict[str, keras.Model]) -> list[Path]:
    """Files of other versions, of models that were saved before; the name's first part is the model's."""
    functional, many, chains = (TEMPORARY / f"{name}.keras" for name in ("functional", "many", "chains"))
    rewritten(functional.with_suffix(".h5"), TEMPORARY / "functional-latest.h5", libver="latest").close()
    rezipped(functional, TEMPORARY / "functional-unnamed.keras", without_names, zipfile.ZIP_STORED)
    as_keras_2(models["functional"], TEMPORARY / "functional-2.15.h5")
    as_keras_2(models["functional"], TEMPORARY / "functional-order.h5", is_ordered=False)
    as_keras_2(models["functional"], TEMPORARY / "functional-scopes.h5", has_names=False)
    rezipped(many, TEMPORARY / "many-unnamed.keras", without_names, zipfile.ZIP_DEFLATED)
    rezipped(many, TEMPORARY / "many-renumbered.keras", renumbered, zipfile.ZIP_STORED)
    rezipped(many, TEMPORARY / "many-2.13.keras", as_2_13, zipfile.ZIP_STORED)
    as_keras_2(models["many"], TEMPORARY / "many-2.15.h5")
    rezipped(chains, TEMPORARY / "chains-unnamed.keras", without_names, zipfile.ZIP_STORED)
    return sorted(path for path in TEMPORARY.iterdir() if path.stem.partition("-")[0] in models and "-" in path.stem)


def make_keras() -> None:
    """Files of Keras 3 as it saves them, and older ones imitated."""
    models = networks()
    weights: dict[str, object] = {}
    files: dict[str, str] = {}

    def made(path: Path, name: str) -> None:
        keep(path)
        files[path.name] = name

    for seed, (name, model) in enumerate(models.items()):
        set_numbers(model, seed)
        weights[name] = weights_of(model, [])
        # Keras itself can't save two as .h5: names of weights are the same, or h5py loses the type.
        for ending in ["keras"] if name in ("twins", "brain") else ["keras", "h5"]:
            path = TEMPORARY / f"{name}.{ending}"
            model.save(path)
            made(path, name)
    models["half"].save_weights(TEMPORARY / "half.weights.h5")
    keep(TEMPORARY / "half.weights.h5")
    for path in imitate(models):
        made(path, path.stem.partition("-")[0])
    hands = {"1.2-tf": ("tf", b"1.2.2", None), "1.2-th": ("th", b"1.2.2", None), "theano": ("th", b"1.2.2", b"theano")}
    for name, (ordering, version, backend) in hands.items():
        path = TEMPORARY / f"hand-{name}.h5"
        weights[f"hand-{name}"] = made_by_hand(path, ordering, version, backend)
        made(path, f"hand-{name}")
    versions = {"keras": keras.__version__, "backend": keras.backend.backend(), "h5py": h5py.__version__}
    text = json.dumps({"versions": versions, "files": files, "models": weights})
    (HERE / "keras.json").write_text(text + "\n")


if __name__ == "__main__":
    make_keras()
