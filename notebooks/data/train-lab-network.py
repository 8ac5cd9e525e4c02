"""Train the network of the labs and write what they read from `notebooks/labs/lab-network/`.

Six classes, one for each of six pictures that come with scikit-image: the network learns from the left 60 % of every
picture and is tried on the right 38 %, so that no pixel is seen twice. Its layers up to the last pooling are those of a
well-known teaching network for chest X-rays (150 pixels a side; 32, 64, 128 and 128 filters of 3 x 3 pixels, each
followed by a pooling); the end is a mean over all places and six numbers, so that the file has 1 MB and not 14.

Writes `lab-network.h5` (as Keras saves it; input 150 x 150 x 3 in 0..1), `first-layer.json` (kernel 3 x 3 x 3 x 32 and
bias of its first layer), four pictures from the unseen parts, and `about.json` (the classes, the accuracy on unseen
crops, where the pictures come from).
"""

from __future__ import annotations

import json
import os
import warnings
from pathlib import Path

os.environ["KERAS_BACKEND"] = "torch"

import keras
import numpy as np
from keras import layers
from PIL import Image
from skimage import color, data

FOLDER = Path(__file__).parent.parent / "labs" / "lab-network"
SIDE = 150
TRAIN_PER_CLASS, TEST_PER_CLASS, EPOCHS, BATCH = 200, 60, 8, 32
PICTURES = {
    "bricks": data.brick,
    "cat": data.chelsea,
    "coffee": data.coffee,
    "galaxies": data.hubble_deep_field,
    "grass": data.grass,
    "gravel": data.gravel,
}
# What the labs look at: class, left and top within the right 38 %, width and height; and whose it is.
EXAMPLES = {
    "cat.png": ("cat", (0, 20, 170, 210), "Stefan van der Walt, CC0"),
    "galaxies.png": ("galaxies", (120, 560, 200, 200), "NASA, public domain"),
    "coffee.png": ("coffee", (0, 90, 220, 220), "Rachel Michetti, CC0"),
    "bricks.png": ("bricks", (0, 150, 190, 190), "CC0Textures, CC0"),
}


def build() -> keras.Model:
    """The lab's layers, under names that count from 1."""
    blocks = []
    for number, filters in enumerate((32, 64, 128, 128), start=1):
        blocks += [
            layers.Conv2D(filters, 3, activation="relu", name=f"conv2d_{number}"),
            layers.MaxPooling2D(name=f"max_pooling2d_{number}"),
        ]
    head = [
        layers.GlobalAveragePooling2D(name="global_average_pooling2d"),
        layers.Dense(len(PICTURES), activation="softmax", name="dense"),
    ]
    return keras.Sequential([layers.Input((SIDE, SIDE, 3)), *blocks, *head], name="lab_network")


def halves() -> tuple[list[np.ndarray], list[np.ndarray]]:
    """Left and right part of every picture as (height, width, 3) bytes."""
    left, right = [], []
    for load in PICTURES.values():
        picture = load()
        picture = picture if picture.ndim == 3 else color.gray2rgb(picture)
        width = picture.shape[1]
        left.append(picture[:, : int(width * 0.6)])
        right.append(picture[:, width - int(width * 0.38) :])
    return left, right


def crops(parts: list[np.ndarray], per_class: int, random: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """`per_class` crops of each part, of any place and size, as (n, 150, 150, 3) in 0..1, and n class numbers."""
    taken = []
    for _ in range(per_class):
        for part in parts:
            side = int(random.integers(100, min(*part.shape[:2], 220) + 1))
            top, start = (int(random.integers(0, size - side + 1)) for size in part.shape[:2])
            crop = Image.fromarray(part[top : top + side, start : start + side])
            taken.append(np.asarray(crop.resize((SIDE, SIDE), Image.Resampling.BILINEAR)))
    return np.stack(taken).astype(np.float32) / 255, np.tile(np.arange(len(parts)), per_class)


def vary(pictures: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """Mirror, change light and contrast, take the colour from a third: what is grey should not give a class away."""
    count = len(pictures)
    mirrored = random.random(count) < 0.5
    pictures[mirrored] = pictures[mirrored, :, ::-1]
    grey = random.random(count) < 0.33
    pictures[grey] = pictures[grey].mean(axis=3, keepdims=True)
    contrast = random.uniform(0.7, 1.3, (count, 1, 1, 1)).astype(np.float32)
    shift = random.uniform(-0.15, 0.15, (count, 1, 1, 1)).astype(np.float32)
    return np.clip((pictures - 0.5) * contrast + 0.5 + shift, 0, 1)


def train(network: keras.Model, parts: list[np.ndarray], random: np.random.Generator) -> None:
    steps = EPOCHS * TRAIN_PER_CLASS * len(parts) // BATCH
    rate = keras.optimizers.schedules.CosineDecay(2e-3, steps)
    network.compile(optimizer=keras.optimizers.Adam(rate), loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    for epoch in range(EPOCHS):
        # New crops in each round: the network should learn what a picture is made of, not its crops.
        pictures, classes = crops(parts, TRAIN_PER_CLASS, random)
        order = random.permutation(len(pictures))
        told = network.fit(vary(pictures[order], random), classes[order], batch_size=BATCH, shuffle=False, verbose=0)
        loss, accuracy = (told.history[name][-1] for name in ("loss", "accuracy"))
        print(f"round {epoch + 1} of {EPOCHS}: loss {loss:.3f}, accuracy {accuracy:.3f}", flush=True)


def write_examples(parts: list[np.ndarray]) -> list[dict[str, object]]:
    """Cut the labs' pictures from the parts and tell of each what it is."""
    names = list(PICTURES)
    told = []
    for file, (name, (left, top, width, height), whose) in EXAMPLES.items():
        part = parts[names.index(name)]
        Image.fromarray(part[top : top + height, left : left + width]).save(FOLDER / file, optimize=True)
        source = f"scikit-image's data.{PICTURES[name].__name__}: {whose}"
        told.append({"file": file, "class": name, "width": width, "height": height, "source": source})
    return told


def main() -> None:
    # Keras would rather have its newer format.
    warnings.filterwarnings("ignore")
    keras.utils.set_random_seed(42)
    random = np.random.default_rng(42)
    left, right = halves()
    network = build()
    print(f"{network.count_params():,} parameters")
    train(network, left, random)

    pictures, classes = crops(right, TEST_PER_CLASS, random)
    answers = network.predict(pictures, batch_size=BATCH, verbose=0).argmax(axis=1)
    accuracy = float(np.mean(answers == classes))
    print(f"accuracy on {len(pictures)} crops of the unseen parts: {accuracy:.3f}")

    FOLDER.mkdir(exist_ok=True)
    network.save(FOLDER / "lab-network.h5", include_optimizer=False)
    kernel, bias = network.get_layer("conv2d_1").get_weights()
    first = {"kernel": kernel.tolist(), "bias": bias.tolist()}
    (FOLDER / "first-layer.json").write_text(json.dumps(first, separators=(",", ":")) + "\n")
    about = {
        "classes": list(PICTURES),
        "accuracy": round(accuracy, 3),
        "unseenCrops": len(pictures),
        "pictures": write_examples(right),
    }
    (FOLDER / "about.json").write_text(json.dumps(about, indent=2) + "\n")
    for file in sorted(FOLDER.iterdir()):
        print(f"{file.name:16} {file.stat().st_size / 1000:8.0f} kB")


if __name__ == "__main__":
    main()
