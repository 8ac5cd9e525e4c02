"""Maps by fastumap (Rust), one thread, timed from rows in memory to positions in memory."""

from __future__ import annotations

from importlib.metadata import version
from typing import Any

import numpy as np
from answer_lines import Stopwatch, answer_lines, read_rows
from fastumap import umap_project


def fit(path: str, shape: tuple[int, int], seed: int, epochs: int, first: int | None = None) -> dict[str, Any]:
    """Map the rows, or the `first` of them."""
    rows = np.ascontiguousarray(read_rows(path, shape)[:first])
    watch = Stopwatch()
    umap_project(rows, 2, n_neighbors=15, min_dist=0.1, n_epochs=epochs, random_state=seed)
    return {"version": version("fastumap"), **watch.seconds()}


if __name__ == "__main__":
    answer_lines(fit)
