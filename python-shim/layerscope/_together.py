"""Questions that belong together."""

from collections.abc import Generator
from typing import Any, Generic, TypeVar

from layerscope._question import Question

Result = TypeVar("Result")


class Together(Generic[Result]):
    """Several questions, asked already; `await` it to have the first one's answer once all are answered.

    Parameters
    ----------
    first
        The one whose answer counts.
    *others
        What is to be done besides.
    """

    def __init__(self, first: Question[Result], *others: Question[Any]) -> None:
        self._first = first
        self._others = others

    def __await__(self) -> Generator[Any, None, Result]:
        return self._wait().__await__()

    async def _wait(self) -> Result:
        for other in self._others:
            # A cell of marimo that is stopped at the first finds the others again when it runs anew.
            other._awaited = True
        result = await self._first
        for other in self._others:
            await other
        return result

    def __repr__(self) -> str:
        return f"<{', '.join(repr(question).strip('<>') for question in (self._first, *self._others))}>"
