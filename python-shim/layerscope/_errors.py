"""What can go wrong, in sentences: the cause with its figures, then what to do."""

from layerscope._told_shortly import ToldShortly


class InputError(ToldShortly, ValueError):
    """Something that was passed can't be used."""

    def __init__(self, reason: str, remedy: str = "") -> None:
        super().__init__(f"{reason} {remedy}".strip())
        self.reason = reason
        self.remedy = remedy


class ArgumentError(ToldShortly, TypeError):
    """There is no argument of that name."""


class NotReadyError(ToldShortly, RuntimeError):
    """A result was read before the page had computed it."""


class NoPageError(ToldShortly, RuntimeError):
    """No page is open that could compute."""


class PageError(ToldShortly, RuntimeError):
    """The page tried and failed."""


def count(number: int) -> str:
    """Write a number as the page does: thousands with commas."""
    return f"{number:,}"


def plural(number: int, thing: str, things: str = "") -> str:
    """Write how many there are of a thing."""
    return f"{count(number)} {thing if number == 1 else things or f'{thing}s'}"
