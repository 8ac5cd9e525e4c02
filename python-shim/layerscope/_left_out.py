"""What an exported page does without."""

from collections.abc import Iterable
from typing import Any, Protocol

from layerscope._errors import count
from layerscope._exported import Exported
from layerscope._pictures import EncodedImages

SMALL = 64 * 10**6
"""Bytes up to which data go along unasked."""


class Sized(Protocol):
    """Data that may not be here yet."""

    @property
    def nbytes(self) -> int:
        """How large they are."""

    @property
    def is_here(self) -> bool:
        """Whether Python has them."""


def goes_along(asked: bool | None, data: Sized) -> bool:  # noqa: FBT001 - None: by size
    """Say whether data are in the page."""
    return data.is_here and data.nbytes <= SMALL if asked is None else asked


def runs_in_page(asked: bool | None, data: Sized) -> bool:  # noqa: FBT001 - None: by size
    """Say whether the page is to compute activations itself: those that nobody awaited, where data are asked for."""
    return bool(asked) and not data.is_here


def add_model_pictures(exported: Exported, pictures: Iterable[EncodedImages]) -> None:
    """Put pictures into the page that a model there is to answer to."""
    for each in pictures:
        exported.blocks[each.key] = each.pack(range(len(each.pictures)))


def add_images(exported: Exported, images: EncodedImages | None, asked: bool | None) -> None:  # noqa: FBT001 - None: by size
    """Put the pictures into the page, or say in it that they are not there."""
    if images is None:
        return
    if images.nbytes <= SMALL if asked is None else asked:
        exported.blocks[images.key] = images.pack(range(len(images.pictures)))
        return
    props: dict[str, Any] = exported.props
    del props["images"]
    megabytes = count(round(images.nbytes / 10**6))
    exported.notes.append(f"The pictures ({megabytes} MB) are not in this page. to_html(path, images=True) adds them.")
