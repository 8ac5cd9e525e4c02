"""Units by number."""

from collections.abc import Iterable, Mapping
from typing import Literal

from layerscope._errors import InputError, count
from layerscope._option_checks import plain

TOP: Literal["top"] = "top"


def unit_number(unit: object, units: int) -> int:
    """Return the number of a unit; of no `units` the page alone knows how many there are.

    Raises
    ------
    InputError
        When there is none of that number.
    """
    number = None if isinstance(unit, (bool, str, bytes)) else _whole(unit)
    if number is None:
        raise InputError(f"A unit is a number, not {unit!r}.", _range(units))
    if number < 0 or (units and number >= units):
        some = f"{count(units)} units" if units else "the units"
        raise InputError(f"There is no unit {plain(number)} in {some}.", _range(units))
    return number


def unit_numbers(given: object, units: int) -> list[int] | Literal["top"]:
    """Return the numbers of some units, each once, in the order given; "top": the best of the ranking.

    Raises
    ------
    InputError
        When one is not there, and when none is named.
    """
    if isinstance(given, str) and given == TOP:
        return TOP
    if isinstance(given, (str, bytes, Mapping)):
        raise InputError(f'Unknown units: "{given!s}".', 'Pass "top" or unit numbers.')
    # NumPy's scalars have __iter__ and refuse it.
    several: Iterable[object] = given if isinstance(given, Iterable) and getattr(given, "ndim", 1) > 0 else [given]
    named = [unit_number(unit, units) for unit in several]
    if not named:
        raise InputError("No unit is named.", 'Pass unit numbers, or "top".')
    return list(dict.fromkeys(named))


def _range(units: int) -> str:
    return f"Units are 0 to {count(units - 1)}." if units else "Units are numbers from 0."


def _whole(unit: object) -> int | None:
    try:
        number = float(unit)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return None
    return int(number) if number.is_integer() else None
