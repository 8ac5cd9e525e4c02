"""Train the tour's picture network and write what the notebooks read from `picture-network/`.

Ten classes of 64-pixel crops, one class for each of ten pictures that come with scikit-image: the network learns
from the left 60 % of every picture and is tried on the right 38 %, so that no pixel is seen twice. Small enough to
be trained in minutes on two cores, honest enough to be worth looking into: it confuses what looks alike.

Writes `network.onnx` (float32, input `picture` (n, 3, 64, 64) in 0..1, output `logits` (n, 10)), `activations.npy`
(1,000 test crops x 96 pooled units, float16), `crops.bin` (the crops as WebP files, one behind the other) and
`crops.json` (where each crop begins, the class names, the true and the predicted class).
"""

from __future__ import annotations

import io
import json
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import torch
from PIL import Image
from skimage import color, data
from torch import nn
from torch.nn.utils.fusion import fuse_conv_bn_eval

FOLDER = Path(__file__).parent / "picture-network"
SIDE = 64
TRAIN_PER_CLASS, TEST_PER_CLASS, EPOCHS, BATCH = 500, 100, 6, 64
PICTURES = {
    "astronaut": data.astronaut,
    "bricks": data.brick,
    "cameraman": data.camera,
    "cat": data.cat,
    "coffee": data.coffee,
    "coins": data.coins,
    "galaxies": data.hubble_deep_field,
    "grass": data.grass,
    "gravel": data.gravel,
    "tissue": data.immunohistochemistry,
}


class Residual(nn.Module):
    """Two 3 x 3 convolutions beside a shortcut, which is a 1 x 1 convolution where the shape changes."""

    def __init__(self, inside: int, outside: int, stride: int) -> None:
        super().__init__()
        self.first = nn.Conv2d(inside, outside, 3, stride, 1)
        self.first_norm = nn.BatchNorm2d(outside)
        self.second = nn.Conv2d(outside, outside, 3, 1, 1)
        self.second_norm = nn.BatchNorm2d(outside)
        same = inside == outside and stride == 1
        self.shortcut = nn.Identity() if same else nn.Conv2d(inside, outside, 1, stride)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        y = torch.relu(self.first_norm(self.first(x)))
        return torch.relu(self.second_norm(self.second(y)) + self.shortcut(x))


class PictureNetwork(nn.Module):
    def __init__(self, classes: int) -> None:
        super().__init__()
        self.stem = nn.Conv2d(3, 32, 3, 2, 1)
        self.stem_norm = nn.BatchNorm2d(32)
        self.blocks = nn.Sequential(Residual(32, 32, 1), Residual(32, 64, 2), Residual(64, 96, 2))
        self.classify = nn.Linear(96, classes)

    def features(self, picture: torch.Tensor) -> torch.Tensor:
        x = torch.relu(self.stem_norm(self.stem(picture * 2 - 1)))
        return self.blocks(x).mean(dim=(2, 3))

    def forward(self, picture: torch.Tensor) -> torch.Tensor:
        return self.classify(self.features(picture))


def halves() -> tuple[list[np.ndarray], list[np.ndarray]]:
    """Left and right part of every picture as (height, width, 3) bytes."""
    left, right = [], []
    for load in PICTURES.values():
        picture = load()
        picture = picture if picture.ndim == 3 else color.gray2rgb(picture)
        width = picture.shape[1]
        left.append(picture[:, : int(width * 0.6)])
        right.append(picture[:, width - int(width * 0.38) :])
    return left, right


