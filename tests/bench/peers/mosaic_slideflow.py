"""A mosaic as Slideflow draws it: the first tile of each cell, one matplotlib `imshow` a tile; and the tiles.

Written after what Slideflow 3.0.2 was seen to do with `Mosaic.plot` and `Mosaic.save`: a grid of `num_tiles_x` columns,
axes without frame, each tile drawn at its place, the figure saved at matplotlib's 100 dpi with a tight box.
"""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import matplotlib as mpl
import numpy as np
from PIL import Image

mpl.use("Agg")
import matplotlib.pyplot as plt
from answer_lines import Stopwatch, answer_lines

SIDE = 64
CLUSTERS = 24
# Matplotlib's figure of 20 inches at 100 dpi leaves 1,944 px when cut to what is drawn.
INCHES = 20
BACKGROUND = "#dfdfdf"


def make_tiles(folder: Path, rows: int) -> dict[str, Any]:
    """Write tiles like stained tissue (smooth blotches, fine grain), the same as JPEG files, and places in clusters."""
    random = np.random.default_rng(42)
    classes = random.integers(0, CLUSTERS, rows)
    centres = random.uniform(size=(CLUSTERS, 2))
    # What leaves the unit square comes in at its other side: clusters, and hardly a cell without a tile.
    places = (centres[classes] + random.normal(size=(rows, 2)) * 0.15) % 1
    places.astype("<f4").tofile(folder / "places.bin")
    colors = random.uniform(90, 230, size=(CLUSTERS, 3))
    encoded, ends = bytearray(), np.zeros(rows, dtype="<u4")
    with (folder / "tiles.bin").open("wb") as tiles:
        for row in range(rows):
            coarse = random.normal(size=(8, 8, 3)).astype("f4") * 30 + colors[classes[row]]
            smooth = Image.fromarray(np.clip(coarse, 0, 255).astype("u1")).resize(
                (SIDE, SIDE), Image.Resampling.BICUBIC
            )
            grain = random.normal(size=(SIDE, SIDE, 1)).astype("f4") * 6
            pixels = np.clip(np.asarray(smooth) + grain, 0, 255).astype("u1")
            tiles.write(pixels.tobytes())
            file = io.BytesIO()
            Image.fromarray(pixels).save(file, "JPEG", quality=85)
            encoded += file.getvalue()
            ends[row] = len(encoded)
    (folder / "jpegs.bin").write_bytes(encoded)
    ends.tofile(folder / "ends.bin")
    return {"jpeg_bytes": len(encoded) / rows}


class GivenTiles:
    """Tiles that lie in memory as arrays."""

    def __init__(self, arrays: np.ndarray, places: np.ndarray) -> None:
        self._arrays, self.places = arrays, places

    def __getitem__(self, row: int) -> np.ndarray:
        return self._arrays[row]


class JpegTiles:
    """Tiles that lie in memory as JPEG files, read when they are drawn."""

    def __init__(self, files: list[bytes], places: np.ndarray) -> None:
        self._files, self.places = files, places

    def __getitem__(self, row: int) -> np.ndarray:
        return np.asarray(Image.open(io.BytesIO(self._files[row])))


def read_tiles(folder: Path, kind: str) -> GivenTiles | JpegTiles:
    """Read what `make_tiles` wrote, before the clock starts."""
    places = np.fromfile(folder / "places.bin", dtype="<f4").reshape(-1, 2)
    if kind == "array":
        return GivenTiles(np.fromfile(folder / "tiles.bin", dtype="u1").reshape(-1, SIDE, SIDE, 3), places)
    encoded, ends = (folder / "jpegs.bin").read_bytes(), np.fromfile(folder / "ends.bin", dtype="<u4")
    return JpegTiles([encoded[begin:end] for begin, end in zip([0, *ends[:-1]], ends, strict=True)], places)


def draw(tiles: GivenTiles | JpegTiles, columns: int) -> tuple[plt.Figure, int]:
    """Lay the tiles in their grid and draw the first of each cell."""
    low, high = tiles.places.min(axis=0), tiles.places.max(axis=0)
    size = (high[0] - low[0]) / columns
    cells = np.floor((tiles.places - low) / size).astype(int)
    cells[:, 0] = np.minimum(cells[:, 0], columns - 1)
    _, first = np.unique(cells[:, 1] * columns + cells[:, 0], return_index=True)
    figure, axes = plt.subplots(figsize=(INCHES, INCHES))
    axes.set_facecolor(BACKGROUND)
    axes.tick_params(axis="both", bottom=False, left=False, labelbottom=False, labelleft=False)
    axes.set_aspect("equal", "box")
    figure.subplots_adjust(bottom=0, top=1, right=1, left=0)
    for row in first:
        x, y = low + cells[row] * size
        axes.imshow(tiles[row], origin="lower", extent=[x, x + size, y, y + size], zorder=99)
    axes.autoscale(enable=True, tight=None)
    return figure, len(first)


known: dict[tuple[str, str], GivenTiles | JpegTiles] = {}


def answer(task: str, folder: str, kind: str = "array", rows: int = 0, columns: int = 50) -> dict[str, Any]:
    """Make the tiles ("make"), or time a picture of them, from the grid to the PNG ("draw")."""
    if task == "make":
        return make_tiles(Path(folder), rows)
    if (folder, kind) not in known:
        known[folder, kind] = read_tiles(Path(folder), kind)
    tiles = known[folder, kind]
    watch = Stopwatch()
    figure, count = draw(tiles, columns)
    figure.savefig(Path(folder) / "mosaic.png", bbox_inches="tight")
    seconds = watch.seconds()
    plt.close(figure)
    return {**seconds, "cells": count, "version": mpl.__version__}


if __name__ == "__main__":
    answer_lines(answer)
