"""Write networks as files, and what PyTorch says of the gradient of their largest score, for tests/models/.

Run with the environment of ../models/oracles.txt:
.oracle-models/bin/python tests/reference/gradients/export-networks.py FOLDER NAME [NAME ...]

Of each: the network as its users write it (NAME.onnx, with NAME.onnx.data, or NAME.keras), the picture and the gradient
of the largest score at it in single and in double precision (NAME.picture.bin, NAME.float32.bin, NAME.float64.bin, in
the network's own order), and NAME.json, last of all: where that is, the network is whole. Of Keras Applications the
gradient is that of the logits: their heads end in Softmax.
"""

from __future__ import annotations

import copy
import json
import logging
import os
import sys
import warnings
from pathlib import Path

os.environ["KERAS_BACKEND"] = "torch"

import torchvision_on_cpu  # noqa: F401, I001 -- before whatever imports torchvision
import torch
from networks import NETWORKS, SEED, Network, picture_of, pytorch_network
from torch import nn


def gradient_of(network: nn.Module, picture: torch.Tensor, unit: int | None) -> tuple[int, float, torch.Tensor]:
    """The unit (that of the largest score where None is given), its score, and the score's gradient."""
    picture = picture.clone().requires_grad_()
    scores = network(picture)
    unit = int(scores.argmax()) if unit is None else unit
    (gradient,) = torch.autograd.grad(scores[0, unit], picture)
    return unit, float(scores[0, unit]), gradient


def export_pytorch(network: Network, name: str, folder: Path) -> tuple[nn.Module, nn.Module, torch.Tensor, list[str]]:
    made = pytorch_network(network)
    picture = picture_of(network) * network.scale
    file = f"{name}.onnx"
    options: dict[str, object] = {"opset_version": network.opset} if network.opset else {}
    torch.onnx.export(
        made,
        (picture,),
        folder / file,
        input_names=["pictures"],
        output_names=["scores"],
        dynamo=network.exporter == "torch.export",
        verbose=False,
        **options,
    )
    beside = [f"{file}.data"] if (folder / f"{file}.data").exists() else []
    return made, copy.deepcopy(made).double(), picture, [file, *beside]


def export_keras(network: Network, name: str, folder: Path) -> tuple[object, object, torch.Tensor, list[str]]:
    import keras
    import numpy as np

    application = getattr(keras.applications, network.title)
    picture = picture_of(network).permute(0, 2, 3, 1).contiguous() * network.scale
    keras.utils.set_random_seed(SEED)
    saved = application(weights=None)
    norms = [layer for layer in saved.layers if isinstance(layer, keras.layers.BatchNormalization)]
    momenta = [norm.momentum for norm in norms]
    random = np.random.default_rng(SEED)
    for norm in norms:
        norm.momentum = 0
        norm.gamma.assign(random.uniform(0.4, 1, norm.gamma.shape))
        norm.beta.assign(random.normal(0, 0.1, norm.beta.shape))
    saved(torch.cat([picture, picture.flip(2)]), training=True)
    for norm, momentum in zip(norms, momenta, strict=True):
        norm.momentum = momentum
        variance = keras.ops.convert_to_numpy(norm.moving_variance)
        norm.moving_variance.assign(variance * random.uniform(0.8, 1.25, variance.shape))
    file = f"{name}.keras"
    saved.save(folder / file)

    def logits_in(precision: str) -> object:
        keras.config.set_floatx(precision)
        keras.config.set_dtype_policy(precision)
        bare = application(weights=None, classifier_activation=None)
        bare.set_weights(saved.get_weights())
        bare.trainable = False
        return lambda pictures: bare(pictures, training=False)

    double = logits_in("float64")
    return logits_in("float32"), double, picture, [file]


def export(name: str, folder: Path) -> None:
    network = NETWORKS[name]
    write = export_keras if network.exporter == "Keras" else export_pytorch
    single, double, picture, files = write(network, name, folder)
    unit, score, exact = gradient_of(double, picture.double(), None)
    _, _, gradient = gradient_of(single, picture, unit)
    for kind, values in {"picture": picture, "float32": gradient, "float64": exact}.items():
        values.detach().numpy().tofile(folder / f"{name}.{kind}.bin")
    facts = {
        "title": network.title,
        "exporter": network.exporter,
        "opset": network.opset,
        "side": network.side,
        "smooth": network.smooth,
        "files": files,
        "unit": unit,
        "score": score,
    }
    (folder / f"{name}.json").write_text(json.dumps(facts, indent=1))
    print(f"{name}: score {score:.4g}, gradient {float(exact.norm()):.4g}", flush=True)


if __name__ == "__main__":
    warnings.filterwarnings("ignore")
    logging.disable(logging.WARNING)
    torch.set_num_threads(1)
    target = Path(sys.argv[1])
    target.mkdir(parents=True, exist_ok=True)
    for each in sys.argv[2:]:
        export(each, target)
