"""Checks of single options; the sentences are those of src/compute/umap/validate-options.ts."""

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from layerscope._errors import InputError


@dataclass(frozen=True)
class Numbers:
    """Which numbers an option takes, ends included except `above`."""

    integer: bool = False
    least: float | None = None
    most: float | None = None
    above: float | None = None
    optional: bool = False

    def check(self, name: str, value: object) -> None:
        """Raise an `InputError` unless the value is one of them."""
        if (value is None and self.optional) or self._fits(value):
            return
        kind = "an integer" if self.integer else "a number"
        raise wrong(name, kind + self._range(), value)

    def _fits(self, value: object) -> bool:
        number = _as_number(value)
        return (
            number is not None
            and math.isfinite(number)
            and (not self.integer or number.is_integer())
            and (self.least is None or number >= self.least)
            and (self.most is None or number <= self.most)
            and (self.above is None or number > self.above)
        )

    def _range(self) -> str:
        if self.least is not None and self.most is not None:
            return f" from {self.least} to {self.most}"
        if self.above is not None:
            return f" above {self.above}"
        return "" if self.least is None else f" of at least {self.least}"


def check_choice(name: str, value: object, known: Sequence[str], or_else: str = "") -> None:
    """Raise an `InputError` unless the value is one of the names."""
    if isinstance(value, str) and value in known:
        return
    listed = f"{', '.join(known)}{or_else}" if or_else else f"{', '.join(known[:-1])} or {known[-1]}"
    shown = json.dumps(value, ensure_ascii=False) if isinstance(value, str) else plain(value)
    raise InputError(f"Unknown {name}: {shown}.", f"Pass {listed}.")


def wrong(name: str, expected: str, value: object) -> InputError:
    """Make the error of an option that expects something else."""
    return InputError(f"{name}: expected {expected}, got {plain(value)}")


def plain(value: Any) -> str:  # noqa: ANN401 - whatever was passed
    """Write a value as the page does."""
    if isinstance(value, str):
        return value
    if value is None or isinstance(value, bool):
        return json.dumps(value)
    number = _as_number(value)
    if number is None:
        return repr(value)
    if math.isnan(number):
        return "NaN"
    if math.isinf(number):
        return "Infinity" if number > 0 else "-Infinity"
    return str(int(number)) if number.is_integer() else str(number)


def _as_number(value: Any) -> float | None:  # noqa: ANN401 - NumPy's numbers as well
    if isinstance(value, (str, bytes, bool)):
        return None
    try:
        return float(value)
    except (TypeError, ValueError):
        return None
