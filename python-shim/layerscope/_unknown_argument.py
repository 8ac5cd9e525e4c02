"""Arguments that there are none of."""

import inspect
from collections.abc import Iterable, Sequence

from layerscope._errors import ArgumentError


def unknown_argument(name: str, known: Sequence[str], otherwise: str) -> ArgumentError:
    """Make the error of an argument that there is none of.

    Parameters
    ----------
    name
        What was written.
    known
        What may have been meant.
    otherwise
        What to say where none of them is near.
    """
    import difflib

    near = difflib.get_close_matches(name, known, n=1)
    return ArgumentError(f"unknown argument: {name}. {f'Did you mean {near[0]}?' if near else otherwise}")


def refuse_unknown(called: type, given: Iterable[str]) -> None:
    """Refuse names that a class takes no argument of, with the nearest one that it takes.

    Raises
    ------
    ArgumentError
        On the first of them.
    """
    known = list(inspect.signature(called).parameters)
    for name in given:
        if name not in known:
            raise unknown_argument(name, known, f"{called.__name__} takes {', '.join(known)}.")
