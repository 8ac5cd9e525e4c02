"""Networks of a few hundred weights, built as PyTorch's families are: the same module names and order of steps."""

from __future__ import annotations

import torch
from torch import Tensor, nn


def unit(inside: int, outside: int, size: int = 3, stride: int = 1) -> nn.Sequential:
    """Convolution, normalisation, ReLU."""
    return nn.Sequential(
        nn.Conv2d(inside, outside, size, stride, size // 2, bias=False), nn.BatchNorm2d(outside), nn.ReLU()
    )


class ResNet(nn.Module):
    """conv1, bn1, layer1 to layer4, avgpool, fc."""

    def __init__(self) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(3, 6, 3, padding=1, bias=False)
        self.bn1 = nn.BatchNorm2d(6)
        self.relu = nn.ReLU()
        self.layer1 = nn.Sequential(unit(6, 6), unit(6, 6))
        self.layer4 = nn.Sequential(unit(6, 8, 3, 2))
        self.avgpool = nn.AdaptiveAvgPool2d(1)
        self.fc = nn.Linear(8, 5)

    def forward(self, x: Tensor) -> Tensor:
        x = self.relu(self.bn1(self.conv1(x)))
        x = self.layer4(x + self.layer1(x))
        return self.fc(torch.flatten(self.avgpool(x), 1))


class Branching(nn.Module):
    """The ends of Inception3 and GoogLeNet: a block of branches, avgpool, dropout, fc."""

    def __init__(self, block: str) -> None:
        super().__init__()
        self.conv1 = unit(3, 4)
        self.block = block
        self.add_module(block, nn.ModuleDict({"branch1": unit(4, 4, 1), "branch2": unit(4, 5)}))
        self.avgpool = nn.AdaptiveAvgPool2d(1)
        self.dropout = nn.Dropout(0.2)
        self.fc = nn.Linear(9, 4)

    def forward(self, x: Tensor) -> Tensor:
        x = self.conv1(x)
        x = torch.cat([branch(x) for branch in getattr(self, self.block).values()], 1)
        return self.fc(torch.flatten(self.dropout(self.avgpool(x)), 1))


class Classifying(nn.Module):
    """features (or layers), perhaps a pool, classifier: AlexNet, VGG, MobileNetV2 and V3, MNASNet, EfficientNet."""

    def __init__(self, features: nn.Module, classifier: nn.Module, pool: int | None, name: str = "features") -> None:
        super().__init__()
        self.name = name
        self.add_module(name, features)
        self.avgpool = nn.AdaptiveAvgPool2d(pool) if pool else None
        self.classifier = classifier

    def forward(self, x: Tensor) -> Tensor:
        x = getattr(self, self.name)(x)
        x = torch.flatten(self.avgpool(x), 1) if self.avgpool else x.mean([2, 3])
        return self.classifier(x)


class SqueezeNet(nn.Module):
    """The classifier is a convolution, and what it answers is averaged."""

    def __init__(self) -> None:
        super().__init__()
        self.features = nn.Sequential(nn.Conv2d(3, 6, 3, 2), nn.ReLU(), nn.Conv2d(6, 8, 1), nn.ReLU())
        self.classifier = nn.Sequential(nn.Dropout(), nn.Conv2d(8, 5, 1), nn.ReLU(), nn.AdaptiveAvgPool2d(1))

    def forward(self, x: Tensor) -> Tensor:
        return torch.flatten(self.classifier(self.features(x)), 1)


class Dense(nn.Module):
    """A layer whose answer is put beside what it takes."""

    def __init__(self) -> None:
        super().__init__()
        self.conv = nn.Conv2d(4, 4, 3, padding=1, bias=False)

    def forward(self, x: Tensor) -> Tensor:
        return torch.cat([x, self.conv(x)], 1)


class DenseNet(nn.Module):
    """norm5 comes after a concatenation, and a ReLU after it."""

    def __init__(self) -> None:
        super().__init__()
        self.features = nn.Sequential()
        self.features.add_module("conv0", nn.Conv2d(3, 4, 3, padding=1, bias=False))
        self.features.add_module("denseblock1", Dense())
        self.features.add_module("norm5", nn.BatchNorm2d(8))
        self.classifier = nn.Linear(8, 5)

    def forward(self, x: Tensor) -> Tensor:
        x = self.features(x).relu()
        return self.classifier(torch.flatten(nn.functional.adaptive_avg_pool2d(x, 1), 1))


class ShuffleNet(nn.Module):
    """Channels are shuffled by reshaping; conv5, then the mean, then fc."""

    def __init__(self) -> None:
        super().__init__()
        self.conv1 = unit(3, 6)
        self.stage4 = unit(6, 6)
        self.conv5 = unit(6, 8, 1)
        self.fc = nn.Linear(8, 5)

    def forward(self, x: Tensor) -> Tensor:
        x = self.stage4(self.conv1(x))
        n, c, h, w = x.shape
        x = x.view(n, 2, c // 2, h, w).transpose(1, 2).contiguous().view(n, c, h, w)
        return self.fc(self.conv5(x).mean([2, 3]))


class Separable(nn.Module):
    """A convolution for each channel, then one over the channels."""

    def __init__(self) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(6, 6, 3, padding=1, groups=6, bias=False)
        self.pointwise = nn.Conv2d(6, 8, 1, bias=False)

    def forward(self, x: Tensor) -> Tensor:
        return self.pointwise(self.conv1(x))


class Xception(nn.Module):
    """block12, conv4 (separable), bn4, ReLU, pool, last_linear."""

    def __init__(self) -> None:
        super().__init__()
        self.conv1 = unit(3, 4)
        self.block12 = unit(4, 6)
        self.conv4 = Separable()
        self.bn4 = nn.BatchNorm2d(8)
        self.last_linear = nn.Linear(8, 5)

    def forward(self, x: Tensor) -> Tensor:
        x = self.bn4(self.conv4(self.block12(self.conv1(x)))).relu()
        return self.last_linear(torch.flatten(nn.functional.adaptive_avg_pool2d(x, 1), 1))


class Block(nn.Module):
    """Attention over the parts of a picture, then a dense step; each added to what went in."""

    def __init__(self, width: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.norm1 = nn.LayerNorm(width)
        self.qkv = nn.Linear(width, 3 * width)
        self.proj = nn.Linear(width, width)
        self.norm2 = nn.LayerNorm(width)
        self.mlp = nn.Sequential(nn.Linear(width, 2 * width), nn.GELU(), nn.Linear(2 * width, width))

    def forward(self, x: Tensor) -> Tensor:
        n, length, width = x.shape
        q, k, v = self.qkv(self.norm1(x)).reshape(n, length, 3, self.heads, width // self.heads).permute(2, 0, 3, 1, 4)
        y = nn.functional.scaled_dot_product_attention(q, k, v)
        x = x + self.proj(y.transpose(1, 2).reshape(n, length, width))
        return x + self.mlp(self.norm2(x))


class ViT(nn.Module):
    """vit-pytorch's order: patches, a class token, blocks, the token's answer, to_latent, mlp_head."""

    def __init__(self) -> None:
        super().__init__()
        self.patches = nn.Conv2d(3, 8, 4, 4)
        self.cls_token = nn.Parameter(torch.randn(1, 1, 8))
        self.pos_embedding = nn.Parameter(torch.randn(1, 17, 8))
        self.transformer = nn.Sequential(Block(8, 2), Block(8, 2))
        self.to_latent = nn.Identity()
        self.mlp_head = nn.Sequential(nn.LayerNorm(8), nn.Linear(8, 5))

    def forward(self, x: Tensor) -> Tensor:
        x = self.patches(x).flatten(2).transpose(1, 2)
        x = torch.cat([self.cls_token.expand(x.shape[0], -1, -1), x], 1) + self.pos_embedding
        return self.mlp_head(self.to_latent(self.transformer(x)[:, 0]))


def families() -> dict[str, tuple[nn.Module, str, bool]]:
    """Network, the module whose answer is Slideflow's postconv, whether what is wanted is averaged over its sides."""
    features = lambda: nn.Sequential(unit(3, 4, 3, 2), unit(4, 6, 3, 2))  # noqa: E731
    return {
        "ResNet": (ResNet(), "avgpool", True),
        "Inception3": (Branching("Mixed_7c"), "avgpool", True),
        "GoogLeNet": (Branching("inception5b"), "avgpool", True),
        "AlexNet": (
            Classifying(features(), nn.Sequential(nn.Dropout(), nn.Linear(24, 8), nn.ReLU(), nn.Linear(8, 5)), 2),
            "classifier.0",
            False,
        ),
        "VGG": (
            Classifying(features(), nn.Sequential(nn.Linear(24, 8), nn.ReLU(), nn.Dropout(), nn.Linear(8, 5)), 2),
            "classifier.0",
            False,
        ),
        "MobileNetV2": (
            Classifying(features(), nn.Sequential(nn.Dropout(), nn.Linear(6, 5)), 1),
            "classifier.0",
            False,
        ),
        "MobileNetV3": (
            Classifying(features(), nn.Sequential(nn.Linear(6, 8), nn.Hardswish(), nn.Dropout(), nn.Linear(8, 5)), 1),
            "classifier.0",
            False,
        ),
        "MNASNet": (
            Classifying(features(), nn.Sequential(nn.Dropout(), nn.Linear(6, 5)), None, "layers"),
            "classifier.0",
            False,
        ),
        "SqueezeNet": (SqueezeNet(), "classifier.0", True),
        "DenseNet": (DenseNet(), "features.norm5", True),
        "ShuffleNetV2": (ShuffleNet(), "conv5.1", True),
        "Xception": (Xception(), "bn4", True),
        "ViT": (ViT(), "to_latent", False),
    }
