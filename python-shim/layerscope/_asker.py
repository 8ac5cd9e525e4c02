"""What questions need of the widget that they are asked of."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from layerscope._kernel import page_can_exist
from layerscope._marimo import in_marimo
from layerscope._requests import Request

if TYPE_CHECKING:
    from layerscope._widget import Widget


class WidgetAsker:
    """It, kept apart from the widget's public face."""

    def __init__(self, widget: "Widget") -> None:
        self._widget = widget
        self.page = widget._page

    async def wait(self, is_done: Callable[[], bool], what: str) -> None:
        """Wait for the page."""
        await self._widget._wait(is_done, what)

    def put_on_show(self) -> None:
        """Make sure that something is on show which computes."""
        widget = self._widget
        if not widget._shown and not in_marimo() and self.page.last_heard is None and page_can_exist(widget.comm):
            widget._shown = True
            widget._show_line()

    def failure(self) -> str:
        """Say why the page gives no results."""
        return self._widget._failure()

    @property
    def sleeps(self) -> bool:
        """Whether a cell that waits is stopped, and runs again when the answer is there."""
        return in_marimo()

    @property
    def generation(self) -> int:
        """Counted up whenever an answer given before may have become another."""
        return self._widget._generation

    def cancel(self, request: Request) -> None:
        """Give a question up."""
        self._widget._talk.requests.cancel(request)
