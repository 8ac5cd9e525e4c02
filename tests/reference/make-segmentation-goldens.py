"""Write what SciPy and scikit-image say of blurred, resized and segmented pictures, for tests/unit/images/.

Run with the environment of oracles.txt: .oracle/bin/python tests/reference/make-segmentation-goldens.py

Small pictures are a formula that the tests repeat: 0.8 sin(0.37 i) + 0.1, i counting rows of pixels of channels.
Writes segmentation-goldens.json; and segmentation-picture.bin, the face of scikit-image's astronaut (NASA, public
domain), red, green, blue, 8 bits each. What is cut into segments: that face stretched over -1 to 1, as it is and at
another size; and whole numbers with large areas alike, where many pairs of pixels cost the same.
"""

from __future__ import annotations

import json
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

import numpy as np
from scipy import ndimage
from skimage.data import astronaut
from skimage.morphology import dilation, disk
from skimage.segmentation import felzenszwalb
from skimage.transform import resize

FOLDER = Path(__file__).parent
# Height, width, channels, sigma down, sigma across, edges. The last one reaches over the whole picture many times.
BLURS = (
    (6, 6, 3, 2.0, 2.0, "zero"),
    (7, 5, 3, 0.8, 0.8, "reflect"),
    (7, 5, 1, 1.5, 0.1, "zero"),
    (5, 4, 2, 30.0, 6.0, "reflect"),
    (5, 4, 2, 30.0, 6.0, "zero"),
    (5, 4, 2, 3.0, 1.0, "mirror"),
)
EDGES = {"zero": "constant", "reflect": "reflect", "mirror": "mirror"}
# Height, width, channels; the new height and width; what is added to the formula's values. Both ways along each side.
LINEAR = ((3, 3, 1, 6, 6, 0), (4, 5, 2, 9, 7, 0), (1, 2, 1, 3, 5, 0), (9, 8, 1, 4, 5, 0), (6, 3, 1, 2, 7, 0))
CUBIC = ((5, 4, 3, 9, 7, 0), (5, 4, 1, 9, 7, 2), (17, 12, 2, 6, 5, 0), (17, 4, 1, 6, 9, 2), (6, 5, 1, 6, 9, 0))
LABELS = ((6, 5, 9, 13), (14, 11, 5, 4), (3, 8, 7, 8))

FACE = np.s_[20:140, 160:290]
SCALES = (50, 100, 150, 250, 500, 1200)


def picture(height: int, width: int, channels: int) -> np.ndarray:
    """What the tests make of the same formula."""
    return (0.8 * np.sin(0.37 * np.arange(height * width * channels)) + 0.1).reshape(height, width, channels)


def blurred() -> list[dict]:
    """A Gaussian filter over height and width."""
    told = []
    for height, width, channels, down, across, edges in BLURS:
        values = ndimage.gaussian_filter(picture(height, width, channels), (down, across, 0), mode=EDGES[edges])
        sizes = {"height": height, "width": width, "channels": channels}
        told.append({**sizes, "sigma": [down, across], "edges": edges, "values": values.ravel().tolist()})
    return told


def resized(cases: tuple, order: int, mode: str) -> list[dict]:
    """A picture in another size; what gets smaller is blurred before."""
    told = []
    for height, width, channels, tall, wide, added in cases:
        values = picture(height, width, channels) + added
        smaller = tall < height or wide < width
        for kind in (np.float64, np.float32):
            made = resize(
                values.astype(kind), (tall, wide), order=order, mode=mode, preserve_range=True, anti_aliasing=smaller
            )
            sizes = {"from": [height, width, channels], "to": [tall, wide], "added": added}
            told.append({**sizes, "type": np.dtype(kind).name, "values": made.ravel().tolist()})
    return told


def labels() -> list[dict]:
    """Labels 0, 1, 2 … in another size."""
    told = []
    for height, width, tall, wide in LABELS:
        before = np.arange(height * width).reshape(height, width)
        after = resize(before, (tall, wide), order=0, mode="constant", preserve_range=True, anti_aliasing=False)
        told.append({"from": [height, width], "to": [tall, wide], "labels": after.ravel().astype(int).tolist()})
    return told


def stretched(values: np.ndarray) -> np.ndarray:
    """Over -1 to 1, as saliency's xrai.py does it."""
    return (values - values.min()) / (values.max() - values.min()) * 2.0 - 1.0


def tiers(height: int, width: int) -> np.ndarray:
    """Few values in large areas, and one channel that is the same throughout; the tests repeat it."""
    row, column = np.mgrid[:height, :width]
    return np.stack([row // 9 % 4, (row + column) // 13 % 3, 0 * row], axis=-1) / 4


def hash_of(numbers: np.ndarray) -> str:
    """Of whole numbers, 32 bits each, little-endian."""
    return sha256(np.ascontiguousarray(numbers, "<i4").tobytes()).hexdigest()[:16]


def segmented(face: np.ndarray) -> list[dict]:
    """Labels by Felzenszwalb and Huttenlocher."""
    larger = resize(stretched(face), (224, 224), order=3, mode="constant", preserve_range=True, anti_aliasing=True)
    told = []
    for name, values, sigma, min_size in (
        ("face", stretched(face), 0.8, 60),
        ("larger", larger, 0.8, 150),
        ("tiers", tiers(60, 70), 0.0, 20),
        ("tiers", tiers(60, 70), 0.8, 1),
    ):
        found = [felzenszwalb(values, scale=scale, sigma=sigma, min_size=min_size, channel_axis=-1) for scale in SCALES]
        about = {"name": name, "height": values.shape[0], "width": values.shape[1], "sigma": sigma}
        counts = [int(labels.max()) + 1 for labels in found]
        hashes = [hash_of(labels) for labels in found]
        told.append({**about, "minSize": min_size, "scales": SCALES, "segments": counts, "sha256": hashes})
    return told


def dilated(face: np.ndarray) -> list[dict]:
    """The face's segments made larger by a disk: their areas, and all masks' bytes one after the other."""
    labels = felzenszwalb(stretched(face), scale=100, sigma=0.8, min_size=60, channel_axis=-1)
    told = []
    for radius in (1, 5, 40):
        masks = np.stack([dilation(labels == label, disk(radius)) for label in range(labels.max() + 1)])
        areas = masks.sum((1, 2)).tolist()
        told.append({"radius": radius, "areas": areas, "sha256": hash_of(masks)})
    return told


def main() -> None:
    """Write both files."""
    face = astronaut()[FACE]
    (FOLDER / "segmentation-picture.bin").write_bytes(face.tobytes())
    golden = {
        "versions": {name: version(name) for name in ("numpy", "scipy", "scikit-image")},
        "blurred": blurred(),
        "linear": resized(LINEAR, 1, "reflect"),
        "cubic": resized(CUBIC, 3, "constant"),
        "labels": labels(),
        "face": face.shape,
        "segmented": segmented(face.astype(float)),
        "dilated": dilated(face.astype(float)),
    }
    (FOLDER / "segmentation-goldens.json").write_text(json.dumps(golden) + "\n")


main()
