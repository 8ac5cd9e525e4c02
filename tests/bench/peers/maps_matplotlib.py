"""Every channel of a network's layers as matplotlib draws it, one `imshow` a channel.

Written after what Flatiron's lab "Visualizing Activation Functions" does: 16 columns, a figure of an inch a column and
an inch and a half a row, each channel stretched by its mean and deviation and drawn in viridis without ticks, the
layer's name over its first one. A notebook shows such a figure as a PNG, cut to what is drawn.
"""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import matplotlib as mpl
import numpy as np

mpl.use("Agg")
import matplotlib.pyplot as plt
from answer_lines import Stopwatch, answer_lines

COLUMNS = 16
INCHES_A_ROW = 1.5

loaded: list[tuple[str, np.ndarray]] = []


def load(folder: str, layers: list[dict[str, Any]]) -> dict[str, Any]:
    """Read the activations: of each layer channels x height x width numbers, one after the other in one file."""
    values = np.fromfile(Path(folder) / "maps.bin", dtype="<f4")
    start = 0
    for layer in layers:
        shape = layer["channels"], layer["height"], layer["width"]
        loaded.append((layer["name"], values[start : start + np.prod(shape)].reshape(shape)))
        start += int(np.prod(shape))
    return {"version": mpl.__version__, "channels": sum(len(maps) for _, maps in loaded)}


def draw() -> dict[str, Any]:
    """Time the figure, from activations in memory to the PNG."""
    watch = Stopwatch()
    rows = sum(-(-len(maps) // COLUMNS) for _, maps in loaded)
    figure, axes = plt.subplots(rows, COLUMNS, figsize=(COLUMNS, rows * INCHES_A_ROW))
    top = 0
    for name, maps in loaded:
        for channel, values in enumerate(maps):
            axis = axes[top + channel // COLUMNS, channel % COLUMNS]
            # A dead channel is 0/0 there.
            with np.errstate(invalid="ignore"):
                scaled = (values - values.mean()) / values.std() * 64 + 128
                axis.imshow(np.clip(scaled, 0, 255).astype("uint8"), aspect="auto", cmap="viridis")
            axis.set_xticks([])
            axis.set_yticks([])
            if channel == 0:
                axis.set_title(name)
        top += -(-len(maps) // COLUMNS)
    figure.subplots_adjust(hspace=1.25)
    file = io.BytesIO()
    figure.savefig(file, format="png", bbox_inches="tight")
    plt.close(figure)
    return watch.seconds()


def answer(task: str, **details: Any) -> dict[str, Any]:
    """What the benchmark asks for, by name."""
    return {"load": load, "draw": draw}[task](**details)


if __name__ == "__main__":
    answer_lines(answer)
