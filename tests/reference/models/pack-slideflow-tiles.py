"""Pack tiles and what Slideflow 3.0.2 made of them, for tests/browser/features/slideflow-run.test.ts.

Run with the environment of oracles.txt: python tests/reference/models/pack-slideflow-tiles.py RUN
RUN is the folder of a run of Slideflow (PyTorch backend): tfrecords/64px_128um with the tiles as JPEG, features.npz
with `DatasetFeatures` of `Features.from_model(layers=["relu2", "relu3"], pooling="avg", include_preds=True)`, and the
network as tinynet.onnx. It is a record, not part of `make goldens`: Slideflow needs an environment of its own.

Writes slideflow-tiles.png (the first 6 tiles of each slide, a row each, decoded by Pillow), slideflow-features.json
(of each tile the activations, 16 of relu2 then 24 of relu3, and the three probabilities; float32, base64) and
tinynet.onnx, byte for byte.
"""

from __future__ import annotations

import base64
import io
import json
import struct
import sys
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

import numpy as np
from PIL import Image

FOLDER = Path(__file__).parent
TILES = 6
SIDE = 64


def records(path: Path) -> Iterator[bytes]:
    """The payloads of a TFRecord file: a length of 8 bytes, its checksum, the payload, its checksum."""
    data = path.read_bytes()
    at = 0
    while at < len(data):
        (length,) = struct.unpack_from("<Q", data, at)
        yield data[at + 12 : at + 12 + length]
        at += 16 + length


def jpeg_of(record: bytes) -> bytes:
    """The picture of an Example: the only thing in it that begins and ends as a JPEG does."""
    return record[record.index(b"\xff\xd8\xff") : record.rindex(b"\xff\xd9") + 2]


def packed(rows: list[np.ndarray]) -> str:
    return base64.b64encode(np.concatenate(rows).astype("<f4").tobytes()).decode()


def main(run: Path) -> None:
    features = np.load(run / "features.npz")
    slides = sorted(path.stem for path in (run / "tfrecords/64px_128um").glob("*.tfrecords"))
    sheet = Image.new("RGB", (TILES * SIDE, len(slides) * SIDE))
    activations, predictions = [], []
    for row, slide in enumerate(slides):
        tiles = records(run / "tfrecords/64px_128um" / f"{slide}.tfrecords")
        for column, record in zip(range(TILES), tiles, strict=False):
            sheet.paste(Image.open(io.BytesIO(jpeg_of(record))), (column * SIDE, row * SIDE))
        activations.append(features[f"act_{slide}"][:TILES])
        predictions.append(features[f"pred_{slide}"][:TILES])
    sheet.save(FOLDER / "slideflow-tiles.png", optimize=True)
    answers = {
        "from": f"Slideflow 3.0.2 (PyTorch backend); decoded by Pillow {version('pillow')}",
        "slides": slides,
        "activations": packed(activations),
        "predictions": packed(predictions),
    }
    (FOLDER / "slideflow-features.json").write_text(json.dumps(answers, indent=1) + "\n")
    (FOLDER / "tinynet.onnx").write_bytes((run / "tinynet.onnx").read_bytes())


if __name__ == "__main__":
    main(Path(sys.argv[1]))
