"""Keras on PyTorch, one thread: a saved network to its first prediction."""

from __future__ import annotations

import os
from typing import Any

os.environ["KERAS_BACKEND"] = "torch"

import keras
import numpy as np
from answer_lines import Stopwatch, answer_lines


def load(file: str | None = None) -> dict[str, Any]:
    """Without a file: say that all is imported."""
    if file is None:
        return {"version": keras.__version__}
    # As sampleNumbers makes them.
    numbers = (np.arange(1, 224 * 224 * 3 + 1) * 0.6180339887498949) % 1
    picture = numbers.astype(np.float32).reshape(1, 224, 224, 3)
    watch = Stopwatch()
    predictions = keras.models.load_model(file, compile=False).predict(picture, verbose=0)
    return {**watch.seconds(), "predictions": predictions[0].tolist()}


if __name__ == "__main__":
    answer_lines(load)
