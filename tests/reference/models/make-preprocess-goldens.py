"""Write pictures as Keras prepares them for its networks, for tests/unit/features/preprocess-pictures.test.ts.

Run with the environment of the oracles.txt beside this file:
.oracle-models/bin/python tests/reference/models/make-preprocess-goldens.py
"""

from __future__ import annotations

import base64
import io
import json
import os
from importlib.metadata import version
from pathlib import Path

os.environ["KERAS_BACKEND"] = "torch"

import keras
import numpy as np
from keras.applications.imagenet_utils import preprocess_input
from PIL import Image

WIDTH, HEIGHT = 41, 29
SIZE = (13, 11)


def picture(channels: int) -> np.ndarray:
    """Whole numbers alone, so that the test makes the same."""
    place = np.arange(WIDTH * HEIGHT * channels, dtype=np.uint64)
    noise = (place * np.uint64(2654435761) % np.uint64(4294967296)) >> np.uint64(24)
    return noise.astype("u1").reshape(HEIGHT, WIDTH, channels)


def load(channels: int, **options: str) -> np.ndarray:
    """What `load_img` and `img_to_array` give of a PNG file."""
    file = io.BytesIO()
    pixels = picture(channels)
    Image.fromarray(pixels[..., 0] if channels == 1 else pixels).save(file, format="PNG")
    file.seek(0)
    image = keras.utils.load_img(file, target_size=SIZE, **options)
    return keras.utils.img_to_array(image, data_format="channels_last")


def per_image(image: np.ndarray) -> np.ndarray:
    """`tf.image.per_image_standardization`, by its documentation, in double precision."""
    image = image.astype("f8")
    return (image - image.mean()) / max(image.std(), 1 / np.sqrt(image.size))


colors = load(3)
cases = {
    "nearest, 1/255": colors / 255,
    "bilinear, 1/255": load(3, interpolation="bilinear") / 255,
    "bicubic, 1/255": load(3, interpolation="bicubic") / 255,
    "lanczos, 1/255": load(3, interpolation="lanczos") / 255,
    "of grey": load(1) / 255,
    "of colours with opacity": load(4) / 255,
    "in grey": load(3, color_mode="grayscale", interpolation="bilinear") / 255,
    "tf": preprocess_input(colors.copy(), mode="tf", data_format="channels_last"),
    "torch": preprocess_input(colors.copy(), mode="torch", data_format="channels_last"),
    "caffe": preprocess_input(colors.copy(), mode="caffe", data_format="channels_last"),
    "standardised by itself": per_image(colors),
    "standardised as torch": colors / 127.5 - 1,
}
packages = ("keras", "pillow", "numpy")
goldens = {
    "made with": {name: version(name) for name in packages},
    "from": [WIDTH, HEIGHT],
    "size": {"height": SIZE[0], "width": SIZE[1]},
    "cases": {
        name: base64.b64encode(np.ascontiguousarray(case, "<f4").tobytes()).decode() for name, case in cases.items()
    },
}
path = Path(__file__).with_name("preprocess-goldens.json")
path.write_text(json.dumps(goldens, indent=1) + "\n")
print(len(cases), "cases")
