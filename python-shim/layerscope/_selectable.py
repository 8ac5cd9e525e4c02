"""A selection that the page, Python and linked widgets share."""

import contextlib
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import traitlets

from layerscope._combine_masks import LinkHow, combine_masks, is_link_how
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
    # What was selected in this widget, where linked widgets combine what each has selected.
    _own = traitlets.CBytes().tag(sync=True, echo_update=False)
    _group = traitlets.Unicode().tag(sync=True)
    # As bytes, of which the page writes some: they arrive in every host.
    _link_how = traitlets.CBytes().tag(sync=True, echo_update=False)

    def __init__(self, rows: int, **traits: Any) -> None:  # noqa: ANN401 - traits of any kind
        self._rows = rows
        self._silent = False
        self._mirrors: tuple[Selectable, ...] = ()
        super().__init__(**traits)
        self.observe(self._mirror_selection, names="_selected")
        self.observe(self._combine_anew, names="_own")
        self.observe(self._mirror_how, names="_link_how")

    @property
    def selected(self) -> "np.ndarray[Any, Any]":
        """Numbers of the selected rows, ascending; empty when nothing is selected. Set it to rows or a boolean mask.

        They are the rows that the widget shows as selected, those linked with it included. What is set is what is
        selected in this widget.
        """
        return unpack_rows(self._selected, self._rows)

    @selected.setter
    def selected(self, selected: object) -> None:
        mask = pack_rows(selected, self._rows)
        if self._how != "single":
            self._own = mask
            return
        self._selected = mask
        for mirror in self._mirrors:
            mirror._selected = mask

    @property
    def _how(self) -> LinkHow:
        name = self._link_how.decode()
        return name if is_link_how(name) else "single"

    @property
    def _chosen(self) -> bytes:
        """What was selected in this widget; what all share, where one selection is for all."""
        return self._selected if self._how == "single" else self._own

    def _mirror_selection(self, change: Mapping[str, Any]) -> None:
        """Keep linked widgets in step when no page does it for them."""
        if self._how != "single":
            return
        for mirror in self._mirrors:
            if mirror._selected != change["new"]:
                # The page has linked them itself and may be ahead: only this side has to follow.
                with mirror._kept_from_page():
                    mirror._selected = change["new"]

    def _mirror_how(self, change: Mapping[str, Any]) -> None:
        """Have a rule that a reader has chosen hold for all that are linked, as the page does by itself."""
        for mirror in self._mirrors:
            if mirror._link_how != change["new"]:
                with mirror._kept_from_page():
                    mirror._link_how = change["new"]
        self._combine_anew()

    def _combine_anew(self, _: object = None) -> None:
        """Work out what each of the linked widgets shows as selected, as the page does it."""
        if self._how == "single":
            return
        members = (self, *self._mirrors)
        for member in members:
            theirs = [other._own for other in members if other is not member]
            with member._kept_from_page():
                member._selected = combine_masks(self._how, member._own, theirs, self._rows)

    def _leave_group(self) -> None:
        """Follow nobody any more; the others go on following each other."""
        others = self._mirrors
        for other in others:
            other._mirrors = tuple(mirror for mirror in other._mirrors if mirror is not self)
        self._mirrors = ()
        self._enter_group("", "single", self._selected)
        for other in others[:1]:
            other._combine_anew()

    def _enter_group(self, name: str, how: LinkHow, chosen: bytes) -> None:
        """Have the page link this widget: told at once, because each part is read with the others."""
        with self.hold_sync():
            self._link_how = b"" if how == "single" else how.encode()
            if how == "single":
                self._own, self._selected = b"", chosen
            else:
                self._own = chosen
            self._group = name

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
