"""Write what Pillow makes of pictures in other sizes, for tests/unit/compute/images/resize-picture.test.ts.

Run with the environment of the oracles.txt beside this file:
.oracle-models/bin/python tests/reference/models/make-resize-goldens.py
"""

from __future__ import annotations

import hashlib
import json
from importlib.metadata import version
from pathlib import Path

import numpy as np
from PIL import Image

SIZES = [(7, 5), (64, 64), (150, 150), (224, 224), (31, 97), (97, 31), (200, 100), (1, 1), (3, 300), (299, 299)]
FILTERS = {
    "nearest": Image.Resampling.NEAREST,
    "bilinear": Image.Resampling.BILINEAR,
    "bicubic": Image.Resampling.BICUBIC,
    "lanczos": Image.Resampling.LANCZOS,
}


def picture(width: int, height: int, channels: int) -> np.ndarray:
    """Edges and noise by whole numbers alone, so that the test makes the same."""
    place = np.arange(width * height * channels, dtype=np.uint64)
    noise = (place * np.uint64(2654435761) % np.uint64(4294967296)) >> np.uint64(24)
    edges = np.where(place // np.uint64(17) % np.uint64(3) == 0, 255, noise)
    return edges.astype("u1").reshape(height, width, channels)


cases = []
for width, height in SIZES:
    for channels in (1, 3):
        pixels = picture(width, height, channels)
        image = Image.fromarray(pixels[..., 0] if channels == 1 else pixels)
        for wide, high in SIZES:
            for name, kind in FILTERS.items():
                resized = np.asarray(image.resize((wide, high), kind))
                cases.append(
                    {
                        "from": [width, height, channels],
                        "to": [wide, high],
                        "filter": name,
                        "sha256": hashlib.sha256(resized.tobytes()).hexdigest()[:16],
                    }
                )
goldens = {"made with": {name: version(name) for name in ("pillow", "numpy")}, "cases": cases}
path = Path(__file__).with_name("resize-goldens.json")
path.write_text(json.dumps(goldens).replace("}, {", "},\n{") + "\n")
print(len(cases), "cases")
