"""marimo: cells there hear nothing from a page while they run, and run again when what they name has changed."""

import sys
from collections.abc import Callable
from typing import Any, NoReturn, TypeVar

Widget = TypeVar("Widget")


def in_marimo() -> bool:
    """Say whether marimo runs this."""
    marimo = sys.modules.get("marimo")
    return marimo is not None and bool(marimo.running_in_notebook())


def unwrapped(widget: Widget) -> Widget:
    """Return the widget inside `mo.ui.anywidget(widget)`, which has an `_id` of its own; others as they are."""
    if type(widget).__module__.startswith("marimo."):
        inside: Widget = getattr(widget, "widget", widget)
        return inside
    return widget


class Sleepers:
    """Cells that were stopped because what they await can only come when no cell runs.

    Parameters
    ----------
    wake
        Makes the page write to the widget, upon which marimo runs the cells again that name it.
    """

    def __init__(self, wake: Callable[[], None]) -> None:
        self._wake = wake
        self._waiting: list[Callable[[], bool]] = []

    def stop(self, is_done: Callable[[], bool], line: object) -> NoReturn:
        """Stop the running cell, without an error, until `is_done`; `line` says meanwhile how far the page is."""
        self._waiting.append(is_done)
        marimo: Any = sys.modules["marimo"]
        marimo.stop(True, marimo.vstack([line, marimo.plain_text(_ADVICE)]))  # noqa: FBT003 - marimo's own
        raise AssertionError

    def look(self) -> None:
        """Wake them when something has come that one of them waits for."""
        still = [is_done for is_done in self._waiting if not is_done()]
        if len(still) < len(self._waiting):
            self._waiting = still
            self._wake()


_ADVICE = "This cell runs again when the page is done, if it names the widget as wrapped by mo.ui.anywidget."
