"""What a widget gives for a page that is written to a file."""

from dataclasses import dataclass
from typing import Any, Protocol, runtime_checkable


@dataclass(frozen=True)
class Exported:
    """What an exported page needs of a widget: properties, bytes by key, and what was left out, in sentences.

    A widget that `runs_models` needs the engine as well.
    """

    props: dict[str, Any]
    blocks: dict[str, bytes | memoryview]
    notes: list[str]
    runs_models: bool = False


class Exportable(Protocol):
    """A widget that can go into a page."""

    _widget: Any
    _id: Any
    _props: Any
    _group: Any
    _link_how: Any
    _mirrors: Any
    _own: Any
    _selected: Any
    _saved: Any

    def _export(self, *, points: bool | None, images: bool | None, shared: frozenset[str]) -> Exported:
        """Return what the page needs."""


@runtime_checkable
class Container(Protocol):
    """Several of them that stand together."""

    _widget: Any
    _id: Any
    _members: Any
    _heading: Any

    def _points_in_page(self, asked: bool | None) -> bool | None:  # noqa: FBT001 - None: by size
        """Say whether the data of its widgets go along."""
