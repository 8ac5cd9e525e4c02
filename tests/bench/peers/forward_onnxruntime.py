"""ONNX Runtime, one thread: pictures through a network of 224 pixels, batch after batch."""

from __future__ import annotations

from typing import Any

import numpy as np
import onnxruntime
from answer_lines import Stopwatch, answer_lines

sessions: dict[str, onnxruntime.InferenceSession] = {}


def session_of(file: str) -> onnxruntime.InferenceSession:
    if file not in sessions:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        sessions[file] = onnxruntime.InferenceSession(file, options, providers=["CPUExecutionProvider"])
    return sessions[file]


def forward(file: str, pictures: int, batch: int) -> dict[str, Any]:
    session = session_of(file)
    numbers = np.random.default_rng(1).random((pictures, 3, 224, 224), dtype=np.float32)
    session.run(None, {"input": numbers[:batch]})
    watch = Stopwatch()
    for start in range(0, pictures, batch):
        session.run(None, {"input": numbers[start : start + batch]})
    return {**watch.seconds(), "version": onnxruntime.__version__}


if __name__ == "__main__":
    answer_lines(forward)
