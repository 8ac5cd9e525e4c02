"""Widgets over the same rows that follow each other."""

import uuid

from layerscope._combine_masks import LINK_HOWS, LinkHow
from layerscope._errors import InputError, count
from layerscope._kernel import is_open
from layerscope._marimo import unwrapped
from layerscope._option_checks import check_choice
from layerscope._selectable import Selectable


def join(widget: Selectable, other: Selectable) -> None:
    """Link a widget with another and all that is linked with that, as they are."""
    others = (mirror for mirror in other._mirrors if is_open(mirror.comm))
    link(other, *others, widget, how=other._how)


def link(*widgets: Selectable, how: LinkHow = "single") -> None:
    """Let widgets over the same rows share selection, hover and current row.

    In a page they follow each other without the kernel, also in an exported one; here their `selected` stays the same.

    Parameters
    ----------
    *widgets
        Two or more. Those that were linked with others before leave them.
    how
        How their selections become one: "single" (one selection for all, the latest), "intersect" (rows that each
        has selected), "union" (rows that any has selected) or "exclude" (each its own, less the others'). The first
        three are named as in Mosaic's `Selection`. A reader can choose another in the widget.

    Raises
    ------
    InputError
        When their rows differ in number, and for another `how`.

    Notes
    -----
    Whether a widget shows a row as selected:

    ============================  ====================  =========  =====  =======
    the row is selected           single                intersect  union  exclude
    ============================  ====================  =========  =====  =======
    here alone                    if here is the later  no         yes    yes
    elsewhere alone               if that is the later  no         yes    no
    here and elsewhere            yes                   yes        yes    no
    elsewhere; nothing is here    yes                   yes        yes    no
    nowhere; nothing is here      no                    no         no     yes
    ============================  ====================  =========  =====  =======

    A widget in which nothing is selected narrows no intersection, and shows in "exclude" all rows but the others'.
    Where nothing is selected at all, every row is drawn in full. Clear and Esc clear a widget's own selection; undo
    takes back the latest change, wherever it was made. Except in "single", a widget that leaves the page takes its
    selection with it.
    """
    check_choice("how", how, LINK_HOWS)
    if not widgets:
        return
    members = tuple(map(unwrapped, widgets))
    first = members[0]
    for other in members:
        if other._rows != first._rows:
            raise InputError(
                f"These widgets can't be linked: {count(first._rows)} rows and {count(other._rows)} rows.",
                "Link widgets over the same rows.",
            )
    chosen = [widget._chosen for widget in members]
    shared = next(filter(None, chosen), b"")
    left = {mirror for widget in members for mirror in widget._mirrors} - {*members}
    name = uuid.uuid4().hex
    for widget in members:
        widget._mirrors = ()
    for mirror in left:
        mirror._mirrors = tuple(other for other in mirror._mirrors if other not in members)
        mirror._combine_anew()
    for widget, own in zip(members, chosen, strict=True):
        widget._enter_group(name, how, shared if how == "single" else own)
    for widget in members:
        widget._mirrors = tuple(other for other in members if other is not widget)
    first._combine_anew()
