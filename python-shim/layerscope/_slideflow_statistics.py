"""What Slideflow's `stats` gives."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from layerscope._packed_arrays import unpack_arrays

if TYPE_CHECKING:
    import numpy as np

UnitStatistic = dict[str, float]


class SlideflowStatistics(NamedTuple):
    """Its three parts, in its order.

    Attributes
    ----------
    tile_stats, slide_stats
        By unit: {"f": …, "p": …}; f is -1 and p is 1 where there is no statistic.
    category_stats
        For each class that has slides, in the order of the classes: slides × units, one number a slide.
    """

    tile_stats: dict[int, UnitStatistic]
    slide_stats: dict[int, UnitStatistic]
    category_stats: "list[np.ndarray[Any, Any]]"


def read_statistics(header: Mapping[str, Any], content: bytes) -> SlideflowStatistics:
    """Read the page's answer, which `statsAnswer` in src/widgets/box-plot/data/answers.ts writes."""
    arrays = unpack_arrays(header, content)
    tile, slide = (
        {
            unit: {"f": f, "p": p}
            for unit, (f, p) in enumerate(
                zip(arrays[f"{level}.f"].tolist(), arrays[f"{level}.p"].tolist(), strict=True)
            )
        }
        for level in ("tile", "slide")
    )
    values, groups = arrays["values"], arrays["groups"]
    present = sorted(set(groups.tolist()))
    return SlideflowStatistics(tile, slide, [values[groups == group] for group in present])
