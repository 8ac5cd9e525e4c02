"""Write what scikit-learn's PCA says about digits, for tests/unit/compute/umap/reduce.test.ts.

Run with the environment of oracles.txt: .oracle/bin/python tests/reference/make-pca-goldens.py
Writes umap-pca.json: the variances of the first 20 principal components, and the scores of some rows on the first 5.
"""

from __future__ import annotations

import json
from importlib.metadata import version
from pathlib import Path

from sklearn.datasets import load_digits
from sklearn.decomposition import PCA

FOLDER = Path(__file__).parent
COMPONENTS = 20
SHOWN = 5
ROWS = (0, 7, 512, 1796)


def main() -> None:
    points = load_digits().data
    reduction = PCA(COMPONENTS, svd_solver="full").fit(points)
    scores = reduction.transform(points)
    golden = {
        "versions": {name: version(name) for name in ("scikit-learn", "numpy", "scipy")},
        "variances": reduction.explained_variance_.tolist(),
        "scores": [{"row": row, "scores": scores[row, :SHOWN].tolist()} for row in ROWS],
    }
    (FOLDER / "umap-pca.json").write_text(json.dumps(golden) + "\n")


if __name__ == "__main__":
    main()
