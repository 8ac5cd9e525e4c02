"""Write the files that NumPy makes of some arrays, for tests/unit/export/npy.test.ts.

Run with the environment of oracles.txt: .oracle/bin/python tests/reference/make-npy-goldens.py
Writes npy-goldens.json: for each shape what `numpy.save` writes of 0, 0.5, 1, ... in single precision, in base64.
"""

from __future__ import annotations

import base64
import io
import json
from importlib.metadata import version
from pathlib import Path

import numpy as np

# Of the last but one the header ends where its padding would: NumPy then pads by a whole line.
SHAPES: list[tuple[int, ...]] = [(), (3,), (2, 3), (0, 4), (2, 1, 3, 4), (0,) + (1,) * 11 + (10, 10), (1,) * 17]


def saved(shape: tuple[int, ...]) -> str:
    file = io.BytesIO()
    count = int(np.prod(shape))
    np.save(file, (np.arange(count, dtype=np.float32) / 2).reshape(shape))
    return base64.b64encode(file.getvalue()).decode()


files = [{"shape": shape, "file": saved(shape)} for shape in SHAPES]
told = {"provenance": f"numpy {version('numpy')}, numpy.save", "files": files}
Path(__file__).with_name("npy-goldens.json").write_text(json.dumps(told, indent=1) + "\n")
