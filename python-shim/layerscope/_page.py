"""What is known of the pages that show a widget."""

import threading
import time
from collections.abc import Callable, Mapping
from typing import Any, ClassVar

_ENDS = ("done", "failed", "stopped")
_LEAST_SECONDS = 0.05
"""What would be rounded to none at all is told in words."""


class Page:
    """Hears what pages say of themselves: that they are there, and how far they are.

    Messages may arrive on another thread than the one that waits for them (ipykernel's subshells).
    """

    heard_of_all: ClassVar[int] = 0
    """How often any page of this kernel has said something, of whichever widget."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self.clock = clock
        self.last_heard: float | None = None
        self.status: Mapping[str, Any] = {"phase": "waiting"}
        self._listeners: set[Callable[[], None]] = set()
        self._lock = threading.Lock()

    def hear(self, status: object = None) -> None:
        """Note that a page said something, and its status when it said that."""
        self.last_heard = self.clock()
        Page.heard_of_all += 1
        if isinstance(status, Mapping) and (status.get("phase") != "waiting" or self.phase not in _ENDS):
            # A page that was loaded again waits for a reader; what was done stays done.
            self.status = status
        with self._lock:
            listeners = tuple(self._listeners)
        for listener in listeners:
            listener()

    def listen(self, listener: Callable[[], None]) -> Callable[[], None]:
        """Call `listener` whenever something is heard; returns what ends that."""
        with self._lock:
            self._listeners.add(listener)

        def stop() -> None:
            with self._lock:
                self._listeners.discard(listener)

        return stop

    def quiet_for(self, since: float) -> float:
        """Seconds since a page was last heard, counted from `since` at the earliest."""
        return self.clock() - max(since, self.last_heard if self.last_heard is not None else since)

    @property
    def phase(self) -> str:
        """Return waiting, working, done, stopped or failed."""
        return str(self.status.get("phase", "waiting"))

    @property
    def sentence(self) -> str:
        """How far the work is, for `repr` and for errors."""
        match self.phase:
            case "working" | "stopped":
                return str(self.status.get("sentence", "")).rstrip(".")
            case "done":
                seconds = float(self.status.get("seconds", 0))
                return "done in less than 0.1 s" if seconds < _LEAST_SECONDS else f"done in {seconds:.1f} s"
            case "failed":
                return f"failed: {self.status.get('reason', '')}".rstrip(".")
            case _:
                return "waiting for its data" if self.last_heard is not None else "waiting to be shown"
