"""One-way analysis of variance of every unit with SciPy, one thread, in the three ways that it can be asked for."""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
from answer_lines import Stopwatch, answer_lines
from scipy.stats import f_oneway

# Loops are measured on so many of the units, and their time is multiplied.
SAMPLE = 64
EFFECT = 0.05
BLOCK = 5_000

loaded: list[np.ndarray] = []


def make(folder: str, rows: int, units: int, groups: int) -> dict[str, Any]:
    """Write activations as after a rectifier, every tenth unit higher from group to group, rows in any order."""
    random = np.random.default_rng(42)
    codes = random.integers(0, groups, rows, dtype="i4")
    codes.tofile(Path(folder) / "groups.bin")
    with (Path(folder) / "values.bin").open("wb") as file:
        for start in range(0, rows, BLOCK):
            part = codes[start : start + BLOCK]
            values = random.standard_gamma(1, size=(len(part), units), dtype=np.float32)
            values[:, ::10] += np.float32(EFFECT) * part[:, None]
            file.write(values.tobytes())
    return {}


def load(folder: str, units: int, groups: int) -> dict[str, Any]:
    """Read the rows and part them by group, as Slideflow holds them; F of some units in double precision."""
    values = np.fromfile(Path(folder) / "values.bin", dtype=np.float32).reshape(-1, units)
    codes = np.fromfile(Path(folder) / "groups.bin", dtype=np.int32)
    loaded[:] = [values[codes == group] for group in range(groups)]
    exact = [f_oneway(*(group[:, unit].astype(np.float64) for group in loaded)).statistic for unit in range(SAMPLE)]
    return {"version": version("scipy"), "f": [float(f) for f in exact]}


def test(how: str) -> dict[str, Any]:
    """Test all units: one after the other as their columns lie, or as a copy of each, or all in one call."""
    units = loaded[0].shape[1]
    watch = Stopwatch()
    if how == "scipy-vectorised":
        f_oneway(*loaded, axis=0)
        return watch.seconds()
    columns = loaded if how == "slideflow-loop" else [np.ascontiguousarray(group[:, :SAMPLE].T).T for group in loaded]
    for unit in range(SAMPLE):
        f_oneway(*(group[:, unit] for group in columns))
    return {name: seconds * units / SAMPLE for name, seconds in watch.seconds().items()}


def answer(question: str, **details: Any) -> dict[str, Any]:
    """What the benchmark asks for, by name."""
    return {"make": make, "load": load, "test": test}[question](**details)


if __name__ == "__main__":
    answer_lines(answer)
