"""Write what Captum and PAIR's saliency make of tinynet.onnx for tests/unit/saliency/captum-and-pair.test.ts.

The network is that of the run of Slideflow (../pack-slideflow-saliency.py), its weights read from the ONNX file; the
picture has a formula, which the test has too. The class is 2, the baseline 0.25 everywhere.

Run with the environment of oracles.txt, in one thread:
OMP_NUM_THREADS=1 .oracle-models/bin/python tests/reference/models/make-saliency-goldens.py
"""

from __future__ import annotations

import gzip
import json
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
import saliency.core as pair
import torch
from captum.attr import InputXGradient, IntegratedGradients, LayerGradCam
from tinynet_in_torch import floats, tinynet
from torch import nn

HERE = Path(__file__).parent
CLASS = 2
BASELINE = 0.25
torch.set_num_threads(1)


def picture() -> torch.Tensor:
    """0.9 sin(0.05 i + 0.3 sin(0.7 i)), i counted in the order (channel, height, width)."""
    i = np.arange(3 * 64 * 64, dtype=np.float64)
    return torch.from_numpy((0.9 * np.sin(0.05 * i + 0.3 * np.sin(0.7 * i))).astype(np.float32).reshape(1, 3, 64, 64))


def captum(net: nn.Sequential, x: torch.Tensor) -> dict[str, Any]:
    baseline = torch.full_like(x, BASELINE)
    attributions, delta = IntegratedGradients(net).attribute(
        x, baseline, target=CLASS, n_steps=50, method="gausslegendre", return_convergence_delta=True
    )
    cam = LayerGradCam(net, net[5]).attribute(x, target=CLASS, relu_attributions=True)
    return {
        "integratedGradients": floats(attributions[0].detach().numpy()),
        "delta": float(delta),
        "inputXGradient": floats(InputXGradient(net).attribute(x, target=CLASS)[0].detach().numpy()),
        "gradCam": floats(cam[0, 0].detach().numpy()),
    }


def pairs(net: nn.Sequential, x: torch.Tensor) -> dict[str, Any]:
    def call(pictures: np.ndarray, **asked: Any) -> Any:
        batch = torch.tensor(np.moveaxis(pictures, 3, 1), dtype=torch.float32, requires_grad=True)
        scores = net(batch)[:, CLASS]
        if asked["expected_keys"] == [pair.OUTPUT_LAYER_VALUES]:
            return {pair.OUTPUT_LAYER_VALUES: scores.detach().numpy()}
        (gradients,) = torch.autograd.grad(scores.sum(), batch)
        return {pair.INPUT_OUTPUT_GRADIENTS: np.moveaxis(gradients.numpy(), 1, 3)}

    def first(mask: np.ndarray) -> str:
        return floats(np.moveaxis(mask, 2, 0))

    last = np.moveaxis(x[0].numpy(), 0, 2)
    baseline = np.full_like(last, BASELINE)
    return {
        "integratedGradients": first(pair.IntegratedGradients().GetMask(last, call, x_baseline=baseline, x_steps=25)),
        "blurBySquareRoots": first(pair.BlurIG().GetMask(last, call, max_sigma=8, steps=10, sqrt=True)),
        "occlusion": first(pair.Occlusion().GetMask(last, call, size=56, value=0.5)),
    }


def main() -> None:
    net, x = tinynet(), picture()
    golden = {
        "from": {name: version(name) for name in ("torch", "captum", "saliency")},
        "class": CLASS,
        "baseline": BASELINE,
        "pair": pairs(net, x),
        # In double precision: in single, one of the path's points lies on the other side of a ReLU.
        "captum": captum(net.double(), x.double()),
    }
    with gzip.GzipFile(HERE / "saliency-goldens.json.gz", "wb", mtime=0) as file:
        file.write(json.dumps(golden).encode())


if __name__ == "__main__":
    main()
