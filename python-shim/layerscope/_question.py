"""Something that is asked of the page and awaited."""

import asyncio
import sys
from collections.abc import Awaitable, Callable, Generator, Mapping
from typing import Any, Generic, Protocol, TypeVar

from layerscope._errors import NoPageError, NotReadyError, PageError
from layerscope._page import Page
from layerscope._requests import Request

Result = TypeVar("Result")


class Asker(Protocol):
    """What a question needs of the widget that it is asked of."""

    page: Page

    @property
    def sleeps(self) -> bool:
        """Whether a cell that waits is stopped, and runs again when the answer is there."""

    @property
    def generation(self) -> int:
        """Counted up whenever an answer given before may have become another."""

    def wait(self, is_done: Callable[[], bool], what: str) -> Awaitable[None]:
        """Wait for the page."""

    def put_on_show(self) -> None:
        """Make sure that something is on show which computes."""

    def failure(self) -> str:
        """Say why the page gives no results."""

    def cancel(self, request: Request) -> None:
        """Give a question up."""


class Question(Generic[Result]):
    """Asked already and on its way, whether it is awaited or not; `await` it to have the answer.

    Parameters
    ----------
    asker
        The widget.
    name, options
        The command, as the page knows it.
    finish
        Makes the result of the answer's header and bytes, as soon as they are there.
    call
        The call as it was written, for advice.
    """

    def __init__(
        self,
        asker: Asker,
        name: str,
        options: Mapping[str, Any],
        finish: Callable[[Mapping[str, Any], bytes], Result],
        call: str,
    ) -> None:
        self.request = Request(name, options, lambda header, content: self._results.append(finish(header, content)))
        self._asker = asker
        self._call = call
        self._results: list[Result] = []
        self._awaited = False
        self._taken_in: int | None = None
        self._stop = asker.page.listen(self._speak_up)

    @property
    def still_answers(self) -> bool:
        """Whether a cell that was stopped, and asks the same again, is to have this answer.

        Also once it has been taken, until something changes: were it asked anew, two cells that wait for answers
        would wake each other for ever.
        """
        return self._asker.sleeps and self._awaited and self._taken_in in (None, self._asker.generation)

    @property
    def _advice(self) -> str:
        return f"answer = … .{self._call} here and await answer in the next cell"

    def _speak_up(self) -> None:
        """Don't let a failure pass in silence when nobody waits for the answer."""
        if not self.request.done:
            return
        self._stop()
        if self.request.error and not self._awaited:
            sys.stderr.write(f"{self.request.error}\n")

    def __await__(self) -> Generator[Any, None, Result]:
        return self._wait().__await__()

    async def _wait(self) -> Result:
        self._awaited = True
        if not self.request.done:
            self._asker.put_on_show()
        try:
            await self._asker.wait(lambda: self.request.done or self._asker.page.phase == "failed", self._advice)
        except NotReadyError:
            # Its answer comes when the cell has ended, and is not in vain: what is saved is there then.
            self._awaited = False
            raise
        except (NoPageError, asyncio.CancelledError, KeyboardInterrupt):
            self._asker.cancel(self.request)
            raise
        self._taken_in = self._asker.generation
        if self.request.error:
            raise self.request.error
        if not self.request.done:
            self._asker.cancel(self.request)
            raise PageError(self._asker.failure())
        return self._results[0]

    def __repr__(self) -> str:
        state = "failed" if self.request.error else "done" if self.request.done else "on its way; await it"
        return f"<{self.request.name}: {state}>"
