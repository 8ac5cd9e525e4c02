"""Write what scikit-learn says about the quality of a layout, for tests/unit/compute/umap/quality.test.ts.

Run with the environment of oracles.txt: .oracle/bin/python tests/reference/make-quality-goldens.py
Writes umap-quality.json: 300 rows of 8 columns, a layout of two and its quality for several k and metrics.
"""

from __future__ import annotations

import json
from importlib.metadata import version
from pathlib import Path

import numpy as np
from sklearn.manifold import trustworthiness
from sklearn.metrics import pairwise_distances

FOLDER = Path(__file__).parent
ROWS = 300


def nearest(points: np.ndarray, k: int, metric: str) -> np.ndarray:
    distances = pairwise_distances(points, metric=metric)
    np.fill_diagonal(distances, np.inf)
    return np.argsort(distances, axis=1, kind="stable")[:, :k]


def continuity(points: np.ndarray, layout: np.ndarray, k: int, metric: str) -> float:
    """Trustworthiness with input and layout exchanged (Venna and Kaski 2001): ranks are those of the layout."""
    near = nearest(points, k, metric)
    order = nearest(layout, len(layout) - 1, "euclidean")
    ranks = np.zeros((len(layout), len(layout)), dtype=int)
    np.put_along_axis(ranks, order, np.arange(1, len(layout)), axis=1)
    beyond = np.take_along_axis(ranks, near, axis=1) - k
    rows = len(points)
    return float(1 - 2 / (rows * k * (2 * rows - 3 * k - 1)) * beyond[beyond > 0].sum())


def preservation(points: np.ndarray, layout: np.ndarray, k: int, metric: str) -> list[float]:
    pairs = zip(nearest(points, k, metric), nearest(layout, k, "euclidean"), strict=True)
    return [len(np.intersect1d(before, after)) / k for before, after in pairs]


def main() -> None:
    random = np.random.default_rng(5)
    centres = random.normal(size=(6, 8)) * 2
    points = (centres[np.arange(ROWS) % 6] + random.normal(size=(ROWS, 8))).astype(np.float32)
    layout = (points[:, :2] + random.normal(size=(ROWS, 2)) * 0.3).astype(np.float32)
    cases = []
    for metric in ("euclidean", "cosine", "correlation", "manhattan"):
        for k in (1, 15, 149):
            per_row = preservation(points, layout, k, metric)
            cases.append(
                {
                    "metric": metric,
                    "k": k,
                    "trustworthiness": float(trustworthiness(points, layout, n_neighbors=k, metric=metric)),
                    "continuity": continuity(points, layout, k, metric),
                    "preservation": float(np.mean(per_row)),
                    "perRow": [round(share, 6) for share in per_row[:20]],
                }
            )
    golden = {
        "versions": {name: version(name) for name in ("scikit-learn", "numpy", "scipy")},
        "points": points.ravel().tolist(),
        "layout": layout.ravel().tolist(),
        "cases": cases,
    }
    (FOLDER / "umap-quality.json").write_text(json.dumps(golden) + "\n")


if __name__ == "__main__":
    main()
