"""Networks as people use them, with seeded weights: nothing is trained and nothing is fetched.

Weights are such that numbers neither vanish nor grow from layer to layer, and that no layer is left out of the
gradient: batch norms know the statistics of their inputs, somewhat changed, and scales of residual branches, which
begin at almost 0, are about 1/2.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import timm
import torch
import torchvision.models
from torch import nn

SEED = 9


@dataclass(frozen=True)
class Network:
    """A network and how it is written."""

    title: str
    exporter: Literal["torch.export", "TorchScript", "Keras"]
    make: Callable[[], nn.Module] | None
    """None for one of Keras Applications, which its title names."""
    side: int = 224
    opset: int | None = None
    """None for the exporter's own choice."""
    smooth: bool = False
    """No kink anywhere, neither ReLU nor maximum: single precision agrees with double to its last digits."""
    scale: float = 1
    """What a picture's numbers from 0 to 1 are multiplied with."""


def of_torchvision(name: str, **options: object) -> Callable[[], nn.Module]:
    return lambda: getattr(torchvision.models, name)(weights=None, **options)


def of_timm(name: str) -> Callable[[], nn.Module]:
    return lambda: timm.create_model(name, pretrained=False)


without_auxiliaries = {"aux_logits": False, "init_weights": False}
resnet18 = of_torchvision("resnet18")
mobilenetv2 = of_torchvision("mobilenet_v2")
shufflenetv2 = of_torchvision("shufflenet_v2_x1_0")
squeezenet = of_torchvision("squeezenet1_1")
convnext = of_torchvision("convnext_tiny")
swin = of_torchvision("swin_t")
vit = of_timm("vit_tiny_patch16_224")

NETWORKS: dict[str, Network] = {
    "alexnet": Network("AlexNet", "torch.export", of_torchvision("alexnet")),
    "vgg11-bn": Network("VGG11-BN", "torch.export", of_torchvision("vgg11_bn")),
    "resnet18": Network("ResNet-18", "torch.export", resnet18),
    "resnet18-torchscript": Network("ResNet-18", "TorchScript", resnet18, opset=17),
    "resnet50": Network("ResNet-50", "torch.export", of_torchvision("resnet50")),
    "squeezenet": Network("SqueezeNet 1.1", "torch.export", squeezenet),
    "squeezenet-torchscript": Network("SqueezeNet 1.1", "TorchScript", squeezenet, opset=11),
    "googlenet": Network("GoogLeNet", "torch.export", of_torchvision("googlenet", **without_auxiliaries)),
    "inceptionv3": Network(
        "InceptionV3", "torch.export", of_torchvision("inception_v3", **without_auxiliaries), side=299
    ),
    "xception": Network("Xception", "torch.export", of_timm("legacy_xception"), side=299),
    "densenet121": Network("DenseNet121", "torch.export", of_torchvision("densenet121")),
    "shufflenetv2": Network("ShuffleNetV2", "torch.export", shufflenetv2),
    "shufflenetv2-torchscript": Network("ShuffleNetV2", "TorchScript", shufflenetv2, opset=17),
    "mobilenetv2": Network("MobileNetV2", "torch.export", mobilenetv2),
    "mobilenetv2-torchscript": Network("MobileNetV2", "TorchScript", mobilenetv2, opset=17),
    "mobilenetv3-small": Network("MobileNetV3-small", "torch.export", of_torchvision("mobilenet_v3_small")),
    "efficientnetb0": Network("EfficientNetB0", "torch.export", of_torchvision("efficientnet_b0"), smooth=True),
    "convnext-tiny": Network("ConvNeXt-T", "torch.export", convnext, smooth=True),
    "convnext-tiny-torchscript": Network("ConvNeXt-T", "TorchScript", convnext, opset=17, smooth=True),
    "vit-tiny": Network("ViT-tiny", "torch.export", vit, smooth=True),
    "vit-tiny-attention": Network("ViT-tiny", "torch.export", vit, opset=23, smooth=True),
    "vit-tiny-torchscript": Network("ViT-tiny", "TorchScript", vit, opset=17, smooth=True),
    "swin-tiny": Network("Swin-T", "torch.export", swin, smooth=True),
    "swin-tiny-torchscript": Network("Swin-T", "TorchScript", swin, opset=17, smooth=True),
    "keras-mobilenetv2": Network("MobileNetV2", "Keras", None),
    "keras-efficientnetb0": Network("EfficientNetB0", "Keras", None, smooth=True, scale=255),
    "keras-resnet50": Network("ResNet50", "Keras", None),
    "keras-densenet121": Network("DenseNet121", "Keras", None),
    "resnet18-96": Network("ResNet-18", "torch.export", resnet18, side=96),
    "mobilenetv2-96": Network("MobileNetV2", "torch.export", mobilenetv2, side=96),
    "squeezenet-96": Network("SqueezeNet 1.1", "torch.export", squeezenet, side=96),
}


def picture_of(network: Network) -> torch.Tensor:
    """One picture, (1, 3, side, side): noise of three grains, so that neither edges nor areas are missing."""
    random = torch.Generator().manual_seed(SEED)
    grains = [torch.rand(1, 3, size, size, generator=random) for size in (4, 24, network.side)]
    return sum(nn.functional.interpolate(grain, network.side, mode="bilinear") for grain in grains) / 3


def pytorch_network(network: Network) -> nn.Module:
    """The network with its weights, in evaluation; the same each time."""
    torch.manual_seed(SEED)
    made = network.make().eval()
    with torch.no_grad():
        for module in made.modules():
            draw_weights(module)
        for name, values in made.named_parameters():
            if name.endswith("layer_scale"):
                values.uniform_(0.3, 0.7)
        settle_statistics(made, picture_of(network))
    return made.requires_grad_(requires_grad=False)


def draw_weights(module: nn.Module) -> None:
    """Replace one layer's weights."""
    if isinstance(module, nn.Conv2d):
        nn.init.kaiming_normal_(module.weight)
    elif isinstance(module, nn.Linear):
        nn.init.normal_(module.weight, std=module.in_features**-0.5)
    elif isinstance(module, nn.LayerNorm):
        nn.init.uniform_(module.weight, 0.7, 1.3)
    elif isinstance(module, nn.BatchNorm2d):
        # As training leaves them: at 1 and more what rounding changes grows from layer to layer.
        nn.init.uniform_(module.weight, 0.4, 1)
    else:
        return
    if module.bias is not None:
        nn.init.normal_(module.bias, std=0.1)


def settle_statistics(made: nn.Module, picture: torch.Tensor) -> None:
    """Give batch norms the statistics of what comes to them, and change these a little."""
    norms = [module for module in made.modules() if isinstance(module, nn.BatchNorm2d)]
    for norm in norms:
        norm.train()
        norm.momentum = 1
    made(torch.cat([picture, picture.flip(3)]))
    for norm in norms:
        norm.eval()
        norm.running_mean += 0.1 * norm.running_var.sqrt() * torch.randn_like(norm.running_mean)
        norm.running_var *= torch.empty_like(norm.running_var).uniform_(0.8, 1.25)
