"""Gradients of the labs' network by PyTorch in double precision, for tests/unit/gradient.

Run with the environment of the oracles.txt beside this file:
.oracle-models/bin/python tests/reference/models/make-gradient-goldens.py
"""

import json
from pathlib import Path

import h5py
import numpy as np
import torch
from torch.nn import functional

HERE = Path(__file__).parent
NETWORK = HERE.parent.parent.parent / "notebooks" / "labs" / "lab-network" / "lab-network.h5"
SIDE = 150
# Of the input's 67,500 numbers every so many-th is kept, and of a layer's.
STEP = 211


def picture() -> torch.Tensor:
    """Numbers from 0 to 1 without a pattern, height by width by channel, as the tests make them."""
    numbers = (np.arange(1, SIDE * SIDE * 3 + 1) * 0.6180339887498949) % 1
    single = torch.from_numpy(numbers.astype(np.float32)).double().reshape(1, SIDE, SIDE, 3)
    return single.requires_grad_()


def weights() -> dict[str, list[torch.Tensor]]:
    """Kernel and bias of every layer that has some, in double precision."""
    found: dict[str, list[torch.Tensor]] = {}
    with h5py.File(NETWORK) as file:
        group = file["model_weights"]
        for layer in group:
            names = [name.decode() if isinstance(name, bytes) else name for name in group[layer].attrs["weight_names"]]
            found[layer] = [torch.from_numpy(group[layer][name][()]).double() for name in names]
    return {layer: tensors for layer, tensors in found.items() if tensors}


def run(pixels: torch.Tensor) -> dict[str, torch.Tensor]:
    """Every layer's answer, channels first."""
    known = weights()
    answers: dict[str, torch.Tensor] = {}
    tensor = pixels.permute(0, 3, 1, 2)
    for number in range(1, 5):
        kernel, bias = known[f"conv2d_{number}"]
        tensor = functional.relu(functional.conv2d(tensor, kernel.permute(3, 2, 0, 1), bias))
        answers[f"conv2d_{number}"] = tensor
        tensor = functional.max_pool2d(tensor, 2)
        answers[f"max_pooling2d_{number}"] = tensor
    matrix, bias = known["dense"]
    answers["logits"] = tensor.mean((2, 3)) @ matrix + bias
    answers["probabilities"] = answers["logits"].softmax(-1)
    return answers


def kept(score: torch.Tensor, at: torch.Tensor) -> dict[str, object]:
    """A score, and of its gradient some numbers, the sum and the length."""
    (gradient,) = torch.autograd.grad(score, at, retain_graph=True)
    # As the graph has it: the input's channels are last, a layer's first.
    flat = gradient.numpy().reshape(-1)
    return {
        "score": score.item(),
        "sum": flat.sum(),
        "norm": np.linalg.norm(flat),
        "every": [float(f"{number:.9g}") for number in flat[::STEP]],
    }


def main() -> None:
    """Write the goldens beside this script."""
    pixels = picture()
    answers = run(pixels)
    logits, probabilities = answers["logits"][0], answers["probabilities"][0]
    goldens = {
        "step": STEP,
        "class 2": kept(logits[2], pixels),
        "probability of class 2": kept(probabilities[2], pixels),
        "class 2 less class 4": kept(logits[2] - logits[4], pixels),
        "class 2 at conv2d_4": kept(logits[2], answers["conv2d_4"]),
        "channel 5 of conv2d_3": kept(answers["conv2d_3"][0, 5].mean(), pixels),
        "channel 5 of conv2d_3 at row 7, column 9": kept(answers["conv2d_3"][0, 5, 7, 9], pixels),
    }
    (HERE / "gradient-goldens.json").write_text(json.dumps(goldens) + "\n")


if __name__ == "__main__":
    main()
