"""The lab's network drawn channel by channel as the lab does it, for tests/unit/feature-maps.

Weights and the picture are by the formula of `make-keras-goldens.py`. Run with the environment of the oracles.txt
beside this file: .oracle-models/bin/python tests/reference/models/make-feature-map-goldens.py
"""

import base64
import gzip
import json
import os
from importlib import import_module
from pathlib import Path

os.environ["KERAS_BACKEND"] = "torch"

import keras
import numpy as np
from keras_layer_cases import layer_cases

goldens = import_module("make-keras-goldens")
LAYERS = 8
# Maps whose sums NumPy takes in one go, in eight lanes, and in halves.
SIDES = [(1, 3), (2, 4), (7, 7), (11, 13), (15, 17), (64, 33), (148, 148)]


def encode(values: np.ndarray) -> str:
    return base64.b64encode(np.ascontiguousarray(values).tobytes()).decode()


def draw(maps: np.ndarray) -> np.ndarray:
    """Every channel of (height, width, channels) as levels, in the same shape, as the lab's loop draws them."""
    drawn = np.empty(maps.shape, np.uint8)
    for channel in range(maps.shape[-1]):
        picture = maps.copy()[:, :, channel]
        picture -= picture.mean()
        # A dead channel is 0 / 0, and becomes 0; where its mean is rounded it is no 0 that is divided.
        with np.errstate(invalid="ignore", divide="ignore"):
            picture /= picture.std()
            picture *= 64
            picture += 128
            drawn[:, :, channel] = np.clip(picture, 0, 255).astype("uint8")
    return drawn


def made_up(height: int, width: int) -> np.ndarray:
    """Maps by formula: one around 0, one far from it, one that is mostly 0, one dead at 0 and one dead elsewhere."""
    places = height * width
    rows = [goldens.noise(f"map {height} {width} {channel}", places) for channel in range(3)]
    channels = [rows[0], rows[1] + 1000, np.maximum(rows[2] - 0.5, 0), rows[0] * 0, rows[0] * 0 + 0.1]
    return np.stack(channels, axis=-1).astype(np.float32).reshape(height, width, len(channels))


def lab_case() -> list[dict]:
    case = next(case for case in layer_cases() if case["name"] == "the lab's network")
    model = case["build"]()
    goldens.fill_weights(model, case.get("gain", 1.0))
    picture = goldens.input_values("0", [1, 150, 150, 3], 0, 1, "float32")
    tapped = keras.Model(model.inputs, [layer.output for layer in model.layers[:LAYERS]])
    found = []
    for layer, answer in zip(model.layers, tapped.predict_on_batch(picture), strict=False):
        maps = np.asarray(answer)[0]
        exact = maps.astype(np.float64)
        columns = {
            "minimum": exact.min((0, 1)),
            "maximum": exact.max((0, 1)),
            "mean": exact.mean((0, 1)),
            "deviation": exact.std((0, 1)),
            "zeros": (exact == 0).mean((0, 1)),
        }
        shown = [channel for channel in (5, maps.shape[-1] - 1) if channel == 5 or maps[..., 0].size < 2000]
        found.append(
            {
                "name": layer.name,
                "shape": list(maps.shape),
                **{name: encode(values.astype("<f4")) for name, values in columns.items()},
                "drawn": {channel: encode(draw(maps)[:, :, channel]) for channel in shown},
            }
        )
    return found


if __name__ == "__main__":
    made = [{"height": h, "width": w, "drawn": encode(draw(made_up(h, w)))} for h, w in SIDES]
    text = json.dumps(
        {"versions": {"keras": keras.__version__, "numpy": np.__version__}, "made up": made, "lab": lab_case()},
        separators=(",", ":"),
    )
    path = Path(__file__).parent / "feature-maps.json.gz"
    path.write_bytes(gzip.compress(text.encode(), 9, mtime=0))
    print(f"{path.name}: {path.stat().st_size:,} bytes")
