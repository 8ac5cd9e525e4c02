"""Write what Slideflow's mosaic grid gives, and what ours must give, for tests/unit/compute/mosaic.

Run with the environment of oracles.txt: .oracle/bin/python tests/reference/make-mosaic-goldens.py
Writes mosaic-grids.json. Slideflow's algorithm (3.x, Apache-2.0, `Mosaic.generate_grid`; 1.0 for `expanded`) is
written out here in other words, and held against mosaic-slideflow.json, which is what Slideflow 3.0.2 itself wrote:
that file is a record of a run and is not written again.

Each map has two answers. `upstream` is Slideflow's: rows stretched over the height, edges from `numpy.arange`.
`square` is what a lattice of square cells from the same corner gives, by comparing every tile with every cell.
"""

from __future__ import annotations

import base64
import json
from importlib.metadata import version
from pathlib import Path

import numpy as np

FOLDER = Path(__file__).parent
MAX_DIST = 0.3
LENIENCY = 1.5


def upstream_bins(x: np.ndarray, y: np.ndarray, columns: int) -> tuple[float, int, np.ndarray, np.ndarray]:
    """Slideflow's tile size, number of rows, and bins; the rightmost tile may get column `columns`."""
    size = (x.max() - x.min()) / columns
    rows = int((y.max() - y.min()) / size)
    x_edges = np.arange(x.min(), x.max(), (x.max() - x.min()) / columns)[1:]
    y_edges = np.arange(y.min(), y.max(), (y.max() - y.min()) / rows)[1:]
    return size, rows, np.digitize(x, x_edges), np.digitize(y, y_edges)


def square_bins(x: np.ndarray, y: np.ndarray, columns: int) -> tuple[float, int, np.ndarray, np.ndarray]:
    """Square cells; what lies on the right or upper border belongs to the last column or row."""
    size = (x.max() - x.min()) / columns
    rounding = 2**-22 * max(np.abs(x).max(), np.abs(y).max())
    rows = max(1, int(np.ceil((y.max() - y.min() - rounding) / size)))
    return (
        size,
        rows,
        np.minimum(columns - 1, np.floor((x - x.min()) / size)).astype(int),
        np.minimum(rows - 1, np.floor((y - y.min()) / size)).astype(int),
    )


def chosen(x: np.ndarray, y: np.ndarray, meta: np.ndarray, bins: tuple, columns: int) -> dict[str, list[int]]:
    """The tile of each occupied cell by every rule, ascending; centres are those of squares, as upstream has them."""
    size, rows, grid_x, grid_y = bins
    found: dict[str, list[int]] = {"first": [], "nearest": [], "near": [], "centroid": []}
    cells = sorted(set(zip(grid_x.tolist(), grid_y.tolist(), strict=True)))
    for column, row in cells:
        inside = np.flatnonzero((grid_x == column) & (grid_y == row))
        found["first"].append(int(inside[0]))
        if column >= columns or row >= rows:
            continue
        centre_x = x.min() + size / 2 + column * size
        centre_y = y.min() + size / 2 + row * size
        away = np.sqrt((x[inside] - centre_x) ** 2 + (y[inside] - centre_y) ** 2)
        found["nearest"].append(int(inside[np.argmin(away)]))
        if away.min() < MAX_DIST * size:
            found["near"].append(int(inside[np.argmin(away)]))
        mean = meta[inside].mean(axis=0)
        found["centroid"].append(int(inside[np.argmin(np.linalg.norm(meta[inside] - mean, axis=1))]))
    return {rule: sorted(tiles) for rule, tiles in found.items()}


