"""Errors that a notebook shows as a sentence."""

import linecache
import sys
import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import Any

_OWN = str(Path(__file__).parent)


class ToldShortly(BaseException):
    """An error whose sentence says what to do: what stands between the reader's line and it is of no use to them."""

    def _render_traceback_(self) -> list[str]:
        """Return what IPython shows: the reader's own lines and the sentence; after ``%xmode Verbose`` everything."""
        shell = sys.modules["IPython"].get_ipython()
        if shell.InteractiveTB.mode == "Verbose":
            whole: list[str] = shell.InteractiveTB.structured_traceback(type(self), self, self.__traceback__)
            return whole
        return [*_lines_outside(self, shell), f"{type(self).__name__}: {self}"]


def _lines_outside(error: BaseException, shell: Any) -> Iterator[str]:  # noqa: ANN401 - IPython ships no types
    """Yield the lines that led to the error, in cells and in modules of the reader's."""
    ours = (_OWN, str(Path(sys.modules["IPython"].__file__ or "").parent))
    for frame, number in traceback.walk_tb(error.__traceback__):
        file = frame.f_code.co_filename
        if file.startswith(ours):
            continue
        cell = shell.compile.format_code_name(file)
        place = " ".join(cell) if cell else f"File {file}"
        yield f"{place}, line {number}: {linecache.getline(file, number, frame.f_globals).strip()}"
