"""What Keras answers, for the conversion of its models to ONNX: small nets of every layer, and its Applications.

With OMP_NUM_THREADS=1 and KERAS_BACKEND=torch, `make-keras-goldens.py [layers] [applications]`.

No weight is written down: a weight's element `i` is `offset + scale * noise(path, i)` on both sides, an input's too.
Cases of layers lie in `keras-layers.json.gz`, those of whole networks in `keras-applications.json.gz`.
"""

import base64
import gzip
import json
import sys
from pathlib import Path

import keras
import numpy as np
import torch
from keras_layer_cases import layer_cases
from keras_network_cases import application_cases

HERE = Path(__file__).parent
SAMPLES = 300


def noise(seed: str, count: int) -> np.ndarray:
    """Numbers in [-1, 1) that look random: MurmurHash3's finalizer of the element's number and the seed's FNV-1a."""
    state = 0x811C9DC5
    for byte in seed.encode():
        state = ((state ^ byte) * 0x01000193) & 0xFFFFFFFF
    with np.errstate(over="ignore"):
        x = np.uint32(state) + np.arange(count, dtype=np.uint32) * np.uint32(0x9E3779B1)
        x = (x ^ (x >> np.uint32(16))) * np.uint32(0x85EBCA6B)
        x = (x ^ (x >> np.uint32(13))) * np.uint32(0xC2B2AE35)
        x = x ^ (x >> np.uint32(16))
    return x.astype(np.int32) / 2.0**31


def spread(name: str, dims: list[int], layer: str, gain: float) -> tuple[float, float]:
    """Offset and scale of a weight: activations neither die nor explode."""
    last = name.split("/")[-1]
    if last in ("gamma", "scale", "moving_variance", "variance"):
        return 1.0, 0.125
    if last == "count":
        return 0.0, 0.0
    if last == "alpha":
        return 0.25, 0.125
    if last == "embeddings":
        return 0.0, 1.0
    if "kernel" in last:
        deep = last == "depthwise_kernel" or layer.startswith("DepthwiseConv")
        if layer.endswith("Transpose"):
            fan = int(np.prod(dims[:-2])) * dims[-1]
        else:
            fan = int(np.prod(dims[:-2] if deep else dims[:-1]))
        return 0.0, gain * float(np.sqrt(3 / fan))
    return 0.0, 0.125


def layers_in(model: keras.Model, path: tuple[str, ...] = ()) -> list[tuple[tuple[str, ...], object]]:
    """Every layer and operation in the order of the summary, nested models' own in their place."""
    inside = model.layers if isinstance(model, keras.Sequential) else model._operations
    found = []
    for layer in inside:
        inner = (*path, layer.name)
        found += layers_in(layer, inner) if isinstance(layer, keras.Model) else [(inner, layer)]
    return found


def weight_name(layer: keras.Layer, path: str) -> str:
    return path.rsplit(f"{layer.name}/", 1)[-1]


def fill_weights(model: keras.Model, gain: float) -> list:
    written = []
    for path, layer in layers_in(model):
        weights = getattr(layer, "weights", [])
        if not weights:
            continue
        rows = []
        for weight in weights:
            name = weight_name(layer, weight.path)
            dims = [int(dim) for dim in weight.shape]
            offset, scale = spread(name, dims, type(layer).__name__, gain)
            values = offset + scale * noise("/".join((*path, name)), int(np.prod(dims)))
            weight.assign(values.astype(np.float32).reshape(dims))
            rows.append([name, dims, offset, scale])
        if isinstance(layer, keras.layers.Normalization):
            layer.finalize_state()
        written.append(["/".join(path), rows])
    return written


