"""Write what Slideflow's own `inferno`, `oranges` and `overlay` give, for the tests of plot_utils in both languages.

Run with matplotlib 3.11.2, Pillow 13.0.0 and NumPy, and the file of Slideflow's wheel, which needs nothing else of it:
pip download --no-deps slideflow==3.0.2, unpack it, then python tests/reference/make-plot-utils-goldens.py
slideflow/grad/plot_utils.py. Writes saliency/plot-utils-goldens.json; null stands for NaN.
"""

from __future__ import annotations

import json
import runpy
import sys
from importlib.metadata import version
from pathlib import Path

import numpy as np

HEIGHT, WIDTH = 9, 14

slideflow = runpy.run_path(sys.argv[1])
places = np.arange(HEIGHT * WIDTH * 3)
picture = ((places * 29 + places // 5 * 17) % 256).astype(np.uint8).reshape(HEIGHT, WIDTH, 3)
mask = np.round(np.abs(np.sin(np.arange(HEIGHT * WIDTH) * 0.7)), 4).reshape(HEIGHT, WIDTH)
# The last but one is below a colour's edge by less than single precision tells.
numbers = np.array([-0.5, 0, 1 / 256, 0.25, 0.5, 255 / 256, 1, 1.5, np.nan, 0.5 - 1e-12, 0.75])
indices = np.array([-3, 0, 1, 128, 255, 256, 1000], dtype=np.int32)
told = {
    "provenance": ", ".join(f"{name} {version(name)}" for name in ("matplotlib", "Pillow", "numpy"))
    + ", slideflow 3.0.2",
    "numbers": [None if np.isnan(number) else number for number in numbers.tolist()],
    "indices": indices.tolist(),
    **{
        name: {"numbers": slideflow[name](numbers).tolist(), "indices": slideflow[name](indices).tolist()}
        for name in ("inferno", "oranges")
    },
    "overlay": {
        "shape": [HEIGHT, WIDTH],
        "picture": picture.ravel().tolist(),
        "mask": mask.ravel().tolist(),
        "bytes": slideflow["overlay"](picture, mask).ravel().tolist(),
    },
}
Path(__file__).with_name("saliency").joinpath("plot-utils-goldens.json").write_text(json.dumps(told) + "\n")