def expanded(x: np.ndarray, y: np.ndarray, bins: tuple, columns: int) -> list[list[int]]:
    """`[cell, tile]` of the old `expanded=True`: every pair within reach, nearest first, each end used once."""
    size, rows, _, _ = bins
    pairs = []
    for cell in range(columns * rows):
        centre_x = x.min() + (cell % columns + 0.5) * size
        centre_y = y.min() + (cell // columns + 0.5) * size
        away = np.sqrt((x - centre_x) ** 2 + (y - centre_y) ** 2)
        pairs += [(away[tile], cell, int(tile)) for tile in np.flatnonzero(away < LENIENCY * size * np.sqrt(2) / 2)]
    cells: set[int] = set()
    tiles: set[int] = set()
    taken = []
    for _, cell, tile in sorted(pairs):
        if cell not in cells and tile not in tiles:
            cells.add(cell)
            tiles.add(tile)
            taken.append([cell, tile])
    return sorted(taken)


def normalized(layout: np.ndarray) -> dict[str, object]:
    """Slideflow's `normalize_layout`: the upper margin is taken from the span that the lower one has widened."""
    low, high = np.percentile(layout, 1, axis=0), np.percentile(layout, 99, axis=0)
    low = low - 0.1 * (high - low)
    high = high + 0.1 * (high - low)
    clipped = np.clip(layout, low, high)
    least, most = clipped.min(axis=0), clipped.max(axis=0)
    return {
        "range": [least.tolist(), most.tolist()],
        "clip": [low.tolist(), high.tolist()],
        "scaled": packed((clipped - least) / (most - least), "<f8"),
    }


def maps() -> dict[str, tuple[int, np.ndarray]]:
    """Maps of every shape that matters, single precision: columns asked for, and `x, y` of each tile."""
    random = np.random.default_rng(5)
    cloud = np.concatenate([random.normal(centre, 0.5, (120, 2)) for centre in ((0, 0), (3, 1), (1, 4), (4, 4))])
    unit = np.clip((cloud - cloud.min(0) - 0.4) / (np.ptp(cloud, axis=0) - 0.8), 0, 1)
    line = random.random((100, 2)) * [1, 0.001]
    edge = np.concatenate([[[0, 0], [1, 1]], np.clip(random.random((300, 2)), 0.001, 0.98)])
    return {
        "unit square": (50, unit),
        "coarse": (7, unit),
        "wide": (20, random.random((400, 2)) * [1, 0.43]),
        "tall": (9, random.random((400, 2)) * [1, 2.37]),
        "elsewhere": (16, random.random((300, 2)) * [3, 2] + [5, -3]),
        "nearly flat": (4, line * [1, 800]),
        "an edge too many": (49, edge),
    }


def packed(numbers: np.ndarray, kind: str) -> str:
    return base64.b64encode(np.ascontiguousarray(numbers, dtype=kind).tobytes()).decode()


def check_against_slideflow(record: dict) -> None:
    """What is written out above gives what Slideflow itself gave."""
    x, y = np.frombuffer(base64.b64decode(record["positions"]), "<f8").reshape(-1, 2).T
    for grid in record["grids"]:
        columns = grid["numTilesX"]
        bins = upstream_bins(x, y, columns)
        assert [columns, bins[1]] == grid["numTiles"]
        assert bins[2].tolist() == grid["gridX"]
        assert bins[3].tolist() == grid["gridY"]
        rule = "near" if grid["maxDist"] else grid["tileSelect"]
        assert chosen(x, y, np.zeros((len(x), 1)), bins, columns)[rule] == grid["selected"]


def main() -> None:
    check_against_slideflow(json.loads((FOLDER / "mosaic-slideflow.json").read_text()))
    random = np.random.default_rng(6)
    golden: dict[str, object] = {"versions": {"numpy": version("numpy")}, "maxDist": MAX_DIST, "maps": []}
    for name, (columns, layout) in maps().items():
        positions = layout.astype(np.float32)
        meta = random.normal(size=(len(positions), 3)).astype(np.float32)
        x, y = positions.astype(np.float64).T
        answers = {}
        for kind, bins in (("upstream", upstream_bins(x, y, columns)), ("square", square_bins(x, y, columns))):
            size, rows, grid_x, grid_y = bins
            answers[kind] = {
                "tileSize": float(size),
                "rows": rows,
                "gridX": packed(grid_x, "u1"),
                "gridY": packed(grid_y, "u1"),
                **chosen(x, y, meta.astype(np.float64), bins, columns),
            }
        golden["maps"].append(
            {
                "name": name,
                "columns": columns,
                "positions": packed(positions, "<f4"),
                "meta": packed(meta, "<f4"),
                **answers,
                "expanded": expanded(x, y, square_bins(x, y, columns), columns),
            }
        )
    layout = random.standard_t(2, (1000, 2)) * [3, 40] + [0, 7]
    golden["layout"] = {
        "positions": packed(layout, "<f8"),
        **normalized(layout),
        # Where percentiles fall between two values differs with the length, and so do their roundings.
        "clips": [[rows, normalized(layout[:rows])["clip"]] for rows in range(3, 60, 2)],
    }
    (FOLDER / "mosaic-grids.json").write_text(json.dumps(golden) + "\n")


if __name__ == "__main__":
    main()