def hidden_layers(model: keras.Model) -> list[str]:
    """Three layers on the way."""
    plain = [layer.name for layer in model.layers if not isinstance(layer, keras.Model)]
    return [plain[len(plain) * part // 4] for part in (1, 2, 3)]


def shape_of(layer: object) -> list:
    node = layer._inbound_nodes[-1]
    shapes = [list(tensor.shape) for tensor in node.output_tensors]
    return shapes[0] if len(shapes) == 1 else shapes


def summary_of(model: keras.Model) -> list:
    rows = []
    for path, layer in layers_in(model):
        count = int(sum(np.prod(w.shape) for w in getattr(layer, "weights", [])))
        trainable = int(sum(np.prod(w.shape) for w in getattr(layer, "trainable_weights", [])))
        rows.append(["/".join(path), type(layer).__name__, shape_of(layer), count, trainable])
    return rows


def input_values(name: str, shape: list[int], low: float, high: float, dtype: str) -> np.ndarray:
    values = (low + high) / 2 + (high - low) / 2 * noise(f"input {name}", int(np.prod(shape)))
    if dtype.startswith(("int", "uint")):
        values = np.floor(values)
    return values.reshape(shape).astype(dtype)


def encode(values: np.ndarray, sampled: bool) -> dict:
    flat = np.ascontiguousarray(values, dtype=np.float32).reshape(-1)
    assert np.isfinite(flat).all()
    if sampled and flat.size > SAMPLES:
        flat = flat[np.arange(SAMPLES) * flat.size // SAMPLES]
    return {"shape": list(values.shape), "values": base64.b64encode(flat.astype("<f4").tobytes()).decode()}


def run(case: dict, sampled: bool) -> dict:
    keras.utils.clear_session()
    model = case["build"]()
    weights = fill_weights(model, case.get("gain", 1.0))
    inputs = []
    values = []
    for tensor, bounds in zip(model.inputs, case.get("ranges", [(-1, 1)] * len(model.inputs)), strict=True):
        shape = [case.get("batch", 2), *case.get("sides", tensor.shape[1:])]
        dtype = str(tensor.dtype)
        inputs.append({"shape": shape, "low": bounds[0], "high": bounds[1], "dtype": dtype})
        values.append(input_values(str(len(values)), shape, *bounds, dtype))
    hidden = hidden_layers(model) if sampled else []
    tapped = keras.Model(model.inputs, [*model.outputs, *(model.get_layer(name).output for name in hidden)])
    answers = tapped.predict_on_batch(values if len(values) > 1 else values[0])
    answers = answers if isinstance(answers, (list, tuple)) else [answers]
    summary = summary_of(model)
    record = {
        "name": case["name"],
        "config": json.loads(model.to_json()),
        "weights": weights,
        "inputs": inputs,
        # The model's own first, then those of the hidden layers.
        "outputs": [encode(np.asarray(answer), sampled) for answer in answers],
        "hidden": hidden,
        "summary": summary,
        "total": model.count_params(),
        "trainable": int(sum(np.prod(w.shape) for w in model.trainable_weights)),
    }
    if sampled:
        sizes = ", ".join(f"{np.abs(np.asarray(a)).mean():.3g}±{np.asarray(a).std():.3g}" for a in answers)
        print(case["name"], sizes, flush=True)
    return record


def strip(value: object) -> object:
    """A configuration without what says nothing of the computation: initializers and the like."""
    if isinstance(value, dict):
        kept = {
            k: strip(v) for k, v in value.items() if not k.endswith(("_initializer", "_regularizer", "_constraint"))
        }
        kept.pop("build_config", None)
        kept.pop("compile_config", None)
        return kept
    return [strip(one) for one in value] if isinstance(value, list) else value


def write(name: str, cases: list[dict], sampled: bool) -> None:
    records = [run(case, sampled) for case in cases]
    for record in records:
        record["config"] = strip(record["config"])
    versions = {"keras": keras.__version__, "torch": torch.__version__, "backend": keras.backend.backend()}
    text = json.dumps({"versions": versions, "samples": SAMPLES, "cases": records}, separators=(",", ":"))
    path = HERE / name
    path.write_bytes(gzip.compress(text.encode(), 9, mtime=0))
    print(f"{name}: {len(records)} cases, {path.stat().st_size:,} bytes")


if __name__ == "__main__":
    torch.set_num_threads(1)
    asked = sys.argv[1:] or ["layers", "applications"]
    if "layers" in asked:
        write("keras-layers.json.gz", layer_cases(), sampled=False)
    if "applications" in asked:
        write("keras-applications.json.gz", application_cases(), sampled=True)
