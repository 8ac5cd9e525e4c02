"""Values that are made once from what lies in one place, for as long as they are used."""

import weakref
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

Value = TypeVar("Value")


class WhileHeld(Generic[Value]):
    """Values by the place of what they were made from, for as long as some widget holds them.

    To make one takes time, so what is shown by two widgets is made once. The caller compares the contents before a
    value is used again: arrays can be written to after they were passed.
    """

    def __init__(self) -> None:
        self._values: weakref.WeakValueDictionary[Hashable, Value] = weakref.WeakValueDictionary()

    def __len__(self) -> int:
        return len(self._values)

    def get(self, place: Hashable, same: Callable[[Value], bool], make: Callable[[], Value]) -> Value:
        """Return the value of a place, made when there is none or its contents are no longer the `same`."""
        known = self._values.get(place)
        if known is not None and same(known):
            return known
        made = make()
        self._values[place] = made
        return made
