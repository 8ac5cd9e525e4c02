"""Write ResNet-18, MobileNetV2 and EfficientNetB0 with seeded weights as ONNX files, for the benchmarks of models.

Run with the environment of tests/reference/models/oracles.txt:
.oracle-models/bin/python tests/bench/data/make-architectures.py FOLDER

Nothing is trained and nothing is fetched: speed depends on shapes alone, as long as the numbers neither vanish (what is
almost 0 is slow) nor overflow. Definitions after the papers: arXiv 1512.03385, 1801.04381, 1905.11946.
"""

from __future__ import annotations

import sys
import warnings
from collections.abc import Iterator
from pathlib import Path

import torch
from torch import nn

SIDE = 224
CLASSES = 1000


def conv(
    before: int, after: int, kernel: int, stride: int = 1, groups: int = 1, act: nn.Module | None = None
) -> nn.Sequential:
    layers = [nn.Conv2d(before, after, kernel, stride, kernel // 2, groups=groups, bias=False), nn.BatchNorm2d(after)]
    return nn.Sequential(*layers, *([act] if act else []))


class BasicBlock(nn.Module):
    """Two convolutions beside a shortcut."""

    def __init__(self, before: int, after: int, stride: int) -> None:
        super().__init__()
        self.body = nn.Sequential(conv(before, after, 3, stride, act=nn.ReLU()), conv(after, after, 3))
        self.shortcut = conv(before, after, 1, stride) if stride > 1 or before != after else nn.Identity()
        self.relu = nn.ReLU()

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.relu(self.body(x) + self.shortcut(x))


class Squeeze(nn.Module):
    """Channels weighted by what all places say of them."""

    def __init__(self, channels: int, squeezed: int) -> None:
        super().__init__()
        down, up = nn.Conv2d(channels, squeezed, 1), nn.Conv2d(squeezed, channels, 1)
        self.body = nn.Sequential(nn.AdaptiveAvgPool2d(1), down, nn.SiLU(), up, nn.Sigmoid())

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return x * self.body(x)


class Inverted(nn.Module):
    """Wider, depthwise, narrow again; with what went in where the shape allows."""

    def __init__(
        self, before: int, after: int, stride: int, widen: int, kernel: int, act: type[nn.Module], squeezes: bool
    ) -> None:
        super().__init__()
        wide = before * widen
        body: list[nn.Module] = [conv(before, wide, 1, act=act())] if widen > 1 else []
        body.append(conv(wide, wide, kernel, stride, groups=wide, act=act()))
        if squeezes:
            body.append(Squeeze(wide, max(1, before // 4)))
        body.append(conv(wide, after, 1))
        self.body = nn.Sequential(*body)
        self.adds = stride == 1 and before == after

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return x + self.body(x) if self.adds else self.body(x)


class Head(nn.Module):
    """Features, their mean over the picture, scores."""

    def __init__(self, features: nn.Sequential, channels: int) -> None:
        super().__init__()
        self.features = features
        self.avgpool = nn.AdaptiveAvgPool2d(1)
        self.classifier = nn.Sequential(nn.Dropout(0.2), nn.Linear(channels, CLASSES))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.classifier(torch.flatten(self.avgpool(self.features(x)), 1))


def resnet18() -> nn.Module:
    layers: list[nn.Module] = [conv(3, 64, 7, 2, act=nn.ReLU()), nn.MaxPool2d(3, 2, 1)]
    before = 64
    for after, stride in ((64, 1), (128, 2), (256, 2), (512, 2)):
        layers += [BasicBlock(before, after, stride), BasicBlock(after, after, 1)]
        before = after
    return Head(nn.Sequential(*layers), before)


def inverted(stem: int, stages: Iterator[tuple[int, ...]], act: type[nn.Module], squeezes: bool) -> nn.Module:
    """`stages`: widening, channels, blocks, stride of the first, kernel."""
    layers: list[nn.Module] = [conv(3, stem, 3, 2, act=act())]
    before = stem
    for widen, after, blocks, stride, kernel in stages:
        for block in range(blocks):
            layers.append(Inverted(before, after, stride if block == 0 else 1, widen, kernel, act, squeezes))
            before = after
    return Head(nn.Sequential(*layers, conv(before, 1280, 1, act=act())), 1280)


MOBILENET = ((1, 16, 1, 1), (6, 24, 2, 2), (6, 32, 3, 2), (6, 64, 4, 2), (6, 96, 3, 1), (6, 160, 3, 2), (6, 320, 1, 1))
EFFICIENTNET = (
    (1, 16, 1, 1, 3),
    (6, 24, 2, 2, 3),
    (6, 40, 2, 2, 5),
    (6, 80, 3, 2, 3),
    (6, 112, 3, 1, 5),
    (6, 192, 4, 2, 5),
    (6, 320, 1, 1, 3),
)


def main(folder: Path) -> None:
    warnings.filterwarnings("ignore")
    folder.mkdir(parents=True, exist_ok=True)
    networks = {
        "resnet18": resnet18,
        "mobilenetv2": lambda: inverted(32, iter((*stage, 3) for stage in MOBILENET), nn.ReLU6, False),
        "efficientnetb0": lambda: inverted(32, iter(EFFICIENTNET), nn.SiLU, True),
    }
    for name, make in networks.items():
        torch.manual_seed(1)
        net = make().eval()
        for module in net.modules():
            if isinstance(module, nn.Conv2d):
                nn.init.kaiming_normal_(module.weight)
        torch.onnx.export(
            net,
            torch.zeros(1, 3, SIDE, SIDE),
            folder / f"{name}.onnx",
            opset_version=17,
            input_names=["input"],
            output_names=["scores"],
            dynamic_axes={"input": {0: "batch"}, "scores": {0: "batch"}},
            dynamo=False,
        )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
