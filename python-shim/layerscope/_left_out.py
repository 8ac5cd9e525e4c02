"""What an exported page does without."""

from typing import Any

from layerscope._errors import count
from layerscope._exported import Exported
from layerscope._pictures import EncodedImages

SMALL = 64 * 10**6
"""Bytes up to which data go along unasked."""


def goes_along(asked: bool | None, size: int) -> bool:  # noqa: FBT001 - None: by size
    """Say whether data of that size are in the page."""
    return size <= SMALL if asked is None else asked


def add_images(exported: Exported, images: EncodedImages | None, asked: bool | None) -> None:  # noqa: FBT001 - None: by size
    """Put the pictures into the page, or say in it that they are not there."""
    if images is None:
        return
    if goes_along(asked, images.nbytes):
        exported.blocks[images.key] = images.pack(range(len(images.pictures)))
        return
    props: dict[str, Any] = exported.props
    del props["images"]
    megabytes = count(round(images.nbytes / 10**6))
    exported.notes.append(f"The pictures ({megabytes} MB) are not in this page. to_html(path, images=True) adds them.")
