"""Write what NumPy and SciPy say of boxes and densities, for tests/unit/statistics/boxes.

Run with the environment of oracles.txt: .oracle/bin/python tests/reference/make-box-goldens.py
Writes box-goldens.json. Quantiles are NumPy's ("linear"). Whiskers and outliers are by matplotlib's rule
(`matplotlib.cbook.boxplot_stats`, 1.5 times the quartiles' distance), written out here in other words: with matplotlib
3.11.2 it gives the same numbers for every case. Densities are those of `scipy.stats.gaussian_kde`, Scott's bandwidth.
"""

from __future__ import annotations

import base64
import json
from importlib.metadata import version
from pathlib import Path

import numpy as np
from scipy.stats import gaussian_kde

FOLDER = Path(__file__).parent
GRID = 128


def cases() -> dict[str, np.ndarray]:
    random = np.random.default_rng(11)
    return {
        "a bell": random.normal(3, 0.5, 2000),
        "two hills": np.concatenate([random.normal(-2, 0.3, 400), random.normal(1, 0.8, 800)]),
        "many zeros": np.maximum(0, random.normal(-0.3, 1, 1500)),
        "far outliers": random.standard_cauchy(900),
        "far from zero": random.normal(1e6, 1, 500),
        "five": np.array([5, 1, 4, 2, 3.0]),
        "four": np.array([1, 2, 4, 8.0]),
        "two": np.array([2, 1.0]),
        "nothing between box and whiskers": np.array([0, 0, 0, 0, 0, 0, 7, 100.0]),
        "nothing between whiskers and box": np.array([100, 100, 100, 100, 100, 100, 93, 0.0]),
        "more than 200 outliers": np.concatenate([random.uniform(0, 1, 3000), random.uniform(5, 6, 320)]),
    }


def box(values: np.ndarray) -> dict[str, object]:
    q1, median, q3 = np.percentile(values, [25, 50, 75])
    reach = 1.5 * (q3 - q1)
    low = min(values[values >= q1 - reach].min(), q1)
    high = max(values[values <= q3 + reach].max(), q3)
    outliers = np.sort(values[(values < low) | (values > high)])
    return {
        "mean": values.mean(),
        "min": values.min(),
        "q1": q1,
        "median": median,
        "q3": q3,
        "max": values.max(),
        "whiskerLow": low,
        "whiskerHigh": high,
        "outliers": packed(outliers, "<f4"),
    }


def packed(numbers: np.ndarray, kind: str) -> str:
    return base64.b64encode(np.ascontiguousarray(numbers, dtype=kind).tobytes()).decode()


def main() -> None:
    golden: dict[str, object] = {"versions": {name: version(name) for name in ("numpy", "scipy")}, "cases": []}
    for name, exact in cases().items():
        single = exact.astype(np.float32)
        values = single.astype(np.float64)
        heights = gaussian_kde(values)(np.linspace(values.min(), values.max(), GRID))
        golden["cases"].append(
            {"name": name, "values": packed(single, "<f4"), "box": box(values), "density": packed(heights, "<f8")}
        )
    (FOLDER / "box-goldens.json").write_text(json.dumps(golden) + "\n")


if __name__ == "__main__":
    main()
