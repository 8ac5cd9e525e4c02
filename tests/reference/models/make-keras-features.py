"""Write a small network as Keras saves it, in both of its formats, and what it answers, for tests/browser/features/.

Run with the environment of the oracles.txt beside this file:
.oracle-models/bin/python tests/reference/models/make-keras-features.py
"""

from __future__ import annotations

import base64
import gzip
import json
import os
import tempfile
from importlib.metadata import version
from pathlib import Path

os.environ["KERAS_BACKEND"] = "torch"

import keras
import numpy as np
from keras import layers

SIDE = 16
PICTURES = 5

keras.utils.set_random_seed(3)
body = keras.Sequential(
    [
        keras.Input((SIDE, SIDE, 3)),
        layers.Conv2D(6, 3, strides=2, padding="same", use_bias=False, name="stem"),
        layers.BatchNormalization(name="stem_bn"),
        layers.ReLU(name="stem_relu"),
        layers.Conv2D(10, 3, activation="relu", name="last_conv"),
    ],
    name="body",
)
pixels = keras.Input((SIDE, SIDE, 3), name="pixels")
x = layers.Rescaling(1 / 255, name="rescaling")(pixels)
x = layers.GlobalAveragePooling2D(name="post_convolution")(body(x))
model = keras.Model(pixels, layers.Dense(4, activation="softmax", name="classes")(x), name="small")
random = np.random.default_rng(5)
bn = body.get_layer("stem_bn")
bn.set_weights([random.uniform(0.5, 1.5, 6), *random.normal(0, 0.3, (2, 6)), random.uniform(0.5, 1.5, 6)])

place = np.arange(PICTURES * SIDE * SIDE * 3, dtype=np.uint64)
noise = (place * np.uint64(2654435761) % np.uint64(4294967296)) >> np.uint64(24)
pictures = noise.astype("f4").reshape(PICTURES, SIDE, SIDE, 3)

scaled = pictures / np.float32(255)
conv = keras.Model(body.inputs, body.get_layer("last_conv").output).predict(scaled, verbose=0)
pooled = keras.Model(model.inputs, model.get_layer("post_convolution").output).predict(pictures, verbose=0)


def floats(array: np.ndarray) -> str:
    """Return the numbers in single precision, little-endian, in base64."""
    return base64.b64encode(np.ascontiguousarray(array, "<f4").tobytes()).decode()


here = Path(__file__).parent
with tempfile.TemporaryDirectory() as folder:
    for ending in ("h5", "keras"):
        path = Path(folder) / f"small.{ending}"
        model.save(path)
        (here / f"small.{ending}.gz").write_bytes(gzip.compress(path.read_bytes(), mtime=0))
goldens = {
    "made with": {name: version(name) for name in ("keras", "torch", "numpy")},
    "pictures": PICTURES,
    "side": SIDE,
    "last_conv": floats(conv),
    "post_convolution": floats(pooled),
    "predictions": floats(model.predict(pictures, verbose=0)),
}
(here / "keras-features.json").write_text(json.dumps(goldens, indent=1) + "\n")
print(conv.shape, pooled.shape)
