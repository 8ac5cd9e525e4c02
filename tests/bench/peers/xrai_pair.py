"""PAIR's XRAI with scikit-image, one thread: segments and ranking of a picture whose attributions are given."""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
from answer_lines import Stopwatch, answer_lines
from saliency.core import XRAI, XRAIParameters
from skimage.data import astronaut
from skimage.transform import resize

SIDE = 224


def picture() -> np.ndarray:
    """scikit-image's astronaut as a network takes it."""
    return resize(astronaut(), (SIDE, SIDE), order=1, anti_aliasing=True).astype(np.float32) * 2 - 1


def attributions() -> np.ndarray:
    """Waves across the picture, which no segment follows."""
    row, column = np.mgrid[:SIDE, :SIDE]
    return (np.sin(0.05 * row) * np.cos(0.031 * column) + 0.2 * np.sin(0.9 * column + 0.4 * row)).astype(np.float32)


def rank(folder: str | None = None, algorithm: str = "full") -> dict[str, Any]:
    """With a folder: write the picture and its attributions. Else rank."""
    if folder is not None:
        picture().tofile(Path(folder) / "picture.bin")
        attributions().tofile(Path(folder) / "attributions.bin")
        return {"version": f"saliency {version('saliency')}, scikit-image {version('scikit-image')}"}
    image = picture()
    base = np.repeat(attributions().astype(np.float64)[..., None], 3, axis=-1)
    options = XRAIParameters(return_xrai_segments=True, algorithm=algorithm)
    watch = Stopwatch()
    answer = XRAI().GetMaskWithDetails(image, None, base_attribution=base, extra_parameters=options)
    seconds = watch.seconds()
    return {**seconds, "areas": np.bincount(answer.segments.ravel())[1:].tolist()}


if __name__ == "__main__":
    answer_lines(rank)
