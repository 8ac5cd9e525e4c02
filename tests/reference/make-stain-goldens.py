"""Write what torchstain and scikit-image say about pictures, for tests/unit/compute/images/.

Run with the environment of oracles.txt: .oracle/bin/python tests/reference/make-stain-goldens.py

Tiles: scikit-image's immunohistochemistry picture as it is, and the same tissue drawn with haematoxylin and eosin
(its own two concentrations, mixed with the vectors of the default target). Each of the two at three places.

Writes stain-tiles.bin (the tiles, then for each method the tiles that torchstain makes of them: red, green, blue,
8 bits each), stain-goldens.json (what lies where, what torchstain fits to each tile) and area-means.json (what
scikit-image's resize_local_mean says of the first tile). Slideflow's "reinhard" and "macenko" are torchstain's with the
brightness made standard first (their `standardize_brightness`: NumPy's 90th percentile made 255), those with a mask
leave L of 93 and above as it is; its own numbers are not to be had without TensorFlow or PyTorch.
"""

from __future__ import annotations

import json
from importlib.metadata import version
from pathlib import Path

import numpy as np
from skimage.color import rgb2hed
from skimage.data import immunohistochemistry
from skimage.transform import resize_local_mean
from torchstain.numpy.normalizers import NumpyMacenkoNormalizer, NumpyReinhardNormalizer
from torchstain.numpy.utils.rgb2lab import rgb2lab

FOLDER = Path(__file__).parent
SIDE = 40
CORNERS = ((40, 60), (210, 300), (400, 130))
LIGHT = 255
WHITE = 0.93
# Slideflow's fits "v3" (slideflow/norm/utils.py, fit_presets).
REINHARD = ((65.22132, 28.934267, -14.142519), (15.800227, 9.263783, 6.0213304))
REINHARD_FAST = ((58.12343, 26.483482, -12.701005), (14.675022, 7.5744166, 5.226378))
MACENKO = (
    ((0.5062568, 0.2218694), (0.75322306, 0.8652155), (0.40691733, 0.42241502)),
    (1.7656903, 1.2797493),
)
MACENKO_FAST = (
    ((0.52000326, 0.2623537), (0.73508584, 0.83495414), (0.4249617, 0.4630997)),
    (2.0259454, 1.4088874),
)
TARGETS = {
    "reinhard": REINHARD,
    "reinhard_mask": REINHARD,
    "reinhard_fast": REINHARD_FAST,
    "reinhard_fast_mask": REINHARD_FAST,
    "macenko": MACENKO,
    "macenko_fast": MACENKO_FAST,
}
SIZES = ((9, 9), (7, 13), (37, 5), (1, 1), (40, 3))


def draw_with_eosin(picture: np.ndarray) -> np.ndarray:
    """The same tissue as if stained with haematoxylin and eosin: its second stain, DAB, redrawn as the latter."""
    amounts = rgb2hed(picture)[..., [0, 2]]
    amounts = np.clip(amounts / np.percentile(amounts, 99, axis=(0, 1)), 0, None) * (1.6, 1.1)
    density = amounts @ np.array(MACENKO_FAST[0]).T
    return np.clip(np.round(LIGHT * np.exp(-density)), 0, 255).astype(np.uint8)


def standardize(tile: np.ndarray) -> np.ndarray:
    return np.clip(tile * 255.0 / np.percentile(tile, 90), 0, 255).astype(np.uint8)


def prepare(method: str, tile: np.ndarray) -> np.ndarray:
    return standardize(tile) if method in ("reinhard", "reinhard_mask", "macenko") else tile


def normalize(method: str, tile: np.ndarray) -> np.ndarray:
    tile = prepare(method, tile)
    first, second = (np.array(figures) for figures in TARGETS[method])
    if method.startswith("macenko"):
        macenko = NumpyMacenkoNormalizer()
        macenko.HERef, macenko.maxCRef = first, second
        return macenko.normalize(tile, Io=LIGHT, stains=False)[0]
    reinhard = NumpyReinhardNormalizer()
    reinhard.target_means, reinhard.target_stds = first, second
    moved = reinhard.normalize(tile)
    if not method.endswith("mask"):
        return moved
    lightness = rgb2lab(tile.astype(np.float32) / 255)[..., :1] / 255
    return np.where(lightness < WHITE, moved, tile)


def fit(method: str, tile: np.ndarray) -> dict[str, list]:
    tile = prepare(method, tile)
    if method.startswith("macenko"):
        macenko = NumpyMacenkoNormalizer()
        macenko.fit(tile, Io=LIGHT)
        return {"stains": macenko.HERef.T.tolist(), "concentrations": macenko.maxCRef.tolist()}
    reinhard = NumpyReinhardNormalizer()
    reinhard.fit(tile)
    return {"means": reinhard.target_means.tolist(), "deviations": reinhard.target_stds.tolist()}


def main() -> None:
    stained = immunohistochemistry()
    tiles = [
        picture[top : top + SIDE, left : left + SIDE]
        for picture in (stained, draw_with_eosin(stained))
        for top, left in CORNERS
    ]
    moved = [normalize(method, tile) for method in TARGETS for tile in tiles]
    (FOLDER / "stain-tiles.bin").write_bytes(np.stack([*tiles, *moved]).tobytes())
    versions = {name: version(name) for name in ("torchstain", "scikit-image", "numpy", "scipy")}
    golden = {
        "versions": versions,
        "side": SIDE,
        "tiles": len(tiles),
        "methods": list(TARGETS),
        "fits": {method: [fit(method, tile) for tile in tiles] for method in TARGETS},
    }
    (FOLDER / "stain-goldens.json").write_text(json.dumps(golden) + "\n")
    means = [
        {
            "width": width,
            "height": height,
            "means": resize_local_mean(tiles[0], (height, width), preserve_range=True).ravel().tolist(),
        }
        for width, height in SIZES
    ]
    (FOLDER / "area-means.json").write_text(json.dumps({"versions": versions, "sizes": means}) + "\n")


if __name__ == "__main__":
    main()
