"""Columns as a frame of whichever package is there."""

from collections.abc import Mapping
from typing import Any


def frame_of_columns(columns: Mapping[str, list[Any]], attrs: Mapping[str, Any]) -> Any:  # noqa: ANN401 - of either package
    """Make a frame of columns: of pandas, with `attrs`; else of polars; without either the columns as they are."""
    try:
        import pandas as pd
    except ImportError:
        pass
    else:
        frame = pd.DataFrame(columns)
        frame.attrs.update(attrs)
        return frame
    try:
        import polars as pl
    except ImportError:
        return columns
    return pl.DataFrame(columns)
