"""Write small JPEG files of many kinds and what libjpeg-turbo reads from them, for tests/unit/compute/images/.

Run with the environment of oracles.txt (Pillow comes with scikit-image):
.oracle/bin/python tests/reference/make-jpeg-goldens.py
"""

from __future__ import annotations

import base64
import io
import json
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image, features

random = np.random.default_rng(7)


def noise(width: int, height: int) -> Image.Image:
    """Every pixel by chance: what fills the codes of every block."""
    return Image.fromarray(random.integers(0, 256, (height, width, 3)).astype("u1"))


def blotches(width: int, height: int) -> Image.Image:
    """Smooth colours with some grain, as tissue has."""
    coarse = Image.fromarray(random.integers(60, 250, (4, 4, 3)).astype("u1"))
    smooth = np.asarray(coarse.resize((width, height), Image.Resampling.BICUBIC)).astype(int)
    return Image.fromarray(np.clip(smooth + random.integers(-9, 10, smooth.shape), 0, 255).astype("u1"))


def edges(width: int, height: int) -> Image.Image:
    """Full black beside full colours, where the transform leaves the range of a byte."""
    return Image.fromarray((random.integers(0, 2, (height, width, 3)) * 255).astype("u1"))


def flat(width: int, height: int) -> Image.Image:
    """One colour: blocks of nothing but their mean."""
    return Image.new("RGB", (width, height), (211, 84, 163))


def entry(name: str, picture: Image.Image, **options: Any) -> dict[str, Any]:
    """Encode a picture, and read it as libjpeg does."""
    file = io.BytesIO()
    picture.save(file, "JPEG", **options)
    read = Image.open(io.BytesIO(file.getvalue())).convert("RGB")
    return {
        "name": name,
        "jpeg": base64.b64encode(file.getvalue()).decode(),
        "width": read.width,
        "height": read.height,
        "pixels": base64.b64encode(read.tobytes()).decode(),
    }


HALVED, SIDEWAYS, FULL = 2, 1, 0
read = [
    entry("a tile", blotches(64, 64), quality=85),
    entry("a tile of full colours", blotches(40, 40), quality=90, subsampling=FULL),
    entry("sides that are no whole blocks", blotches(37, 23), quality=80),
    entry("sides that are no whole blocks, of full colours", blotches(21, 27), quality=80, subsampling=FULL),
    entry("hardly more than a block", blotches(17, 18), quality=75),
    entry("a line", blotches(48, 1), quality=90),
    entry("five columns", blotches(5, 20), quality=90),
    entry("noise at the best quality", noise(32, 24), quality=100, subsampling=HALVED),
    entry("noise at the best quality, of full colours", noise(24, 24), quality=100, subsampling=FULL),
    entry("black beside colours", edges(40, 24), quality=95),
    entry("black beside colours, roughly", edges(40, 24), quality=12),
    entry("hardly anything left", blotches(48, 32), quality=2),
    entry("one colour", flat(33, 20), quality=85),
    entry("codes of its own", blotches(56, 40), quality=70, optimize=True),
    entry("codes of its own for noise", noise(32, 32), quality=97, optimize=True),
    entry("a restart after every unit", blotches(48, 32), quality=85, restart_marker_blocks=1),
    entry("a restart after every row", blotches(64, 48), quality=85, restart_marker_rows=1),
    entry("more restarts than have numbers", noise(96, 64), quality=60, restart_marker_blocks=2),
]
refused = [
    entry("in passes", blotches(32, 32), progressive=True),
    entry("grey", blotches(32, 32).convert("L")),
    entry("colours halved one way", blotches(32, 32), subsampling=SIDEWAYS),
    entry("four inks", blotches(16, 16).convert("CMYK")),
    entry("two columns", blotches(4, 20)),
    entry("large", flat(170, 160)),
]
goldens = {
    "from": f"Pillow {version('Pillow')}, libjpeg-turbo {features.version_feature('libjpeg_turbo')}",
    "read": read,
    "refused": [{"name": each["name"], "jpeg": each["jpeg"]} for each in refused],
}
(Path(__file__).parent / "jpeg-goldens.json").write_text(json.dumps(goldens, indent=1) + "\n")
