"""Pack what Slideflow 3.0.2 answered about 900 tiles for tests/unit/statistics/slideflow-run.test.ts.

Run with NumPy: python tests/reference/pack-slideflow-statistics.py RUN
RUN is the folder of a run of Slideflow (PyTorch backend): features.npz with the activations of each slide
(`act_<slide>`, tiles x units, float32), stats.json and stats/slide_level_summary.csv as `DatasetFeatures.stats` gave
them. It is a record, not part of `make goldens`: Slideflow needs an environment of its own.

Writes statistics-slideflow.bin (900 x 40 float32, little-endian, slide after slide) and statistics-slideflow.json: the
slides with their tiles and classes, F and p of every unit at both levels, of the shares above 0.5 too, the rankings,
and the summary file's order of units and its slides' means. The summary file itself is copied, byte for byte, to
slide-level-summary.csv.
"""

from __future__ import annotations

import csv
import json
import sys
from pathlib import Path

import numpy as np

FOLDER = Path(__file__).parent


def columns(answers: dict[str, dict[str, float]]) -> dict[str, list[float]]:
    """{unit: {f, p}} as one list of each, by unit."""
    units = sorted(answers, key=int)
    return {name: [answers[unit][name] for unit in units] for name in ("f", "p")}


def main() -> None:
    run = Path(sys.argv[1])
    features = np.load(run / "features.npz")
    stats = json.loads((run / "stats.json").read_text())
    names = sorted(name.removeprefix("act_") for name in features if name.startswith("act_"))
    activations = [features[f"act_{name}"] for name in names]
    with (run / "stats" / "slide_level_summary.csv").open() as file:
        header, *rows = csv.reader(file)
    classes = dict(row[:2] for row in rows)
    golden = {
        "source": "Slideflow 3.0.2 (Apache-2.0), PyTorch backend: stats() of 900 synthetic tiles of 6 slides",
        "slides": [
            {"name": name, "label": classes[name], "tiles": len(tiles)}
            for name, tiles in zip(names, activations, strict=True)
        ],
        "units": activations[0].shape[1],
        "tile": columns(stats["tile"]),
        "slide": columns(stats["slide"]),
        "threshold": 0.5,
        "slideByThreshold": columns(stats["threshold_0.5"]["slide"]),
        "bySlide": stats["rank_slide_p"],
        "byTile": stats["rank_tile_p"],
        "summary": {
            "units": [int(name.removeprefix("Feature_")) for name in header[2:]],
            "means": [[float(value) for value in row[2:]] for row in rows if row[0] in names],
        },
    }
    (FOLDER / "slide-level-summary.csv").write_bytes((run / "stats" / "slide_level_summary.csv").read_bytes())
    (FOLDER / "statistics-slideflow.bin").write_bytes(np.concatenate(activations).astype("<f4").tobytes())
    (FOLDER / "statistics-slideflow.json").write_text(json.dumps(golden) + "\n")


if __name__ == "__main__":
    main()
