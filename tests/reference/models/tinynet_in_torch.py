"""The network of Slideflow's run (tinynet.onnx) as PyTorch has it, and how its numbers are written down."""

from __future__ import annotations

import base64
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch import nn


def floats(values: np.ndarray) -> str:
    return base64.b64encode(np.ascontiguousarray(values, "<f4").tobytes()).decode()


def tinynet() -> nn.Sequential:
    net = nn.Sequential(
        nn.Conv2d(3, 8, 5, stride=2, padding=2),
        nn.ReLU(),
        nn.Conv2d(8, 16, 3, stride=2, padding=1),
        nn.ReLU(),
        nn.Conv2d(16, 24, 3, padding=1),
        nn.ReLU(),
        nn.AdaptiveAvgPool2d(1),
        nn.Flatten(),
        nn.Linear(24, 3),
    )
    graph = onnx.load(Path(__file__).parent / "tinynet.onnx").graph
    weights = [numpy_helper.to_array(tensor) for tensor in graph.initializer]
    for parameter in net.parameters():
        (found,) = [weight for weight in weights if weight.shape == tuple(parameter.shape)]
        parameter.data = torch.from_numpy(found.copy())
    return net.eval()
