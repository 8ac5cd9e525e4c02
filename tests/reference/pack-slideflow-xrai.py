"""Pack what PAIR's saliency 0.2.1 and Slideflow 3.0.2 made of known pictures by XRAI, for tests/unit/saliency.

Run with NumPy: python tests/reference/pack-slideflow-xrai.py ANSWERS RUN
ANSWERS and RUN are those of pack-slideflow-saliency.py. It is a record, not part of `make goldens`: Slideflow needs an
environment of its own.

Writes saliency/pair-xrai.json (rank, area and value of each region of attributions and segments that have a formula)
and saliency/slideflow-xrai.bin.gz: of the run's 64 x 64 picture the mean integrated gradients (float32, height x width
x 3), the masks of the full and of the fast ranking (float32), Slideflow's maps of both (float32), the ranks of the full
one (a byte each), and the 321 segments (eight places a byte, the first the highest bit).
"""

from __future__ import annotations

import gzip
import json
import sys
from pathlib import Path

import numpy as np

FOLDER = Path(__file__).parent / "saliency"


def main() -> None:
    answers = json.loads(Path(sys.argv[1]).read_text())
    (FOLDER / "pair-xrai.json").write_text(
        json.dumps({"source": "PAIR's saliency 0.2.1 (Apache-2.0)", **answers["xrai"]}) + "\n"
    )
    run = np.load(Path(sys.argv[2]) / "grad" / "synthetic.npz")
    floats = ("raw_xrai_ig_attribution_mean", "raw_xrai_mask", "raw_xrai_fast_mask", "map_xrai", "map_xrai_fast")
    arrays = [run[name].astype("<f4") for name in floats]
    arrays += [run["raw_xrai_rank"].astype(np.uint8), run["raw_xrai_input_segments_packbits"]]
    numbers = b"".join(array.tobytes() for array in arrays)
    (FOLDER / "slideflow-xrai.bin.gz").write_bytes(gzip.compress(numbers, 9, mtime=0))


if __name__ == "__main__":
    main()
