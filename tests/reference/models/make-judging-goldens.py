"""Write what deleting and inserting the most salient places does to two networks, for tests/unit/saliency/judge.

RISE's two curves (Petsiuk, Das and Saenko 2018), written anew with NumPy: SciPy blurs (`gaussian_filter`, "reflect"),
onnxruntime runs tinynet.onnx; the other network is a linear one with a softmax that has a formula. Pictures and maps
have formulas too, which the tests have as well; the maps are rounded, so that places are alike.

Run with the environment of oracles.txt: .oracle-models/bin/python tests/reference/models/make-judging-goldens.py
Writes ../saliency/judging-goldens.json.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

import numpy as np
import onnxruntime
from scipy.ndimage import gaussian_filter

HERE = Path(__file__).parent
STEPS = 20
Score = Callable[[np.ndarray], np.ndarray]


def softmax(logits: np.ndarray) -> np.ndarray:
    exponents = np.exp(logits - logits.max(axis=1, keepdims=True))
    return exponents / exponents.sum(axis=1, keepdims=True)


def judged(score: Score, picture: np.ndarray, salient: np.ndarray, sigma: float) -> dict[str, object]:
    """Both curves of a picture, (height, width, channels); `score` takes many."""
    blurred = gaussian_filter(picture.astype(np.float64), (sigma, sigma, 0), mode="reflect").astype(np.float32)
    order = np.argsort(-salient.ravel(), kind="stable")
    deleted, inserted = [], []
    for step in range(STEPS + 1):
        first = order[: int(np.floor(order.size * step / STEPS + 0.5))]
        is_first = np.isin(np.arange(order.size), first).reshape(salient.shape)[..., None]
        deleted.append(np.where(is_first, blurred, picture))
        inserted.append(np.where(is_first, picture, blurred))
    deletion, insertion = score(np.stack(deleted)), score(np.stack(inserted))
    return {
        "sigma": sigma,
        "deletion": deletion.tolist(),
        "insertion": insertion.tolist(),
        "deletionArea": float(np.trapezoid(deletion, dx=1 / STEPS)),
        "insertionArea": float(np.trapezoid(insertion, dx=1 / STEPS)),
        "first": order[:40].tolist(),
        "blurred": blurred.ravel()[:30].tolist(),
    }


def waves(height: int, width: int) -> np.ndarray:
    """sin(0.4 row) cos(0.3 column) to one decimal."""
    rows, columns = np.mgrid[:height, :width].astype(np.float64)
    return np.floor(10 * np.sin(0.4 * rows) * np.cos(0.3 * columns) + 0.5) / 10


def linear() -> dict[str, object]:
    """6 x 9 x 3; the picture is 0.8 sin(0.37 i) + 0.1, class c weighs number i by cos(0.3 i + c)."""
    places = np.arange(6 * 9 * 3)
    picture = (0.8 * np.sin(0.37 * places) + 0.1).astype(np.float32).reshape(6, 9, 3)
    weights = np.cos(0.3 * places[None] + np.arange(3)[:, None])
    return judged(lambda many: softmax(many.reshape(len(many), -1) @ weights.T)[:, 1], picture, waves(6, 9), 1.5)


def tinynet() -> dict[str, object]:
    """3 x 64 x 64; the picture is sin(0.02 (row - 20)(column - 30) / (1 + channel)), the blur the default."""
    rows, columns, channels = np.mgrid[:64, :64, :3].astype(np.float64)
    picture = np.sin(0.02 * (rows - 20) * (columns - 30) / (1 + channels)).astype(np.float32)
    session = onnxruntime.InferenceSession(HERE / "tinynet.onnx")
    (given,) = session.get_inputs()

    def score(many: np.ndarray) -> np.ndarray:
        (logits,) = session.run(None, {given.name: np.ascontiguousarray(many.transpose(0, 3, 1, 2))})
        return softmax(logits.astype(np.float64))[:, 2]

    return judged(score, picture, waves(64, 64), 4)


packages = ", ".join(f"{name} {version(name)}" for name in ("numpy", "scipy", "onnxruntime"))
told = {"provenance": packages, "linear": linear(), "tinynet": tinynet()}
HERE.parent.joinpath("saliency", "judging-goldens.json").write_text(json.dumps(told) + "\n")
