"""Write JPEGs of scikit-image's pictures in many qualities, and what Pillow reads of them: measure-jpeg-decoding.ts.

Run with the environment of tests/requirements.txt:
.venv/bin/python tests/reference/write-jpeg-pictures.py FILE
"""

from __future__ import annotations

import base64
import io
import json
import sys
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image, features
from skimage import data

PICTURES = ("astronaut", "chelsea", "coffee", "hubble_deep_field", "immunohistochemistry", "retina", "rocket")
#: Pixels of the middle: a tile that the page's own kernel reads, and more than it takes, in no whole blocks.
SIDES = {"small": (128, 128), "large": (397, 299)}
QUALITIES = (50, 75, 90, 98)
SUBSAMPLINGS = {"4:4:4": 0, "4:2:2": 1, "4:2:0": 2}


def middle(name: str, size: tuple[int, int]) -> Image.Image:
    pixels = np.asarray(getattr(data, name)())[..., :3]
    (height, width), (wide, high) = pixels.shape[:2], size
    top, left = (height - high) // 2, (width - wide) // 2
    return Image.fromarray(pixels[top : top + high, left : left + wide])


def entry(kind: str, picture: Image.Image, **options: Any) -> dict[str, Any]:
    """Encode a picture, and read it as Pillow does."""
    file = io.BytesIO()
    picture.save(file, "JPEG", **options)
    read = Image.open(io.BytesIO(file.getvalue())).convert("RGB")
    return {
        "kind": kind,
        "width": read.width,
        "height": read.height,
        "jpeg": base64.b64encode(file.getvalue()).decode(),
        "pixels": base64.b64encode(read.tobytes()).decode(),
        "before": base64.b64encode(picture.convert("RGB").tobytes()).decode(),
    }


def main(path: Path) -> None:
    entries = []
    for name in PICTURES:
        for side, size in SIDES.items():
            picture = middle(name, size)
            for sampling, number in SUBSAMPLINGS.items():
                for quality in QUALITIES:
                    entries.append(entry(f"{side}, {sampling}", picture, quality=quality, subsampling=number))
            for quality in QUALITIES:
                entries.append(entry(f"{side}, in passes", picture, quality=quality, progressive=True))
                entries.append(entry(f"{side}, grey", picture.convert("L"), quality=quality))
    turbo = features.version_feature("libjpeg_turbo")
    path.write_text(json.dumps({"from": f"Pillow {version('Pillow')}, libjpeg-turbo {turbo}", "entries": entries}))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
