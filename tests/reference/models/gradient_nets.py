"""Networks of a few hundred weights with the steps that moving numbers about is made of in PyTorch's families."""

from __future__ import annotations

import torch
from small_nets import ViT, unit
from torch import Tensor, nn


class WindowAttention(nn.Module):
    """Swin's: attention within shifted windows, with a bias for each offset, of places that were neighbours before."""

    def __init__(self, width: int, heads: int, side: int, window: int) -> None:
        super().__init__()
        self.heads, self.side, self.window, self.shift = heads, side, window, window // 2
        self.norm = nn.LayerNorm(width)
        self.qkv = nn.Linear(width, 3 * width)
        self.proj = nn.Linear(width, width)
        self.bias = nn.Parameter(torch.randn((2 * window - 1) ** 2, heads))
        places = torch.stack(torch.meshgrid(torch.arange(window), torch.arange(window), indexing="ij")).flatten(1)
        offsets = (places[:, :, None] - places[:, None]).permute(1, 2, 0) + window - 1
        self.register_buffer("offsets", (offsets[..., 0] * (2 * window - 1) + offsets[..., 1]).flatten())

    def mask(self) -> Tensor:
        """As torchvision makes it in each run: region by region, which an exporter writes as ScatterND."""
        side, window, shift = self.side, self.window, self.shift
        regions = torch.zeros((side, side))
        parts = ((0, -window), (-window, -shift), (-shift, None))
        for count, (rows, columns) in enumerate((h, w) for h in parts for w in parts):
            regions[rows[0] : rows[1], columns[0] : columns[1]] = count
        regions = regions.view(side // window, window, side // window, window).permute(0, 2, 1, 3)
        regions = regions.reshape(-1, window * window)
        apart = regions.unsqueeze(1) - regions.unsqueeze(2)
        return apart.masked_fill(apart != 0, -100.0).masked_fill(apart == 0, 0.0)

    def forward(self, x: Tensor) -> Tensor:
        n, side, _, width = x.shape
        window, windows, places = self.window, (side // self.window) ** 2, self.window**2
        y = torch.roll(self.norm(x), (-self.shift, -self.shift), (1, 2))
        y = y.view(n, side // window, window, side // window, window, width).permute(0, 1, 3, 2, 4, 5)
        y = y.reshape(n * windows, places, width)
        q, k, v = self.qkv(y).reshape(-1, places, 3, self.heads, width // self.heads).permute(2, 0, 3, 1, 4)
        scores = (q * (width // self.heads) ** -0.5) @ k.transpose(-2, -1)
        bias = self.bias[self.offsets].view(places, places, self.heads).permute(2, 0, 1)
        scores = (scores + bias).view(n, windows, self.heads, places, places) + self.mask()[None, :, None]
        y = (scores.view(-1, self.heads, places, places).softmax(-1) @ v).transpose(1, 2).reshape(-1, places, width)
        y = self.proj(y).view(n, side // window, side // window, window, window, width)
        y = y.permute(0, 1, 3, 2, 4, 5).reshape(n, side, side, width)
        return x + torch.roll(y, (self.shift, self.shift), (1, 2))


class Swin(nn.Module):
    """Patches, a block, patches merged, the mean."""

    def __init__(self) -> None:
        super().__init__()
        self.patches = nn.Conv2d(3, 8, 2, 2)
        self.block = WindowAttention(8, 2, 8, 4)
        self.merging = nn.Linear(32, 8, bias=False)
        self.head = nn.Sequential(nn.LayerNorm(8), nn.GELU(), nn.Linear(8, 5))

    def forward(self, x: Tensor) -> Tensor:
        x = self.block(self.patches(x).permute(0, 2, 3, 1))
        x = torch.cat([x[..., r::2, c::2, :] for c in (0, 1) for r in (0, 1)], -1)
        return self.head(self.merging(x).mean((1, 2)))


class ConvNeXt(nn.Module):
    """A wide convolution a channel, then dense steps with the channels last, scaled."""

    def __init__(self) -> None:
        super().__init__()
        self.stem = nn.Conv2d(3, 6, 4, 4)
        self.depthwise = nn.Conv2d(6, 6, 7, padding=3, groups=6)
        self.block = nn.Sequential(nn.LayerNorm(6), nn.Linear(6, 24), nn.GELU(), nn.Linear(24, 6))
        self.scale = nn.Parameter(torch.randn(6, 1, 1))
        self.head = nn.Sequential(nn.LayerNorm(6), nn.Linear(6, 5))

    def forward(self, x: Tensor) -> Tensor:
        x = self.stem(x)
        x = x + self.scale * self.block(self.depthwise(x).permute(0, 2, 3, 1)).permute(0, 3, 1, 2)
        return self.head(x.mean((2, 3)))


class InvertedResidual(nn.Module):
    """MobileNetV3's: wider, a convolution a channel, squeezed and weighed, narrower; added to what went in."""

    def __init__(self) -> None:
        super().__init__()
        self.stem = nn.Sequential(nn.Conv2d(3, 4, 3, 2, 1), nn.BatchNorm2d(4), nn.Hardswish())
        self.wide = nn.Sequential(nn.Conv2d(4, 12, 1), nn.ReLU6(), nn.Conv2d(12, 12, 3, 1, 1, groups=12))
        self.weigh = nn.Sequential(
            nn.AdaptiveAvgPool2d(1), nn.Conv2d(12, 4, 1), nn.ReLU(), nn.Conv2d(4, 12, 1), nn.Hardsigmoid()
        )
        self.narrow = nn.Conv2d(12, 4, 1)
        self.classifier = nn.Sequential(nn.Linear(4, 8), nn.Hardswish(), nn.Linear(8, 5))

    def forward(self, x: Tensor) -> Tensor:
        x = self.stem(x)
        y = self.wide(x)
        return self.classifier((x + self.narrow(y * self.weigh(y))).mean((2, 3)))


class DenseNet(nn.Module):
    """Layers that each take what all before them answered, and a step to half the places."""

    def __init__(self) -> None:
        super().__init__()
        self.stem = nn.Conv2d(3, 4, 3, padding=1)
        self.layers = nn.ModuleList(
            nn.Sequential(nn.BatchNorm2d(4 + 2 * k), nn.ReLU(), nn.Conv2d(4 + 2 * k, 2, 3, padding=1)) for k in range(3)
        )
        self.transition = nn.Sequential(nn.BatchNorm2d(10), nn.ReLU(), nn.Conv2d(10, 5, 1), nn.AvgPool2d(2))
        self.classifier = nn.Linear(5, 5)

    def forward(self, x: Tensor) -> Tensor:
        answers = [self.stem(x)]
        for layer in self.layers:
            answers.append(layer(torch.cat(answers, 1)))
        return self.classifier(self.transition(torch.cat(answers, 1)).mean((2, 3)))


class Shuffled(nn.Module):
    """ShuffleNetV2's: half of the channels pass, and both halves are dealt out in turn."""

    def __init__(self) -> None:
        super().__init__()
        self.stem = unit(3, 8, 3, 2)
        self.branch = nn.Sequential(unit(4, 4, 1), nn.Conv2d(4, 4, 3, 1, 1, groups=4), nn.BatchNorm2d(4))
        self.head = nn.Sequential(unit(8, 8, 1), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(8, 5))

    def forward(self, x: Tensor) -> Tensor:
        passing, changed = self.stem(x).chunk(2, 1)
        x = torch.cat((passing, self.branch(changed)), 1)
        n, channels, h, w = x.shape
        x = x.view(n, 2, channels // 2, h, w).transpose(1, 2).contiguous().view(n, channels, h, w)
        return self.head(x)


def gradient_nets() -> dict[str, nn.Module]:
    return {
        "ViT": ViT(),
        "Swin": Swin(),
        "ConvNeXt": ConvNeXt(),
        "MobileNetV3": InvertedResidual(),
        "DenseNet": DenseNet(),
        "ShuffleNetV2": Shuffled(),
    }
