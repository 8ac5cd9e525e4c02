"""How the selections of linked widgets become one; the page does the same in src/widgets/link/group-masks.ts."""

from collections.abc import Iterable, Sequence
from functools import reduce
from operator import and_, or_
from typing import Literal, TypeGuard, get_args

LinkHow = Literal["single", "intersect", "union", "exclude"]

LINK_HOWS: tuple[str, ...] = get_args(LinkHow)


def is_link_how(name: str) -> TypeGuard[LinkHow]:
    """Say whether widgets can be linked that way."""
    return name in LINK_HOWS


def combine_masks(how: LinkHow, own: bytes, theirs: Sequence[bytes], rows: int) -> bytes:
    """Combine a widget's own selection with the others'.

    Parameters
    ----------
    how
        The rule; not "single", where there is one selection for all.
    own
        A bit a row; no bytes where nothing is selected.
    theirs
        The same of each of the others.
    rows
        How many there are.

    Returns
    -------
    bytes
        The same; all bits 0 where a selection is left with no row.
    """
    made = [mask for mask in (own, *theirs) if mask]
    if not made:
        return b""
    size = (rows + 7) // 8
    if how == "exclude":
        mine = _number(own) if own else (1 << rows) - 1
        return (mine & ~_any(theirs)).to_bytes(size, "little")
    combined = reduce(and_, map(_number, made)) if how == "intersect" else _any(made)
    return combined.to_bytes(size, "little")


def _any(masks: Iterable[bytes]) -> int:
    return reduce(or_, map(_number, masks), 0)


def _number(mask: bytes) -> int:
    return int.from_bytes(mask, "little")
