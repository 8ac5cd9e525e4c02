"""Widgets over the same rows that follow each other."""

import uuid

from layerscope._errors import InputError, count
from layerscope._kernel import is_open
from layerscope._marimo import unwrapped
from layerscope._selectable import Selectable


def join(widget: Selectable, other: Selectable) -> None:
    """Link a widget with another and all that is linked with that."""
    others = (mirror for mirror in other._mirrors if is_open(mirror.comm))
    link(other, *others, widget)


def link(*widgets: Selectable) -> None:
    """Let widgets over the same rows share selection, hover and current row.

    In a page they follow each other without the kernel, also in an exported one; here their `selected` stays the same.

    Parameters
    ----------
    *widgets
        Two or more. Those that were linked with others before leave them.

    Raises
    ------
    InputError
        When their rows differ in number.
    """
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
    name = uuid.uuid4().hex
    selected = next((widget._selected for widget in members if widget._selected), b"")
    for widget in members:
        widget._mirrors = tuple(other for other in members if other is not widget)
        widget._group = name
    for widget in members:
        widget._selected = selected
