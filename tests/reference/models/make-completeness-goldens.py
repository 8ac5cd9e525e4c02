"""Write by how much integrated gradients miss completeness on the network of the Slideflow run, in double and in single
precision, for tests/unit/saliency/slideflow-run.test.ts.

The network has ReLUs, so that its gradient jumps along the path: what the points of Gauss and Legendre miss falls with
their number no faster than with other rules, and no precision helps.

Run with the environment of oracles.txt, in one thread:
OMP_NUM_THREADS=1 .oracle-models/bin/python tests/reference/models/make-completeness-goldens.py
"""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch.nn import functional

HERE = Path(__file__).parent
RUN = HERE.parent / "saliency"
POINTS = (25, 50, 100, 200)


def picture() -> np.ndarray:
    """The run's picture as the network takes it, (1, 3, 64, 64)."""
    arrays = json.loads((RUN / "slideflow-maps.json").read_text())["arrays"]
    numbers = np.frombuffer(gzip.decompress((RUN / "slideflow-maps.bin.gz").read_bytes()), np.float32)
    start = 0
    for each in arrays:
        end = start + int(np.prod(each["shape"]))
        if each["name"] == "image_u8":
            whole = numbers[start:end].reshape(each["shape"]) / np.float32(127.5) - np.float32(1)
            return whole.transpose(2, 0, 1)[None]
        start = end
    raise KeyError("image_u8")


def missed(points: int, dtype: torch.dtype) -> dict[str, float]:
    """By how much the attributions' sum misses the difference of the scores, and that difference."""
    graph = onnx.load(str(HERE / "tinynet.onnx")).graph
    at = {each.name: torch.tensor(numpy_helper.to_array(each)).to(dtype) for each in graph.initializer}
    class_idx = json.loads((RUN / "slideflow-maps.json").read_text())["classIdx"]

    def score(x: torch.Tensor) -> torch.Tensor:
        for name, stride, padding in (("conv1", 2, 2), ("conv2", 2, 1), ("conv3", 1, 1)):
            x = functional.relu(functional.conv2d(x, at[f"{name}.weight"], at[f"{name}.bias"], stride, padding))
        return functional.linear(x.mean((2, 3)), at["fc.weight"], at["fc.bias"])[0, class_idx]

    end = torch.tensor(picture()).to(dtype)
    places, weights = np.polynomial.legendre.leggauss(points)
    total = torch.zeros_like(end)
    for place, weight in zip((1 + places) / 2, weights / 2, strict=True):
        on_path = (end * place).requires_grad_()
        (gradient,) = torch.autograd.grad(score(on_path), on_path)
        total += weight * gradient
    difference = score(end) - score(torch.zeros_like(end))
    return {"error": float((total * end).sum() - difference), "difference": float(difference)}


def main() -> None:
    """Write the golden file."""
    torch.set_num_threads(1)
    found = {
        str(points): {"double": missed(points, torch.float64), "single": missed(points, torch.float32)}
        for points in POINTS
    }
    golden = {"torch": torch.__version__, "points": found}
    (HERE / "completeness-goldens.json").write_text(json.dumps(golden, indent=1) + "\n")


if __name__ == "__main__":
    main()
