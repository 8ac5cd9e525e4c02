"""Questions that are asked when they are awaited."""

from collections.abc import Callable, Generator
from typing import Any, Generic, TypeVar

from layerscope._question import Question

Result = TypeVar("Result")


class Later(Generic[Result]):
    """What an attribute gives whose value the page knows: to look at it asks nothing, to `await` it does.

    Parameters
    ----------
    name
        What it is, for `repr`.
    ask
        Asks for it.
    """

    def __init__(self, name: str, ask: Callable[[], Question[Result]]) -> None:
        self._name = name
        self._ask = ask

    def __await__(self) -> Generator[Any, None, Result]:
        return self._ask().__await__()

    def __repr__(self) -> str:
        return f"<{self._name}: the page knows; await it>"
