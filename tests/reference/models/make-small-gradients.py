"""Write small networks as PyTorch exports them and their gradients, for tests/unit/gradient/whole-networks.test.ts.

Gradients are PyTorch's in double precision: of the sum of the answers, weighed 1 to 5, with respect to two pictures.

Run with the environment of oracles.txt, in one thread:
OMP_NUM_THREADS=1 .oracle-models/bin/python tests/reference/models/make-small-gradients.py
"""

from __future__ import annotations

import base64
import gzip
import json
import logging
import warnings
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import onnx
import torch
from gradient_nets import gradient_nets
from torch import nn

HERE = Path(__file__).parent
warnings.filterwarnings("ignore")
logging.disable(logging.WARNING)
torch.set_num_threads(1)
torch.manual_seed(9)
PICTURES = torch.randn(2, 3, 16, 16)
WEIGHTS = torch.arange(1.0, 6.0)

# How each is exported: the exporter, and the opset.
EXPORTS = {
    "ViT": [("torch.export", 18), ("torch.export", 23), ("TorchScript", 14)],
    "Swin": [("torch.export", 18), ("TorchScript", 17)],
    "ConvNeXt": [("torch.export", 20), ("TorchScript", 16)],
    "MobileNetV3": [("torch.export", 18), ("TorchScript", 12)],
    "DenseNet": [("torch.export", 18), ("TorchScript", 9)],
    "ShuffleNetV2": [("torch.export", 18), ("TorchScript", 11)],
}


def floats(values: np.ndarray) -> str:
    return base64.b64encode(np.ascontiguousarray(values, "<f4").tobytes()).decode()


def shaken(net: nn.Module) -> nn.Module:
    """No normalisation is 1 or 0, so that one left out shows."""
    for module in net.modules():
        if isinstance(module, (nn.LayerNorm, nn.BatchNorm2d)):
            module.weight.data.uniform_(0.5, 1.5)
            module.bias.data.normal_(0, 0.3)
        if isinstance(module, nn.BatchNorm2d):
            module.running_mean.normal_(0, 0.3)
            module.running_var.uniform_(0.5, 1.5)
    return net.eval()


def export(net: nn.Module, exporter: str, opset: int) -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "model.onnx"
        modern = exporter == "torch.export"
        options = {"external_data": False} if modern else {"input_names": ["x"]}
        torch.onnx.export(net, (PICTURES,), path, dynamo=modern, opset_version=opset, verbose=False, **options)
        model = onnx.load(path)
    for node in model.graph.node:
        del node.metadata_props[:]
    for value in [*model.graph.value_info, *model.graph.input, *model.graph.output, *model.graph.initializer]:
        del value.metadata_props[:]
    return model.SerializeToString()


def gradient(net: nn.Module) -> np.ndarray:
    precise = net.double()
    pictures = PICTURES.double().requires_grad_()
    (precise(pictures) * WEIGHTS.double()).sum().backward()
    net.float()
    return pictures.grad.numpy()


def entry(family: str, net: nn.Module) -> list[dict[str, Any]]:
    shaken(net)
    files = [(how, opset, export(net, how, opset)) for how, opset in EXPORTS[family]]
    wanted = floats(gradient(net))
    return [
        {"name": f"{family}, {how}, opset {opset}", "file": base64.b64encode(file).decode(), "gradient": wanted}
        for how, opset, file in files
    ]


goldens = {
    "from": f"PyTorch {version('torch')}, ONNX {version('onnx')}",
    "dims": list(PICTURES.shape),
    "pictures": floats(PICTURES.numpy()),
    "weights": WEIGHTS.tolist(),
    "networks": [each for name, net in gradient_nets().items() for each in entry(name, net)],
}
(HERE / "small-gradients.json.gz").write_bytes(gzip.compress(json.dumps(goldens).encode(), 9, mtime=0))
