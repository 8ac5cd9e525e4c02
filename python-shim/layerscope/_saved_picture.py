"""A map packed small enough for a saved notebook; the page's twin is src/widgets/umap-scatter/data/saved-picture.ts."""

import json
import struct
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np

_STEPS = 65535
_NO_CLASS = 255


def pack_picture(
    positions: "np.ndarray[Any, Any]",
    codes: "np.ndarray[Any, Any] | None" = None,
    classes: tuple[str, ...] = (),
    caption: str = "",
) -> bytes:
    """Pack coordinates, 16 bits each, with a class a row.

    Parameters
    ----------
    positions
        rows × 2 or 3 coordinates; those that are not finite are put at the smallest.
    codes
        Class of each row, -1 where it has none; left out of the picture when there are 255 classes or more.
    classes
        Their names.
    caption
        What the figure says under itself.
    """
    import numpy as np

    rows, dims = positions.shape
    if codes is not None and len(classes) >= _NO_CLASS:
        codes, classes = None, ()
    finite = np.where(np.isfinite(positions), positions, np.nan).astype(np.float64)
    low = np.nanmin(finite, axis=0) if rows and np.isfinite(finite).any(axis=0).all() else np.zeros(dims)
    high = np.nanmax(finite, axis=0) if rows and np.isfinite(finite).any(axis=0).all() else np.zeros(dims)
    span = np.where(high > low, high - low, 1.0)
    scaled = np.nan_to_num(np.rint((finite - low) / span * _STEPS)).clip(0, _STEPS).astype("<u2")
    header = json.dumps(
        {
            "version": 1,
            "rows": rows,
            "dims": dims,
            "min": low.tolist(),
            "max": high.tolist(),
            "classes": list(classes),
            "codes": codes is not None,
            "caption": caption,
        }
    ).encode()
    parts = [struct.pack("<I", len(header)), header, scaled.tobytes()]
    if codes is not None:
        parts.append(np.where(codes < 0, _NO_CLASS, codes).astype(np.uint8).tobytes())
    return b"".join(parts)
