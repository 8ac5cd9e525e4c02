"""Write ResNet50 and a network like VGG with seeded weights as Keras' .h5 files of 100 MB, for the benchmarks.

Run with the environment of tests/reference/models/oracles.txt:
KERAS_BACKEND=torch .oracle-models/bin/python tests/bench/data/make-keras-files.py FOLDER

Nothing is trained and nothing is fetched. The weights of the one lie in convolutions, which ONNX has the other way
round, those of the other in a dense layer, which it takes as they are. (ConvNeXtTiny would be another, but Keras 3.15
can't read its own .h5 of it.)
"""

from __future__ import annotations

import sys
import warnings
from pathlib import Path

import keras
from keras import layers


def vgg() -> keras.Model:
    """Convolutions and pools down to 7 x 7 places, then nearly all of the weights in one layer."""
    blocks = [
        step
        for filters in (32, 64, 128, 256, 256)
        for step in (layers.Conv2D(filters, 3, padding="same", activation="relu"), layers.MaxPooling2D())
    ]
    head = [layers.Flatten(), layers.Dense(2000, activation="relu"), layers.Dense(1000, activation="softmax")]
    return keras.Sequential([layers.Input((224, 224, 3)), *blocks, *head])


def main(folder: Path) -> None:
    # Keras would rather have its newer format.
    warnings.filterwarnings("ignore")
    folder.mkdir(parents=True, exist_ok=True)
    for name, network in (("resnet50", lambda: keras.applications.ResNet50(weights=None)), ("vgg", vgg)):
        keras.utils.set_random_seed(1)
        network().save(folder / f"{name}.h5")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
