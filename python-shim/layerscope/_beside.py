"""Work on arrays beside what else a cell does."""

from collections.abc import Callable
from concurrent.futures import Future
from threading import Thread
from typing import TypeVar

Result = TypeVar("Result")


def begin(work: Callable[[], Result]) -> Callable[[], Result]:
    """Begin a piece of work in a thread of its own: NumPy's loops over large arrays let others run.

    Returns
    -------
    A function that waits for it and gives its result, or raises what it has raised.
    """
    result: Future[Result] = Future()

    def run() -> None:
        try:
            result.set_result(work())
        except BaseException as error:  # noqa: BLE001 - raised where the result is asked for
            result.set_exception(error)

    try:
        Thread(target=run, daemon=True).start()
    except RuntimeError:
        # Python in a browser has no threads.
        run()
    return result.result
