"""Waiting, inside a cell, for what the page computes.

A blocking wait can never be answered: the messages of the page are handled by the very loop that it blocks. So what
the page computes is awaited, and Python speaks first, because some kernels only let a page answer.
"""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable

from layerscope._errors import NoPageError, NotReadyError
from layerscope._kernel import hears_during_cell, kernel_name
from layerscope._page import Page

PING_EVERY = 0.5
"""Seconds between two questions whether a page is there."""

SHOW_AFTER = 4.0
"""Seconds without any page after which something is put on show that can compute."""

SHOW_AFTER_SILENCE = 6.0
"""The same where a page was there: writing a PDF keeps it busy for a while."""

NO_PAGE_AFTER = 8.0
"""Seconds of silence after which there is no page."""

SILENT_PAGE_AFTER = 30.0
"""The same where a page was there, or answers for another widget: it may be busy."""

Pause = Callable[[asyncio.Event, float], Awaitable[None]]


async def pause_until_heard(heard: asyncio.Event, seconds: float) -> None:
    """Wait until the page says something, at most so long."""
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(heard.wait(), seconds)


async def wait_for_page(
    is_done: Callable[[], bool],
    page: Page,
    ping: Callable[[], None],
    show: Callable[[], None],
    pause: Pause = pause_until_heard,
) -> None:
    """Wait until `is_done`, as long as a page is there.

    Parameters
    ----------
    is_done
        Whether what is waited for is there.
    page
        What has been heard.
    ping
        Asks the page whether it is there.
    show
        Puts something on show that can compute; called once, when nobody answers for a moment.
    pause
        Waits until something is heard; tests put a clock of their own in its place.

    Raises
    ------
    NoPageError
        When no page answers.
    """
    if is_done():
        return
    heard = asyncio.Event()
    loop = asyncio.get_running_loop()

    def wake() -> None:
        # The message may be handled on another thread.
        loop.call_soon_threadsafe(heard.set)

    stop = page.listen(wake)
    started = page.clock()
    known, heard_of_all = page.last_heard, Page.heard_of_all
    show_after = SHOW_AFTER if known is None else SHOW_AFTER_SILENCE
    shown = False
    asked = -PING_EVERY
    try:
        while not is_done():
            # Its answer wakes the loop: asking again at once would fill the line with questions.
            if page.clock() - asked >= PING_EVERY:
                asked = page.clock()
                ping()
            heard.clear()
            await pause(heard, PING_EVERY)
            quiet = page.quiet_for(started)
            if quiet >= show_after and not shown:
                shown = True
                show()
            is_there = page.last_heard != known or Page.heard_of_all > heard_of_all
            if quiet >= (SILENT_PAGE_AFTER if is_there else NO_PAGE_AFTER):
                raise NoPageError(
                    f"No page has answered for {quiet:.0f} seconds: the browser computes this. "
                    "Open the notebook in a browser and run the cell there."
                )
    finally:
        stop()


def refuse_where_no_answer_comes(what: str, *, page_exists: bool) -> None:
    """Raise at once where waiting would be in vain.

    Parameters
    ----------
    what
        What to write where, such as ``await scatter in the next cell``.
    page_exists
        False in a plain script.

    Raises
    ------
    NoPageError
        In a plain script.
    NotReadyError
        With a kernel that hears nothing while a cell runs.
    """
    if not page_exists:
        raise NoPageError(
            "No page is open in a script: the browser computes this. Run it in a notebook, or write to_html(path) and "
            "open that file."
        )
    if not hears_during_cell():
        raise NotReadyError(
            f"{kernel_name()} hears nothing from the page while a cell runs. Write {what}, or install ipykernel 7."
        )
