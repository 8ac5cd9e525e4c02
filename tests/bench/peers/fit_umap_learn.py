"""Maps by umap-learn, one thread, timed from rows in memory to positions in memory."""

from __future__ import annotations

import warnings
from importlib.metadata import version
from typing import Any

import numpy as np
from answer_lines import Stopwatch, answer_lines, read_rows
from umap import UMAP

NEIGHBORS = 15

# That random_state gives up threads, and that a graph falls into pieces: nothing that a table needs.
warnings.filterwarnings("ignore")


def others_of(row: int, neighbors: np.ndarray) -> list[int]:
    """The nearest rows without the row itself, one less than umap-learn counts."""
    return neighbors[neighbors != row][: NEIGHBORS - 1].tolist()


def fit(
    path: str,
    shape: tuple[int, int],
    seed: int,
    epochs: int,
    first: int | None = None,
    layout: str | None = None,
    asked: list[int] | None = None,
) -> dict[str, Any]:
    """Map the rows (or the `first` of them), write the layout, give back the neighbours found for the rows asked."""
    rows = np.ascontiguousarray(read_rows(path, shape)[:first])
    watch = Stopwatch()
    umap = UMAP(n_neighbors=NEIGHBORS, min_dist=0.1, n_epochs=epochs, random_state=seed, n_jobs=1)
    positions = umap.fit_transform(rows)
    seconds = watch.seconds()
    if layout:
        positions.astype(np.float32).tofile(layout)
    found = [others_of(row, umap._knn_indices[row]) for row in asked or []]
    return {"version": version("umap-learn"), **seconds, "found": found}


if __name__ == "__main__":
    answer_lines(fit)
