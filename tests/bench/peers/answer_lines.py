"""Questions in, answers out: one JSON object a line, for tests/bench/peers/python-peer.ts."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from typing import Any

import numpy as np


def answer_lines(answer: Callable[..., dict[str, Any]]) -> None:
    """Answer every line of the input, until it ends."""
    for line in sys.stdin:
        print(json.dumps(answer(**json.loads(line))), flush=True)


def read_rows(path: str, shape: tuple[int, int]) -> np.ndarray:
    """Rows as the benchmark wrote them: single precision, row after row."""
    return np.fromfile(path, dtype=np.float32).reshape(shape)


class Stopwatch:
    """Wall and CPU seconds (of this process, all threads) since it was made."""

    def __init__(self) -> None:
        self._wall, self._cpu = time.perf_counter(), time.process_time()

    def seconds(self) -> dict[str, float]:
        return {"wall_s": time.perf_counter() - self._wall, "cpu_s": time.process_time() - self._cpu}
