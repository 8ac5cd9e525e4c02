"""A picture in the place of a widget."""

import base64
import struct
from typing import Any

_WIDTH = 640
"""CSS pixels at most: figures are drawn at print resolution, far larger than a cell."""


def frozen_output(png: bytes, text: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return a cell's output that shows a picture: data and metadata by type."""
    width, height = struct.unpack(">II", png[16:24])
    shown = min(width, _WIDTH)
    data = {"image/png": base64.b64encode(png).decode(), "text/plain": text}
    return data, {"image/png": {"width": shown, "height": round(height * shown / max(width, 1))}}
