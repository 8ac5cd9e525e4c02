"""Write what umap-learn's transform says about digits, for tests/unit/compute/umap/transform.test.ts.

Run with the environment of oracles.txt: .oracle/bin/python tests/reference/make-transform-goldens.py
Writes umap-transform.json: a map of the first 1,500 digits, and 297 others placed in it. The share of those whose
15 nearest rows of the map vote for their own digit is the figure to reach.
"""

from __future__ import annotations

import json
import warnings
from importlib.metadata import version
from pathlib import Path

import numpy as np
from sklearn.datasets import load_digits
from sklearn.metrics import pairwise_distances
from sklearn.neighbors import KNeighborsClassifier
from umap import UMAP
from umap.umap_ import compute_membership_strengths, smooth_knn_dist

FOLDER = Path(__file__).parent
FITTED = 1500
NEIGHBORS = 15
SEEDS = (1, 2, 3)
QUERIES = (0, 5, 100, 296)


def strengths(points: np.ndarray, queries: np.ndarray, local_connectivity: float) -> list[dict[str, object]]:
    """The strengths of each query's nearest rows, as `UMAP.transform` computes them."""
    distances = pairwise_distances(queries, points)
    indices = np.argsort(distances, axis=1, kind="stable")[:, :NEIGHBORS]
    nearest = np.take_along_axis(distances, indices, axis=1).astype(np.float32)
    sigmas, rhos = smooth_knn_dist(
        nearest, float(NEIGHBORS), local_connectivity=float(max(0.0, local_connectivity - 1.0))
    )
    _, _, weights, _ = compute_membership_strengths(indices.astype(np.int32), nearest, sigmas, rhos, bipartite=True)
    weights = weights.reshape(nearest.shape)
    return [
        {"query": query, "indices": indices[query].tolist(), "weights": weights[query].tolist()} for query in QUERIES
    ]


def main() -> None:
    warnings.filterwarnings("ignore")
    digits = load_digits()
    points = digits.data.astype(np.float32)
    fitted, queries = points[:FITTED], points[FITTED:]
    accuracies = []
    for seed in SEEDS:
        mapper = UMAP(random_state=seed, n_jobs=1).fit(fitted)
        placed = mapper.transform(queries)
        vote = KNeighborsClassifier(NEIGHBORS).fit(mapper.embedding_, digits.target[:FITTED])
        accuracies.append(float(vote.score(placed, digits.target[FITTED:])))
    golden = {
        "versions": {name: version(name) for name in ("umap-learn", "scikit-learn", "numpy", "scipy", "numba")},
        "fitted": FITTED,
        "accuracies": accuracies,
        "accuracy": float(np.mean(accuracies)),
        "strengths": [
            {"localConnectivity": connectivity, "queries": strengths(fitted, queries, connectivity)}
            for connectivity in (1.0, 2.5)
        ],
    }
    (FOLDER / "umap-transform.json").write_text(json.dumps(golden) + "\n")


if __name__ == "__main__":
    main()
