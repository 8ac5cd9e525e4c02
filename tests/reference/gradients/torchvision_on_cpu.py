"""Lets torchvision be imported beside a PyTorch without CUDA: `import torchvision_on_cpu` first.

PyPI's torchvision is built for CUDA. Its library does not load beside PyTorch's build for the CPU, so that its own
operators are missing, and describing what their outputs look like then fails at import. No network here runs one.
"""

from __future__ import annotations

import torch

library = torch.library.Library("torchvision", "DEF")
library.define("nms(Tensor dets, Tensor scores, float iou_threshold) -> Tensor")
library.define("qnms(Tensor dets, Tensor scores, float iou_threshold) -> Tensor")
