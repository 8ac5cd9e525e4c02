"""HDF5 files of both formats with what h5py reads of them, and Keras files, for the readers' tests.

Run: OMP_NUM_THREADS=1 KERAS_BACKEND=torch .oracle-models/bin/python tests/reference/models/make-keras-files.py
Versions: oracles.txt beside this; those that wrote the files stand in hdf5.json and keras.json.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import sys
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import h5py
import keras
import numpy as np

HERE = Path(__file__).parent
# Axes of a transposed convolution's kernel of today in Keras 1's order.
DECONVOLUTION = {"tf": (0, 1, 3, 2), "th": (2, 3, 0, 1)}
TEMPORARY = Path(tempfile.mkdtemp())


def keep(path: Path) -> None:
    """Into this folder, packed, the same bytes on every run."""
    (HERE / f"{path.name}.gz").write_bytes(gzip.compress(path.read_bytes(), mtime=0))


def numbers(shape: tuple[int, ...], dtype: str, seed: int) -> np.ndarray:
    """Numbers that every type holds exactly."""
    return np.random.default_rng(seed).integers(0, 100, shape).astype(dtype)


def fill(file: h5py.File) -> None:
    """Datasets of every type and layout that is read, attributes of every kind, a large group."""
    types = file.create_group("types")
    for seed, name in enumerate("f2 f4 f8 i1 i2 i4 i8 u1 u2 u4 u8 >f4 >i2 ?".split()):
        types[name] = numbers((3, 5), name, seed)
    types["scalar"] = np.float32(2.5)
    types["empty"] = np.zeros((0, 4), "f4")
    types.create_dataset("opaque", data=np.arange(4, dtype="u2").view("V2")).attrs["dtype"] = "bfloat16"
    types["unwritten"] = h5py.Empty("f4")
    types.create_dataset("filled", (4, 3), "f4", fillvalue=7)
    compact = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
    compact.set_layout(h5py.h5d.COMPACT)
    space = h5py.h5s.create_simple((6,))
    dataset = h5py.h5d.create(types.id, b"compact", h5py.h5t.IEEE_F32LE, space, compact)
    dataset.write(h5py.h5s.ALL, h5py.h5s.ALL, np.arange(6, dtype="f4"))

    chunked = file.create_group("chunked")
    grid = numbers((10, 7), "f4", 50)
    chunked.create_dataset("plain", data=grid, chunks=(4, 3))
    chunked.create_dataset("deflate", data=grid, chunks=(4, 3), compression="gzip")
    chunked.create_dataset("all", data=grid, chunks=(4, 3), compression="gzip", shuffle=True, fletcher32=True)
    chunked.create_dataset("odd", data=numbers((5, 3), "u1", 51), chunks=(5, 3), fletcher32=True)
    chunked.create_dataset("single", data=grid, chunks=(10, 7), compression="gzip")
    chunked.create_dataset("growing", data=grid, chunks=(1, 2), maxshape=(10, None))
    chunked.create_dataset("longer", data=numbers((300,), "i2", 52), chunks=(1,), maxshape=(None,), shuffle=True)
    chunked.create_dataset("shrinkable", data=grid, chunks=(4, 3), maxshape=(40, 9), compression="gzip")
    chunked.create_dataset("both", data=numbers((30, 20), "f4", 53), chunks=(2, 2), maxshape=(None, None))
    chunked.create_dataset("packed both", data=grid, chunks=(2, 2), maxshape=(None, None), compression="gzip")
    chunked.create_dataset("pages", data=numbers((1500,), "u1", 54), chunks=(1,))
    chunked.create_dataset("volume", data=numbers((3, 4, 5), "f2", 55), chunks=(2, 3, 2), compression="gzip", shuffle=True)
    early = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
    early.set_chunk((4, 3))
    early.set_alloc_time(h5py.h5d.ALLOC_TIME_EARLY)
    space = h5py.h5s.create_simple(grid.shape)
    dataset = h5py.h5d.create(chunked.id, b"early", h5py.h5t.IEEE_F32LE, space, early)
    dataset.write(h5py.h5s.ALL, h5py.h5s.ALL, grid)
    sparse = chunked.create_dataset("sparse", (10, 10), "f4", chunks=(2, 2), fillvalue=-1)
    sparse[2:4, 6:8] = 5
    sparse[9, 9] = 6

    attributes = file.create_group("attributes")
    attributes.attrs["text"] = "café"
    attributes.attrs["bytes"] = np.bytes_("fixed")
    attributes.attrs["texts"] = ["a", "", "ccc"]
    attributes.attrs["fixed texts"] = np.array([b"one", b"three"])
    attributes.attrs["number"] = 2.5
    attributes.attrs["integers"] = np.array([1, -2, 3])
    attributes.attrs["half"] = np.float16(0.5)
    attributes.attrs["nothing"] = np.array([], dtype="f8")
    many = file.create_group("many attributes")
    for place in range(40):
        many.attrs[f"attribute {place}"] = place
    large = file.create_group("large")
    for place in range(300):
        large.create_group(f"layer_{place}")


def told(value: object) -> object:
    """An attribute's or dataset's value as JSON has it."""
    if isinstance(value, h5py.Empty):
        return []
    if isinstance(value, bytes):
        return value.decode()
    if isinstance(value, np.ndarray):
        if value.dtype.kind == "V":
            return value.view("u2").tolist()
        return [told(one) for one in value] if value.dtype.kind in "SO" else value.tolist()
    return value.item() if isinstance(value, np.generic) else value


def describe(path: Path) -> dict[str, object]:
    """Everything in a file, as h5py reads it."""
    found: dict[str, object] = {}

    def visit(name: str, item: h5py.Group | h5py.Dataset) -> None:
        entry: dict[str, object] = {}
        if len(item.attrs):
            entry["attributes"] = {key: told(value) for key, value in item.attrs.items()}
        if isinstance(item, h5py.Dataset):
            shape = [0] if item.shape is None else list(item.shape)
            entry |= {"dims": shape, "dtype": item.dtype.str, "values": told(np.ravel(item[()]) if shape != [0] else [])}
        else:
            entry["children"] = sorted(item)
        if not name.startswith("large/"):
            found[name] = entry

    with h5py.File(path) as file:
        file.visititems(visit)
    return found


def make_hdf5() -> None:
    """Files of HDF5's oldest and newest formats, with room before one of them."""
    contents = {}
    for name, options in {
        "earliest": {"libver": "earliest"},
        "latest": {"libver": "latest"},
        "middle": {"libver": ("v108", "v108"), "userblock_size": 512},
    }.items():
        path = TEMPORARY / f"hdf5-{name}.h5"
        with h5py.File(path, "w", **options) as file:
            fill(file)
            if name != "earliest":
                # Past 64 kB only the newer formats take it, in a heap of their own.
                file["large"].attrs["long"] = "0123456789" * 7000
        contents[name] = describe(path)
        keep(path)
    same = [contents[name] for name in contents]
    for other in same:
        other.get("large", {}).pop("attributes", None)
        assert other == same[0]
    versions = {"h5py": h5py.__version__, "hdf5": h5py.version.hdf5_version}
    (HERE / "hdf5.json").write_text(json.dumps({"versions": versions, "contents": same[0]}, ensure_ascii=False) + "\n")


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
    outer = k.Sequential([k.Input((6, 6, 4)), block("inner", frozen=False), layers.Conv2D(4, 1, name="pointwise")], name="outer")
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

    return {"functional": functional, "twins": twins, "chains": body, "many": many, "half": typed("float16"), "brain": typed("bfloat16")}


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
        before, after = TEMPORARY / "before.h5", TEMPORARY / "after.h5"
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
        weights.move(f"layers/{name}", f"_layer_checkpoint_dependencies/{kind}_{number}" if number else f"{moved.name}/{kind}")
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
    """By hand, for no Keras 1.2 runs any more: its words, names and kernels' layouts, and what Keras 2 makes of them."""
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
        ("Convolution2D", "convolution2d_1", {"nb_filter": 4, "nb_row": 3, "nb_col": 2, "batch_input_shape": shape, **words}),
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


