"""Rows placed by umap-learn in a map that has not seen them, one thread; the transform alone is timed."""

from __future__ import annotations

import warnings
from importlib.metadata import version
from typing import Any

import numpy as np
from answer_lines import Stopwatch, answer_lines, read_rows
from umap import UMAP

warnings.filterwarnings("ignore")


def transform(path: str, shape: tuple[int, int], fitted: int, seed: int, epochs: int, layout: str) -> dict[str, Any]:
    """Fit the first rows, place the others once to have all compiled, place them again; write where all lie."""
    rows = read_rows(path, shape)
    umap = UMAP(n_neighbors=15, min_dist=0.1, n_epochs=epochs, random_state=seed, n_jobs=1)
    positions = umap.fit_transform(rows[:fitted])
    umap.transform(rows[fitted:])
    watch = Stopwatch()
    placed = umap.transform(rows[fitted:])
    seconds = watch.seconds()
    np.concatenate([positions, placed]).astype(np.float32).tofile(layout)
    return {"version": version("umap-learn"), **seconds}


if __name__ == "__main__":
    answer_lines(transform)
