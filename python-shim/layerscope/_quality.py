"""How far a map can be believed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np


@dataclass(frozen=True)
class Quality:
    """Measures of a map, each 0 to 1, over the `k` nearest neighbours.

    Attributes
    ----------
    k
        Neighbours looked at.
    rows
        Rows measured: all, or 5,000 drawn by chance.
    trustworthiness
        1 where rows that are near in the map are near in the data: how far neighbours seen are true.
    continuity
        1 where rows that are near in the data are near in the map: how far true neighbours are seen.
    preservation
        Share of the `k` nearest rows of the data that are among the `k` nearest of the map.
    per_row
        The preservation of each row alone; NaN where it was not measured.
    """

    k: int
    rows: int
    trustworthiness: float
    continuity: float
    preservation: float
    per_row: "np.ndarray[Any, Any]" = field(repr=False)


def read_quality(header: Mapping[str, Any], content: bytes) -> Quality:
    """Read the page's answer."""
    import numpy as np

    return Quality(
        k=int(header["k"]),
        rows=int(header["rows"]),
        trustworthiness=float(header["trustworthiness"]),
        continuity=float(header["continuity"]),
        preservation=float(header["preservation"]),
        per_row=np.frombuffer(content, dtype="<f4"),
    )
