"""The order of classes by their names."""

import re
from collections.abc import Iterable

_DIGITS = re.compile("([0-9]+)")


def natural_order(names: Iterable[str]) -> list[str]:
    """Order names as people count: "class 2" comes before "class 10". A page orders them alike (`natural-order.ts`)."""
    return sorted(names, key=_place)


def _place(name: str) -> tuple[list[str | tuple[int, str]], str]:
    # What is split off stands at every second place, so that numbers are compared with numbers alone.
    parts = [_number(part) if place % 2 else part for place, part in enumerate(_DIGITS.split(name))]
    # "1" and "01" are the same number.
    return parts, name


def _number(digits: str) -> tuple[int, str]:
    """By the number that they write, however long it is."""
    whole = digits.lstrip("0")
    return len(whole), whole
