"""Write what PyTorch makes of tinynet.onnx by gradient ascent for tests/unit/feature-visualization/tinynet.test.ts.

Every step is written out here once more: noise and shifts by the counters of src/compute/random.ts, total variation by
autograd, the blur by SciPy, all in double precision but for what the network takes and
gives. Black is -1, white is 1.5.

Run with the environment of oracles.txt, in one thread:
OMP_NUM_THREADS=1 .oracle-models/bin/python tests/reference/models/make-visualization-goldens.py
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
import torch
from scipy.ndimage import gaussian_filter
from tinynet_in_torch import floats, tinynet

HERE = Path(__file__).parent
SIDE = 64
BLACK, WHITE = -1.0, 1.5
SHIFTS = 2**31
torch.set_num_threads(1)


def mixed(x: np.ndarray) -> np.ndarray:
    """Mix 32 bits by lowbias32."""
    x = x.astype(np.uint64)
    mask = np.uint64(0xFFFFFFFF)
    x = ((x ^ (x >> np.uint64(16))) * np.uint64(0x7FEB352D)) & mask
    x = ((x ^ (x >> np.uint64(15))) * np.uint64(0x846CA68B)) & mask
    return x ^ (x >> np.uint64(16))


def random_at(seed: int, counters: np.ndarray) -> np.ndarray:
    own = mixed(np.array(seed ^ 0x85EBCA6B, np.uint64))
    return mixed(counters.astype(np.uint64) ^ own).astype(np.float64) / 2**31 - 1


def variation(levels: torch.Tensor) -> torch.Tensor:
    across = torch.zeros_like(levels)
    down = torch.zeros_like(levels)
    across[:, :, :-1] = levels[:, :, 1:] - levels[:, :, :-1]
    down[:, :-1] = levels[:, 1:] - levels[:, :-1]
    return torch.sqrt(across**2 + down**2 + 1e-6).sum()


def variation_gradient(levels: np.ndarray) -> np.ndarray:
    asked = torch.tensor(levels, dtype=torch.float64, requires_grad=True)
    variation(asked).backward()
    return asked.grad.numpy()


def grow(activation: Callable[[torch.Tensor], torch.Tensor], options: dict[str, Any]) -> dict[str, Any]:
    seed, jitter = options["seed"], options["jitter"]
    places = np.arange(SIDE * SIDE * 3).reshape(SIDE, SIDE, 3).transpose(2, 0, 1)
    levels = 0.5 + 0.05 * random_at(seed, places)

    def answer(shown: np.ndarray) -> tuple[float, np.ndarray]:
        numbers = (BLACK + shown * (WHITE - BLACK)).astype(np.float32)
        picture = torch.tensor(numbers[None], requires_grad=True)
        answered = activation(picture)
        (gradient,) = torch.autograd.grad(answered, picture)
        return answered.item(), gradient[0].numpy().astype(np.float64)

    for step in range(options["steps"]):
        if step > 0 and step % options["blurEvery"] == 0:
            levels = gaussian_filter(levels, (0, options["blurSigma"], options["blurSigma"]), mode="reflect")
        drawn = random_at(seed, np.array([SHIFTS + 2 * step, SHIFTS + 2 * step + 1]))
        down, right = (int(np.floor((one + 1) / 2 * (2 * jitter + 1))) - jitter for one in drawn)
        _, gradient = answer(np.roll(levels, (down, right), (1, 2)))
        climb = np.roll(gradient, (-down, -right), (1, 2)) * (WHITE - BLACK)
        uphill = climb / np.sqrt(np.mean(climb**2))
        uphill -= options["tvWeight"] * variation_gradient(levels)
        uphill -= options["l2Weight"] * 2 * (levels - 0.5)
        levels = np.clip(levels + options["stepSize"] * uphill, 0, 1)
    activated, _ = answer(levels)
    return {"options": options, "activation": activated, "levels": floats(levels)}


def main() -> None:
    net = tinynet()
    base = {"stepSize": 0.03, "jitter": 5, "blurSigma": 0.7, "blurEvery": 3, "tvWeight": 0.2, "l2Weight": 0.3}
    rows = np.arange(SIDE * SIDE * 3).reshape(3, SIDE, SIDE)
    levels = 0.5 + 0.4 * np.sin(0.31 * rows + 0.2 * np.sin(0.7 * rows))
    golden = {
        "from": {name: version(name) for name in ("torch", "scipy")},
        "colors": {"black": BLACK, "white": WHITE},
        "variation": floats(variation_gradient(levels)),
        "class": {"class": 2, **grow(lambda x: net(x)[0, 2], {**base, "steps": 20, "seed": 7})},
        "channel": {"channel": 11, **grow(lambda x: net[:6](x)[0, 11].mean(), {**base, "steps": 20, "seed": 3})},
    }
    with gzip.GzipFile(HERE / "visualization-goldens.json.gz", "wb", mtime=0) as file:
        file.write(json.dumps(golden).encode())


if __name__ == "__main__":
    main()
