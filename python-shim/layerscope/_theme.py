"""Light or dark."""

from typing import Literal

from layerscope._errors import InputError

Theme = Literal["auto", "light", "dark"]


def check_theme(theme: str) -> None:
    """Raise an `InputError` unless there is such a theme."""
    if theme not in ("auto", "light", "dark"):
        raise InputError(f'Unknown theme: "{theme}".', "Pass auto, light or dark.")
