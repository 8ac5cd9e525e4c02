"""A selection that the page, Python and linked widgets share."""

import contextlib
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import traitlets

from layerscope._front_end import FrontEnd
from layerscope._selection import count_rows, pack_rows, unpack_rows

if TYPE_CHECKING:
    import numpy as np


class Selectable(FrontEnd):
    """A widget over rows, some of which are selected.

    Parameters
    ----------
    rows
        Rows of its data.
    **traits
        What `FrontEnd` takes.
    """

    # CBytes: a page writes memoryviews, which Bytes refuses. Not echoed: a host that gives its state back would undo
    # what the reader has selected since.
    _selected = traitlets.CBytes().tag(sync=True, echo_update=False)
    _group = traitlets.Unicode().tag(sync=True)

    def __init__(self, rows: int, **traits: Any) -> None:  # noqa: ANN401 - traits of any kind
        self._rows = rows
        self._silent = False
        self._mirrors: tuple[Selectable, ...] = ()
        super().__init__(**traits)
        self.observe(self._mirror_selection, names="_selected")

    @property
    def selected(self) -> "np.ndarray[Any, Any]":
        """Numbers of the selected rows, ascending; empty when nothing is selected. Set it to rows or a boolean mask."""
        return unpack_rows(self._selected, self._rows)

    @selected.setter
    def selected(self, selected: object) -> None:
        mask = pack_rows(selected, self._rows)
        self._selected = mask
        for mirror in self._mirrors:
            mirror._selected = mask

    def _mirror_selection(self, change: Mapping[str, Any]) -> None:
        """Keep linked widgets in step when no page does it for them."""
        for mirror in self._mirrors:
            if mirror._selected != change["new"]:
                # The page has linked them itself and may be ahead: only this side has to follow.
                with mirror._kept_from_page():
                    mirror._selected = change["new"]

    def _leave_group(self) -> None:
        """Follow nobody any more; the others go on following each other."""
        for other in self._mirrors:
            other._mirrors = tuple(mirror for mirror in other._mirrors if mirror is not self)
        self._mirrors = ()
        self._group = ""

    @contextlib.contextmanager
    def _kept_from_page(self) -> Iterator[None]:
        self._silent = True
        try:
            yield
        finally:
            self._silent = False

    def _should_send_property(self, key: str, value: object) -> bool:
        return not self._silent and bool(super()._should_send_property(key, value))

    @property
    def _selected_sentence(self) -> str:
        selected = count_rows(self._selected)
        return f", {selected:,} selected" if selected else ""
