"""ONNX Runtime, one thread: a gradient graph that was handed out, at the picture of its network."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
from answer_lines import Stopwatch, answer_lines


def measure(file: str, picture: str, golden: str, gradient: str, times: int) -> dict[str, Any]:
    """Seconds of one run, the mean of `times`, and how far `gradient` is from the golden one, relative to that."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(file, options, providers=["CPUExecutionProvider"])
    (taken,) = session.get_inputs()
    feeds = {taken.name: np.fromfile(picture, dtype=np.float32).reshape(taken.shape)}
    (found,) = session.run([gradient], feeds)
    expected = np.fromfile(golden, dtype=np.float32).reshape(found.shape)
    watch = Stopwatch()
    for _ in range(times):
        session.run([gradient], feeds)
    seconds = {key: value / times for key, value in watch.seconds().items()}
    distance = float(np.linalg.norm(found - expected) / np.linalg.norm(expected))
    return {
        **seconds,
        "distance": distance,
        "megabytes": Path(file).stat().st_size / 1e6,
        "version": onnxruntime.__version__,
    }


if __name__ == "__main__":
    answer_lines(measure)
