"""Pack what PAIR's saliency 0.2.1 and Slideflow 3.0.2 made of known pictures for tests/unit/saliency.

Run with NumPy: python tests/reference/pack-slideflow-saliency.py ANSWERS RUN
ANSWERS is a JSON file with what PAIR's code (commit 7b72b67, NumPy's newer name of `interpolation` put in) made of a
toy model that has a formula; its keys are named below. RUN is the folder of a run of Slideflow (PyTorch backend) with
grad/synthetic.npz: a picture, its maps by `SaliencyMap` and the masks before they were scaled. It is a record, not part
of `make goldens`: Slideflow needs an environment of its own.

Writes saliency/pair-toy.json, saliency/slideflow-maps.json (name and shape of each array, in order) and
saliency/slideflow-maps.bin.gz (float32, little-endian). The network is models/tinynet.onnx; its input, (3, height,
width), is RGB / 127.5 - 1. `*_waves` were made smooth with sin(1.7 i + k) times the standard deviation as the noise of
sample k, i counted in the order (height, width, channel).
"""

from __future__ import annotations

import gzip
import json
import sys
from pathlib import Path

import numpy as np

FOLDER = Path(__file__).parent / "saliency"

TOY = [
    "toy_model",
    "vanilla",
    "integrated_gradients_25_zero",
    "guided_ig_25_0.5_1.0_zero",
    "guided_ig_200_0.25_0.02_zero",
    "blur_ig_100_50",
    "blur_ig_sqrt_bs1",
    "grayscale_p99_of_ig",
    "diverging_p99_of_ig",
    "smoothgrad_injected_noise",
    "gradcam",
    "overlay",
]
MAPS = [
    "image_u8",
    "logits",
    "logits_of_zeros",
    "raw_vanilla",
    "raw_integrated_gradients",
    "raw_guided_integrated_gradients",
    "raw_blur_integrated_gradients",
    "map_vanilla",
    "map_vanilla_smooth_waves",
    "map_integrated_gradients",
    "map_guided_integrated_gradients",
    "map_blur_integrated_gradients",
    "map_gradcam_relu1",
    "map_gradcam_conv2",
    "map_gradcam_relu3",
    "map_gradcam_relu3_smooth_waves",
    "raw_gradcam_relu3_mask_not_resized",
]


def main() -> None:
    answers = json.loads(Path(sys.argv[1]).read_text())
    toy = {"source": "PAIR's saliency 0.2.1 (Apache-2.0)"} | {name: answers[name] for name in TOY}
    (FOLDER / "pair-toy.json").write_text(json.dumps(toy) + "\n")
    run = np.load(Path(sys.argv[2]) / "grad" / "synthetic.npz")
    index = {
        "source": "Slideflow 3.0.2 (Apache-2.0), PyTorch backend: SaliencyMap(tinynet, class 1) of a synthetic picture",
        "classIdx": int(run["class_idx"]),
        "arrays": [{"name": name, "shape": run[name].shape} for name in MAPS],
    }
    (FOLDER / "slideflow-maps.json").write_text(json.dumps(index, indent=1) + "\n")
    numbers = b"".join(run[name].astype("<f4").tobytes() for name in MAPS)
    (FOLDER / "slideflow-maps.bin.gz").write_bytes(gzip.compress(numbers, 9, mtime=0))


if __name__ == "__main__":
    main()
