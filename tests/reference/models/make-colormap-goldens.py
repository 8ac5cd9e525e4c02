"""Write matplotlib's colours, and what Pillow makes of a map over a picture, for tests/unit/saliency/drawing.

Run with the environment of oracles.txt: .oracle-models/bin/python tests/reference/models/make-colormap-goldens.py
Writes ../saliency/colormap-goldens.json: for each colour map its 256 colours, cut off to bytes, in base64; the colours
of shares around a step's edge; and for a picture and a map with formulas the overlay as Slideflow 3.0.2 makes it.
"""

from __future__ import annotations

import base64
import json
from importlib.metadata import version
from pathlib import Path

import matplotlib
import numpy as np
from PIL import Image

HEIGHT, WIDTH = 12, 16


def cut_off(name: str, shares: np.ndarray) -> np.ndarray:
    """Of a colour's numbers, 0 to 1, the bytes that `(cmap(v) * 255).astype(uint8)` gives."""
    colors = matplotlib.colormaps[name](shares)
    return (colors * 255).astype(np.uint8)


def overlay(picture: np.ndarray, shares: np.ndarray) -> np.ndarray:
    """As `slideflow.grad.plot_utils.saliency_map_overlay` lays Oranges over a picture."""
    base = Image.fromarray(picture).convert("RGBA")
    colors = Image.fromarray(cut_off("Oranges", shares))
    colors.putalpha(int(0.6 * 255))
    base.paste(colors, (0, 0), colors)
    return np.asarray(base.convert("RGB"))


places = np.arange(HEIGHT * WIDTH * 3)
picture = ((places * 37 + places // 7 * 11) % 256).astype(np.uint8).reshape(HEIGHT, WIDTH, 3)
shares = (np.arange(HEIGHT * WIDTH, dtype=np.float32) / np.float32(HEIGHT * WIDTH - 1)).reshape(HEIGHT, WIDTH)
edges = np.array([-0.5, 0, 1 / 512, 1 / 256, 0.25, 0.49999997, 0.5, 255 / 256, 0.9999999, 1, 1.5], dtype=np.float32)
packages = ", ".join(f"{name} {version(name)}" for name in ("matplotlib", "Pillow", "numpy"))
told = {
    "provenance": packages,
    "tables": {
        ours: base64.b64encode(cut_off(theirs, np.arange(256))[:, :3].tobytes()).decode()
        for ours, theirs in {"inferno": "inferno", "viridis": "viridis", "oranges": "Oranges", "grey": "gray"}.items()
    },
    "edges": edges.tolist(),
    "colorsAtEdges": cut_off("inferno", edges).tolist(),
    "overlay": {
        "height": HEIGHT,
        "width": WIDTH,
        "picture": picture.ravel().tolist(),
        "bytes": overlay(picture, shares).ravel().tolist(),
    },
}
Path(__file__).parents[1].joinpath("saliency", "colormap-goldens.json").write_text(json.dumps(told) + "\n")
