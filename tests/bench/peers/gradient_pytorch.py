"""PyTorch, one thread: the gradient of a network's score, by autograd itself, Captum or PAIR.

The networks are those of tests/reference/gradients/networks.py, at the picture that lies beside their files. What
instructions it may use is said by ATEN_CPU_CAPABILITY and ONEDNN_MAX_CPU_ISA.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2] / "reference" / "gradients"))

import torchvision_on_cpu  # noqa: F401, I001 -- before whatever imports torchvision
import numpy as np
import torch
from answer_lines import Stopwatch, answer_lines
from networks import NETWORKS, pytorch_network

torch.set_num_threads(1)
STEPS = 25


@cache
def network_of(name: str) -> torch.nn.Module:
    return pytorch_network(NETWORKS[name])


def gradients_of(network: torch.nn.Module, unit: int, pictures: torch.Tensor) -> torch.Tensor:
    pictures = pictures.clone().requires_grad_()
    return torch.autograd.grad(network(pictures)[:, unit].sum(), pictures)[0]


def by_captum(network: torch.nn.Module, unit: int, picture: torch.Tensor) -> torch.Tensor:
    from captum.attr import Saliency

    return Saliency(network).attribute(picture.clone().requires_grad_(), target=unit, abs=False)


def integrated_by_captum(network: torch.nn.Module, unit: int, picture: torch.Tensor) -> torch.Tensor:
    from captum.attr import IntegratedGradients

    return IntegratedGradients(network).attribute(
        picture, baselines=torch.zeros_like(picture), target=unit, n_steps=STEPS, internal_batch_size=5
    )


def integrated_by_pair(network: torch.nn.Module, unit: int, picture: torch.Tensor) -> torch.Tensor:
    import saliency.core as saliency

    def call_model(pictures: np.ndarray, **_: object) -> dict[str, np.ndarray]:
        first = torch.tensor(np.asarray(pictures, dtype=np.float32)).permute(0, 3, 1, 2)
        gradients = gradients_of(network, unit, first)
        return {saliency.INPUT_OUTPUT_GRADIENTS: gradients.permute(0, 2, 3, 1).numpy()}

    last = picture[0].permute(1, 2, 0).numpy()
    mask = saliency.IntegratedGradients().GetMask(
        last, call_model, x_steps=STEPS, x_baseline=np.zeros_like(last), batch_size=5
    )
    return torch.tensor(mask).permute(2, 0, 1)[None]


METHODS: dict[str, tuple[Callable[..., torch.Tensor], str]] = {
    "gradient": (gradients_of, "torch"),
    "captum": (by_captum, "captum"),
    "integrated by captum": (integrated_by_captum, "captum"),
    "integrated by pair": (integrated_by_pair, "saliency"),
}


def measure(folder: str, name: str, method: str, times: int) -> dict[str, Any]:
    """Seconds of one run, the mean of `times`, after one that is not counted."""
    network = network_of(name)
    facts = json.loads((Path(folder) / f"{name}.json").read_text())
    numbers = np.fromfile(Path(folder) / f"{name}.picture.bin", dtype=np.float32)
    picture = torch.tensor(numbers.reshape(1, 3, facts["side"], facts["side"]))
    work, package = METHODS[method]
    work(network, facts["unit"], picture)
    watch = Stopwatch()
    for _ in range(times):
        work(network, facts["unit"], picture)
    seconds = {key: value / times for key, value in watch.seconds().items()}
    return {**seconds, "version": f"{version(package)}, {torch.backends.cpu.get_cpu_capability()}"}


if __name__ == "__main__":
    answer_lines(measure)
