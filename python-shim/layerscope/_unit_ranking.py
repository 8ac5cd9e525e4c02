"""Which units tell the groups apart, best first."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal

from layerscope._packed_arrays import unpack_arrays

if TYPE_CHECKING:
    import numpy as np

_COLUMNS = {
    "f": "statistic",
    "p": "p",
    "log_p": "logP",
    "q": "q",
    "log_q": "logQ",
    "bonferroni": "bonferroni",
    "eta_squared": "etaSquared",
    "omega_squared": "omegaSquared",
    "permutation_p": "permutationP",
}
_OF_TILES = ("f", "p", "log_p", "q")


def read_ranking(header: Mapping[str, Any], content: bytes, unit_names: Sequence[str] | None) -> "np.ndarray[Any, Any]":
    """Read the page's answer: a record a unit, best first.

    Parameters
    ----------
    header, content
        What `rankingAnswer` in src/widgets/box-plot/data/answers.ts writes.
    unit_names
        What the units are called; None: they have numbers alone.
    """
    import numpy as np

    arrays = unpack_arrays(header, content)
    level = header["level"]
    order = arrays[f"{level}.ranking"]
    # One where it was not asked for, or makes no sense.
    nothing = np.full(len(order), np.nan)
    columns: list[tuple[str, np.ndarray[Any, Any]]] = [("unit", order)]
    if unit_names is not None:
        columns.append(("name", np.asarray(unit_names)[order]))
    columns += [(name, arrays.get(f"{level}.{told}", nothing)[order]) for name, told in _COLUMNS.items()]
    columns += [(f"tile_{name}", arrays[f"tile.{_COLUMNS[name]}"][order]) for name in _OF_TILES]
    columns.append(("missing", arrays[f"{level}.missing"][order]))
    means = arrays[f"{level}.means"][:, order]
    groups = header["classes"] if header["selected"] is None else ("selected", "rest")
    columns += [(f"mean_{name}", mean) for name, mean in zip(groups, means, strict=True)]
    records: np.ndarray[Any, Any] = np.empty(len(order), [(name, column.dtype) for name, column in columns])
    for name, column in columns:
        records[name] = column
    records.flags.writeable = False
    return records


def read_order(level: Literal["tile", "slide"], header: Mapping[str, Any], content: bytes) -> list[int]:
    """Read the units' order at a level from the same answer, best first."""
    order: list[int] = unpack_arrays(header, content)[f"{level}.ranking"].tolist()
    return order
