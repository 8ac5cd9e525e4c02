"""How far maps keep neighbours, against brute force in double precision."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from answer_lines import answer_lines, read_rows
from sklearn.neighbors import NearestNeighbors

NEIGHBORS = 15
ROWS_AT_ONCE = 256
DISTANCES_AT_ONCE = 5_000_000
# Products round by far less than the distance to so many rows more.
SPARE = 16


def squared_distances(rows: np.ndarray, asked: np.ndarray) -> np.ndarray:
    """From each row asked to all rows; to itself infinite, for no row is its own neighbour."""
    lengths = np.einsum("ij,ij->i", rows, rows)
    distances = lengths[asked, None] + lengths[None] - 2 * rows[asked] @ rows.T
    distances[np.arange(len(asked)), asked] = np.inf
    return distances


def ranks(rows: np.ndarray, layout_neighbors: list[np.ndarray]) -> Iterator[list[np.ndarray]]:
    """For some rows at a time, in each layout: how near in the input, 1 the nearest, are its neighbours there."""
    for start in range(0, len(rows), ROWS_AT_ONCE):
        asked = np.arange(start, min(start + ROWS_AT_ONCE, len(rows)))
        distances = squared_distances(rows, asked)
        ordered = np.sort(distances, axis=1)
        yield [
            np.array(
                [
                    np.searchsorted(ordered[place], distances[place, neighbors[row]]) + 1
                    for place, row in enumerate(asked)
                ]
            )
            for neighbors in layout_neighbors
        ]


def score(path: str, shape: tuple[int, int], layouts: list[str]) -> dict[str, Any]:
    """Trustworthiness (Venna and Kaski 2001) and the share of the 15 nearest rows kept, of each layout.

    Rows at the same distance share the better rank.
    """
    rows = read_rows(path, shape).astype(np.float64)
    count, k = len(rows), NEIGHBORS
    neighbors = [
        NearestNeighbors(n_neighbors=k).fit(read_rows(layout, (count, 2))).kneighbors(return_distance=False)
        for layout in layouts
    ]
    penalties, kept = np.zeros(len(layouts)), np.zeros(len(layouts))
    for some in ranks(rows, neighbors):
        penalties += [np.maximum(each - k, 0).sum() for each in some]
        kept += [(each <= k).sum() for each in some]
    trust = 1 - 2 / (count * k * (2 * count - 3 * k - 1)) * penalties
    return {"trustworthiness": trust.tolist(), "preservation": (kept / (count * k)).tolist()}


def farthest_true(rows: np.ndarray, row: int, rough: np.ndarray, k: int) -> float:
    """Squared distance from a row to its k-th nearest: the nearest few in `rough` squared distances, measured again."""
    few = np.argpartition(rough, k + SPARE)[: k + SPARE]
    return float(np.partition(np.square(rows[few] - rows[row]).sum(axis=1), k - 1)[k - 1])


def recall(path: str, shape: tuple[int, int], asked: list[int], found: list[list[int]]) -> dict[str, Any]:
    """Share of the true neighbours of the rows asked that were found; any of several at the same distance is true."""
    rows = read_rows(path, shape).astype(np.float64)
    at_once = max(1, DISTANCES_AT_ONCE // len(rows))
    true = 0
    for start in range(0, len(asked), at_once):
        some = np.array(asked[start : start + at_once])
        for row, neighbors, rough in zip(some, found[start:], squared_distances(rows, some), strict=False):
            others = [other for other in set(neighbors) if other != row]
            distances = np.square(rows[others] - rows[row]).sum(axis=1)
            true += int((distances <= farthest_true(rows, row, rough, len(neighbors))).sum())
    return {"recall": true / sum(map(len, found))}


def answer(work: str, **question: Any) -> dict[str, Any]:
    return {"score": score, "recall": recall}[work](**question)


if __name__ == "__main__":
    answer_lines(answer)