def make_keras() -> None:
    """Files of Keras 3 as it saves them, and older ones imitated."""
    models: dict[str, object] = {}
    files: dict[str, str] = {}

    def made(path: Path, name: str) -> None:
        keep(path)
        files[path.name] = name

    for seed, (name, model) in enumerate(networks().items()):
        set_numbers(model, seed)
        models[name] = weights_of(model, [])
        for ending in ("keras", "h5"):
            # Keras itself can't: names of two weights are the same, or h5py loses the type.
            if ending == "h5" and name in ("twins", "brain"):
                continue
            path = TEMPORARY / f"{name}.{ending}"
            model.save(path)
            made(path, name)
        if name == "chains":
            rezipped(TEMPORARY / "chains.keras", TEMPORARY / "chains-unnamed.keras", without_names, zipfile.ZIP_STORED)
            made(TEMPORARY / "chains-unnamed.keras", name)
        if name == "half":
            model.save_weights(TEMPORARY / "half.weights.h5")
            keep(TEMPORARY / "half.weights.h5")
        if name == "functional":
            with rewritten(TEMPORARY / "functional.h5", TEMPORARY / "functional-latest.h5", libver="latest"):
                pass
            made(TEMPORARY / "functional-latest.h5", name)
        if name == "many":
            source = TEMPORARY / "many.keras"
            rezipped(source, TEMPORARY / "many-unnamed.keras", without_names, zipfile.ZIP_DEFLATED)
            rezipped(source, TEMPORARY / "many-2.13.keras", as_2_13, zipfile.ZIP_STORED)
            made(TEMPORARY / "many-unnamed.keras", name)
            rezipped(source, TEMPORARY / "many-renumbered.keras", renumbered, zipfile.ZIP_STORED)
            made(TEMPORARY / "many-renumbered.keras", name)
            made(TEMPORARY / "many-2.13.keras", name)
            as_keras_2(model, TEMPORARY / "many-2.15.h5")
            made(TEMPORARY / "many-2.15.h5", name)
        if name == "functional":
            rezipped(TEMPORARY / "functional.keras", TEMPORARY / "functional-unnamed.keras", without_names, zipfile.ZIP_STORED)
            made(TEMPORARY / "functional-unnamed.keras", name)
            as_keras_2(model, TEMPORARY / "functional-2.15.h5")
            made(TEMPORARY / "functional-2.15.h5", name)
            as_keras_2(model, TEMPORARY / "functional-order.h5", is_ordered=False)
            made(TEMPORARY / "functional-order.h5", name)
            as_keras_2(model, TEMPORARY / "functional-scopes.h5", has_names=False)
            made(TEMPORARY / "functional-scopes.h5", name)
    hands = {"1.2-tf": ("tf", b"1.2.2", None), "1.2-th": ("th", b"1.2.2", None), "theano": ("th", b"1.2.2", b"theano")}
    for name, (ordering, version, backend) in hands.items():
        path = TEMPORARY / f"hand-{name}.h5"
        models[f"hand-{name}"] = made_by_hand(path, ordering, version, backend)
        made(path, f"hand-{name}")
    versions = {"keras": keras.__version__, "backend": keras.backend.backend(), "h5py": h5py.__version__}
    text = json.dumps({"versions": versions, "files": files, "models": models})
    (HERE / "keras.json").write_text(text + "\n")


if __name__ == "__main__":
    makers = {"hdf5": make_hdf5, "keras": make_keras}
    for chosen in sys.argv[1:] or makers:
        makers[chosen]()
