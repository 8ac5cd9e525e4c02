"""A picture beside the tensor that is made of it."""

from __future__ import annotations

import base64
import io
from typing import Any

import numpy as np
from PIL import Image


class SideBySide:
    """What `side_by_side` gives: the last line of a cell shows it."""

    def __init__(self, figures: list[tuple[Image.Image, str]]) -> None:
        self._figures = figures

    def _repr_html_(self) -> str:
        # A table: Jupyter takes styles out of what it doesn't trust.
        cells = (
            f'<td><img height="200" src="{_address(picture)}"><br>{caption}</td>' for picture, caption in self._figures
        )
        return f"<table><tr>{''.join(cells)}</tr></table>"

    def __repr__(self) -> str:
        return "\n".join(caption for _, caption in self._figures)


def side_by_side(picture: Image.Image, tensor: Any) -> SideBySide:
    """Show a picture and a tensor of it, each with shape, dtype and range.

    Parameters
    ----------
    picture
        As Pillow opened it.
    tensor
        1 × height × width × 3, values from 0 to 1.
    """
    pixels, values = np.asarray(picture), np.asarray(tensor)
    drawn = Image.fromarray(np.clip(values[0] * 255, 0, 255).round().astype(np.uint8))
    return SideBySide([(picture, _caption("the picture", pixels)), (drawn, _caption("the tensor", values))])


def _caption(name: str, values: np.ndarray) -> str:
    shape = " × ".join(map(str, values.shape))
    return f"{name}: {shape}, {values.dtype}, from {values.min():.3g} to {values.max():.3g}"


def _address(picture: Image.Image) -> str:
    file = io.BytesIO()
    picture.save(file, "PNG")
    return "data:image/png;base64," + base64.b64encode(file.getvalue()).decode()
