"""Write what umap-learn says about scikit-learn's digits, for tests/unit/compute/umap.

Run with the environment of oracles.txt: .oracle/bin/python tests/reference/make-umap-goldens.py
Writes umap-digits.json, digits.bin (uint8, 1,797 x 64, row-major) and digits-labels.bin (uint8, 1,797).
"""

from __future__ import annotations

import json
import warnings
from importlib.metadata import version
from pathlib import Path

import numpy as np
from sklearn.datasets import load_digits
from sklearn.manifold import trustworthiness
from sklearn.metrics import pairwise_distances
from umap import UMAP
from umap.umap_ import find_ab_params, fuzzy_simplicial_set

FOLDER = Path(__file__).parent
NEIGHBORS = 15
METRICS = ("euclidean", "cosine", "correlation", "manhattan")
ROWS = (0, 1, 7, 100, 512, 777, 1234, 1500, 1796)
CURVES = (
    (1.0, 0.1),
    (1.0, 0.0),
    (1.0, 0.5),
    (1.0, 0.99),
    (2.0, 0.1),
    (0.5, 0.25),
    (5.0, 1.0),
)
SEEDS = (1, 2, 3)


def order_by_distance(distances: np.ndarray) -> np.ndarray:
    """Column order of each row, nearest first, equals by column, the row itself before all."""
    distances = distances.copy()
    np.fill_diagonal(distances, -1.0)
    return np.argsort(distances, axis=1, kind="stable")


def graph_of(points: np.ndarray, metric: str, **options: float) -> dict[str, object]:
    distances = pairwise_distances(points, metric=metric)
    np.fill_diagonal(distances, 0.0)
    indices = order_by_distance(distances)[:, :NEIGHBORS]
    nearest = np.take_along_axis(distances, indices, axis=1).astype(np.float32)
    graph, sigmas, rhos = fuzzy_simplicial_set(
        points,
        NEIGHBORS,
        np.random.RandomState(0),
        metric,
        knn_indices=indices.astype(np.int32),
        knn_dists=nearest,
        **options,
    )
    graph = graph.tocsr()
    graph.sort_indices()
    return {
        "metric": metric,
        "options": options,
        "edges": int(graph.nnz),
        "weight": float(graph.sum()),
        "rows": [
            {
                "row": row,
                "distances": nearest[row, 1:].tolist(),
                "rho": float(rhos[row]),
                "sigma": float(sigmas[row]),
                "columns": graph[row].indices.tolist(),
                "weights": graph[row].data.tolist(),
            }
            for row in ROWS
        ],
    }


def preservation(points: np.ndarray, layout: np.ndarray) -> float:
    """Share of the 15 nearest rows of the input that are among the 15 nearest of the layout."""
    before = order_by_distance(pairwise_distances(points))[:, 1 : NEIGHBORS + 1]
    after = order_by_distance(pairwise_distances(layout))[:, 1 : NEIGHBORS + 1]
    shared = [len(np.intersect1d(a, b)) for a, b in zip(before, after, strict=True)]
    return float(np.mean(shared) / NEIGHBORS)


def quality_of(points: np.ndarray, seed: int) -> dict[str, float]:
    layout = UMAP(random_state=seed, n_jobs=1).fit_transform(points)
    return {
        "seed": seed,
        "trustworthiness": float(trustworthiness(points, layout, n_neighbors=NEIGHBORS)),
        "preservation": preservation(points, layout),
    }


def main() -> None:
    warnings.filterwarnings("ignore")
    digits = load_digits()
    pixels = digits.data.astype(np.uint8)
    (FOLDER / "digits.bin").write_bytes(pixels.tobytes())
    (FOLDER / "digits-labels.bin").write_bytes(digits.target.astype(np.uint8).tobytes())
    points = pixels.astype(np.float64)

    graphs = [graph_of(points, metric) for metric in METRICS]
    graphs.append(graph_of(points, "euclidean", local_connectivity=2.5, set_op_mix_ratio=0.4))
    curves = [
        {
            "spread": spread,
            "minDist": min_dist,
            **dict(zip("ab", map(float, find_ab_params(spread, min_dist)), strict=True)),
        }
        for spread, min_dist in CURVES
    ]
    seeds = [quality_of(points.astype(np.float32), seed) for seed in SEEDS]
    golden = {
        "versions": {name: version(name) for name in ("umap-learn", "scikit-learn", "numpy", "scipy", "numba")},
        "neighbors": NEIGHBORS,
        "graphs": graphs,
        "curves": curves,
        "quality": {
            "seeds": seeds,
            "trustworthiness": float(np.mean([each["trustworthiness"] for each in seeds])),
            "preservation": float(np.mean([each["preservation"] for each in seeds])),
        },
    }
    (FOLDER / "umap-digits.json").write_text(json.dumps(golden, indent=1) + "\n")


if __name__ == "__main__":
    main()