def crops(parts: list[np.ndarray], per_class: int, random: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """`per_class` random crops of each part, classes in turn: (n, 64, 64, 3) bytes and n class numbers."""
    taken = []
    for _ in range(per_class):
        for part in parts:
            top, start = (random.integers(0, size - SIDE + 1) for size in part.shape[:2])
            taken.append(part[top : top + SIDE, start : start + SIDE])
    return np.stack(taken), np.tile(np.arange(len(parts)), per_class)


def as_input(pictures: np.ndarray) -> torch.Tensor:
    return torch.from_numpy(pictures.astype(np.float32) / 255).permute(0, 3, 1, 2).contiguous()


def train(network: PictureNetwork, parts: list[np.ndarray], random: np.random.Generator) -> None:
    optimizer = torch.optim.AdamW(network.parameters(), lr=2e-3, weight_decay=1e-3)
    steps = EPOCHS * (TRAIN_PER_CLASS * len(parts) // BATCH)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, max_lr=4e-3, total_steps=steps)
    network.train()
    for epoch in range(EPOCHS):
        # New crops in each round: the network should learn what a picture is made of, not its crops.
        pictures, classes = crops(parts, TRAIN_PER_CLASS, random)
        order = random.permutation(len(pictures))
        losses = []
        for start in range(0, len(order) - BATCH + 1, BATCH):
            rows = order[start : start + BATCH]
            batch = as_input(pictures[rows])
            flipped = torch.from_numpy(random.random(BATCH) < 0.5)
            batch[flipped] = batch[flipped].flip(3)
            # Brightness and contrast of the right part differ from those of the left.
            contrast = torch.from_numpy(random.uniform(0.7, 1.3, (BATCH, 1, 1, 1)).astype(np.float32))
            shift = torch.from_numpy(random.uniform(-0.15, 0.15, (BATCH, 1, 1, 1)).astype(np.float32))
            batch = ((batch - 0.5) * contrast + 0.5 + shift).clamp(0, 1)
            loss = nn.functional.cross_entropy(network(batch), torch.from_numpy(classes[rows]), label_smoothing=0.05)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
            losses.append(loss.item())
        print(f"round {epoch + 1} of {EPOCHS}: loss {np.mean(losses):.3f}", flush=True)


def fold_norms(network: PictureNetwork) -> None:
    """Batch normalisation becomes part of the convolution before it: fewer layers, the same numbers."""
    network.eval()
    network.stem, network.stem_norm = fuse_conv_bn_eval(network.stem, network.stem_norm), nn.Identity()
    for block in network.blocks:
        block.first, block.first_norm = fuse_conv_bn_eval(block.first, block.first_norm), nn.Identity()
        block.second, block.second_norm = fuse_conv_bn_eval(block.second, block.second_norm), nn.Identity()


def forget_origin(path: Path) -> None:
    """Take out the exporter's notes (source lines, paths of the machine): the same training gives the same file."""
    model = onnx.load(str(path))
    del model.metadata_props[:]
    model.graph.doc_string = ""
    for part in [model.graph, *model.graph.node, *model.graph.value_info, *model.graph.input, *model.graph.output]:
        del part.metadata_props[:]
    for tensor in model.graph.initializer:
        del tensor.metadata_props[:]
    onnx.save(model, str(path))


def webp(picture: np.ndarray) -> bytes:
    file = io.BytesIO()
    Image.fromarray(picture).save(file, "WEBP", quality=75, method=6)
    return file.getvalue()


def main() -> None:
    torch.manual_seed(42)
    random = np.random.default_rng(42)
    left, right = halves()
    network = PictureNetwork(len(PICTURES))
    print(f"{sum(p.numel() for p in network.parameters()):,} parameters")
    train(network, left, random)
    fold_norms(network)

    pictures, classes = crops(right, TEST_PER_CLASS, random)
    inputs = as_input(pictures)
    with torch.no_grad():
        features = network.features(inputs)
        logits = network.classify(features)
    predicted = logits.argmax(1).numpy()
    print(f"accuracy on the unseen part: {np.mean(predicted == classes):.3f}")

    FOLDER.mkdir(exist_ok=True)
    path = FOLDER / "network.onnx"
    torch.onnx.export(
        network,
        (inputs[:2],),
        str(path),
        input_names=["picture"],
        output_names=["logits"],
        dynamic_shapes=({0: torch.export.Dim("n", min=1)},),
        external_data=False,
    )
    forget_origin(path)
    session = onnxruntime.InferenceSession(str(path))
    (again,) = session.run(["logits"], {"picture": inputs[:100].numpy()})
    difference = float(np.abs(again - logits[:100].numpy()).max())
    if difference > 1e-4:
        raise RuntimeError(f"the ONNX file differs from the network by {difference}")

    files = [webp(picture) for picture in pictures]
    np.save(FOLDER / "activations.npy", features.numpy().astype(np.float16))
    (FOLDER / "crops.bin").write_bytes(b"".join(files))
    about = {
        "names": list(PICTURES),
        "labels": classes.tolist(),
        "predicted": predicted.tolist(),
        "offsets": np.cumsum([0, *map(len, files)]).tolist(),
    }
    (FOLDER / "crops.json").write_text(json.dumps(about, separators=(",", ":")) + "\n")
    for file in sorted(FOLDER.iterdir()):
        print(f"{file.name:16} {file.stat().st_size / 1000:8.0f} kB")


if __name__ == "__main__":
    main()
