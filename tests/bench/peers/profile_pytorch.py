"""What the time of PyTorch's gradient goes to, one thread: shares by operator, as torch.profiler has them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import torch
from answer_lines import answer_lines
from gradient_pytorch import gradients_of, network_of
from torch.profiler import ProfilerActivity, profile


def shares(folder: str, name: str, times: int) -> dict[str, Any]:
    """Microseconds of each operator's own, in all of the runs, after two that are not counted."""
    network = network_of(name)
    facts = json.loads((Path(folder) / f"{name}.json").read_text())
    numbers = np.fromfile(Path(folder) / f"{name}.picture.bin", dtype=np.float32)
    picture = torch.tensor(numbers.reshape(1, 3, facts["side"], facts["side"]))
    for _ in range(2):
        gradients_of(network, facts["unit"], picture)
    with profile(activities=[ProfilerActivity.CPU]) as found:
        for _ in range(times):
            gradients_of(network, facts["unit"], picture)
    spent = {each.key: each.self_cpu_time_total for each in found.key_averages()}
    return {"spent": spent, "instructions": torch.backends.cpu.get_cpu_capability()}


if __name__ == "__main__":
    answer_lines(shares)
