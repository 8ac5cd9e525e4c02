"""What every widget has on the side of Python: data on request, a selection, and results that are awaited."""

import contextlib
import uuid
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self, TypeVar

import traitlets

from layerscope._blocks import Block
from layerscope._errors import InputError, PageError
from layerscope._freeze import frozen_output
from layerscope._front_end import FrontEnd
from layerscope._images import EncodedImages
from layerscope._kernel import cell_number, page_can_exist
from layerscope._page import Page
from layerscope._progress import ProgressLine
from layerscope._question import Question
from layerscope._requests import Request, Requests
from layerscope._selection import count_rows, pack_rows, unpack_rows
from layerscope._transfer import Transfer
from layerscope._waiting import refuse_where_no_answer_comes, wait_for_page

if TYPE_CHECKING:
    import numpy as np

Result = TypeVar("Result")

_FORMATS = ("png", "svg", "pdf", "csv")

_PAGE_TRAITS = ("_selected", "_saved")
"""What the page may set."""


@dataclass(frozen=True)
class Exported:
    """What an exported page needs of a widget: properties, bytes by key, and what was left out, in sentences."""

    props: dict[str, Any]
    blocks: dict[str, bytes | memoryview]
    notes: list[str]


class Widget(FrontEnd):
    """A widget whose data stay here until its page asks for them.

    Parameters
    ----------
    widget
        The name by which the page knows it.
    rows
        Rows of its data.
    """

    _id = traitlets.Unicode().tag(sync=True)
    _props = traitlets.Dict().tag(sync=True)
    # CBytes: a page writes memoryviews, which Bytes refuses. Not echoed: a host that gives its state back would undo
    # what the reader has selected since.
    _selected = traitlets.CBytes().tag(sync=True, echo_update=False)
    _saved = traitlets.CBytes().tag(sync=True, echo_update=False)
    _group = traitlets.Unicode().tag(sync=True)

    def __init__(self, widget: str, rows: int, props: dict[str, Any], saved: bytes = b"") -> None:
        model_id = uuid.uuid4().hex
        self._rows = rows
        self._page = Page()
        self._shown = False
        self._shown_by_await: int | None = None
        self._frozen: bytes | None = None
        self._fresh = False
        self._silent = False
        self._display_id = uuid.uuid4().hex
        self._mirrors: tuple[Widget, ...] = ()
        self._requests = Requests(self._post)
        transfer = Transfer(self._post, self._held_blocks, self._held_images)
        self._repliers: dict[str, Callable[[Mapping[str, Any], Sequence[memoryview]], None]] = {
            "read": transfer.hear_read,
            "pictures": transfer.hear_pictures,
            "part?": transfer.hear_part,
            "answer": self._requests.hear_answer,
            "answer-chunk": self._requests.hear_chunk,
            "failed": self._requests.hear_failure,
            "keep": self._keep,
            "ping": self._answer_ping,
            "hello": self._welcome,
        }
        super().__init__(model_id=model_id, _widget=widget, _id=model_id, _props=props, _saved=saved)
        self.on_msg(self._hear)
        self.observe(self._mirror_selection, names="_selected")

    # What the page may ask for, and what it gives back; a widget says so itself.

    def _held_blocks(self) -> Mapping[str, Block]:
        raise NotImplementedError

    def _held_images(self) -> Mapping[str, EncodedImages]:
        raise NotImplementedError

    def _has_results(self) -> bool:
        """Say whether everything that `await` promises is here."""
        return True

    def _fetch_results(self) -> None:
        """Ask for what the page has just finished."""

    # Selection

    @property
    def selected(self) -> "np.ndarray[Any, Any]":
        """Numbers of the selected rows, ascending; empty when nothing is selected. Set it to rows or a boolean mask."""
        return unpack_rows(self._selected, self._rows)

    @selected.setter
    def selected(self, selected: object) -> None:
        mask = pack_rows(selected, self._rows)
        self._selected = mask
        for mirror in self._mirrors:
            mirror._selected = mask

    def _mirror_selection(self, change: Mapping[str, Any]) -> None:
        """Keep linked widgets in step when no page does it for them."""
        for mirror in self._mirrors:
            if mirror._selected != change["new"]:
                # The page has linked them itself and may be ahead: only this side has to follow.
                with mirror._kept_from_page():
                    mirror._selected = change["new"]

    @contextlib.contextmanager
    def _kept_from_page(self) -> Iterator[None]:
        self._silent = True
        try:
            yield
        finally:
            self._silent = False

    def _should_send_property(self, key: str, value: object) -> bool:
        return not self._silent and bool(super()._should_send_property(key, value))

    # Waiting

    def __await__(self) -> Generator[Any, None, Self]:
        """Show the widget unless it is on show, wait until it is done, and give it back."""
        return self._wait_until_done().__await__()

    async def _wait_until_done(self) -> Self:
        if not (self._page.phase == "done" and self._has_results()):
            if not self._shown:
                self._show()
                self._shown_by_await = cell_number()
            await self._wait(self._is_settled, "await with the widget")
        if self._page.phase != "done":
            raise PageError(self._failure())
        return self

    def _is_settled(self) -> bool:
        return self._page.phase in ("failed", "stopped") or (self._page.phase == "done" and self._has_results())

    def _failure(self) -> str:
        status = self._page.status
        if self._page.phase == "failed":
            return f"{status.get('reason', 'The page failed.')} {status.get('remedy', '')}".strip()
        return f"{self._page.sentence}. Continue it in the widget, then wait again."

    async def _wait(self, is_done: Callable[[], bool], what: str) -> None:
        if is_done():
            return
        refuse_where_no_answer_comes(what, page_exists=page_can_exist(self.comm))
        await wait_for_page(is_done, self._page, self._ping, self._show_line)

    def _ping(self) -> None:
        self._post({"kind": "ping", "id": uuid.uuid4().hex}, [])

    def _show(self) -> None:
        from IPython.display import display

        display(self)

    def _show_line(self) -> None:
        from IPython.display import display

        display(ProgressLine(self._id))

    # Results

    def save(self, path: str | Path, **options: Any) -> Question[Path]:  # noqa: ANN401 - the page knows its options
        """Save a figure or a table; the page draws it, and the file is there when the call has been awaited.

        Parameters
        ----------
        path
            Where to; the suffix decides what: .png, .svg, .pdf or .csv.
        **options
            ``size`` ("column", "page" or millimetres), ``dpi``, ``theme``, ``transparent``, ``title``, ``caption``.

        Returns
        -------
        Question
            `await` it for the path.

        Raises
        ------
        InputError
            On another suffix, and on a folder that is not there.
        """
        target = Path(path)
        suffix = target.suffix.lstrip(".").lower()
        if suffix not in _FORMATS:
            raise InputError(f'unknown format: "{suffix}" (expected png, svg, pdf or csv).', "Change the suffix.")
        if not target.resolve().parent.is_dir():
            raise InputError(f"There is no folder {target.resolve().parent}.", "Make it first.")

        def finish(_: Mapping[str, Any], content: bytes) -> Path:
            target.write_bytes(content)
            return target

        return self._ask("save", {"format": suffix, **options}, finish, f"await with save({str(path)!r})")

    def freeze(self) -> Question[None]:
        """Replace the widget on show by a picture, which stays in the notebook whoever opens it.

        Returns
        -------
        Question
            `await` it to have it done.
        """

        def finish(_: Mapping[str, Any], content: bytes) -> None:
            self._frozen = content
            from IPython.display import display

            data, metadata = frozen_output(content, repr(self))
            display(data, metadata=metadata, raw=True, display_id=self._display_id, update=True)

        return self._ask("save", {"format": "png"}, finish, "await with freeze()")

    def to_html(
        self, path: str | Path, *, points: bool | None = None, images: bool | None = None, title: str | None = None
    ) -> Path:
        """Write a page that opens from disk, with no kernel and no network, and still works.

        Parameters
        ----------
        path
            Where to.
        points
            Whether the data themselves go along, so that the page can compute again. Unless given: up to 64 MB.
        images
            Whether the pictures go along. Unless given: up to 64 MB.
        title
            Title of the page; the widget's own unless given.
        """
        from layerscope._export import to_html

        return to_html(path, self, points=points, images=images, title=title)

    def _export(self, *, points: bool | None, images: bool | None) -> Exported:
        """Return what an exported page needs of this widget."""
        raise NotImplementedError

    def _ask(
        self, name: str, options: dict[str, Any], finish: Callable[[Mapping[str, Any], bytes], Result], what: str
    ) -> Question[Result]:
        question = Question(_Asker(self), name, options, finish, what)
        self._requests.add(question.request)
        if self._page.phase in ("done", "stopped") and self._page.last_heard is not None:
            self._requests.send_waiting()
        return question

    # Messages

    def _post(self, content: dict[str, Any], buffers: Sequence[bytes | memoryview]) -> None:
        self.send(content, list(buffers))

    def _hear(self, _: object, content: object, buffers: Sequence[memoryview]) -> None:
        if not isinstance(content, Mapping) or "kind" not in content:
            return
        kind = content["kind"]
        replier = self._repliers.get(kind)
        if replier is not None:
            replier(content, buffers)
        # Last, so that whoever waits finds what the message brought.
        self._page.hear(content.get("status"))
        if self._page.phase == "working":
            self._fresh = False
        elif self._page.phase == "done" and not self._fresh:
            self._fresh = True
            self._fetch_results()
        if self._page.phase in ("done", "stopped"):
            self._requests.send_waiting()

    def _keep(self, message: Mapping[str, Any], buffers: Sequence[memoryview]) -> None:
        if message.get("name") in _PAGE_TRAITS:
            # As ipywidgets takes a change from the page: not sent back to where it came from.
            self.set_state({message["name"]: bytes(buffers[0]) if buffers else b""})

    def _answer_ping(self, message: Mapping[str, Any], _: Sequence[memoryview]) -> None:
        self._post({"kind": "pong", "id": message.get("id")}, [])

    def _welcome(self, _: Mapping[str, Any], __: Sequence[memoryview]) -> None:
        self._post({"kind": "welcome"}, [])
        self._requests.send_waiting(again=True)

    # Display

    def _ipython_display_(self) -> None:
        from IPython.display import display

        # What `await` gives back is the value of a cell that ends with it: the widget is on show there already.
        if self._shown_by_await is not None and self._shown_by_await == cell_number():
            return
        self._shown = True
        data, metadata = frozen_output(self._frozen, repr(self)) if self._frozen else self._bundle()
        display(data, metadata=metadata, raw=True, display_id=self._display_id)

    def _bundle(self) -> tuple[dict[str, Any], dict[str, Any]]:
        bundle = self._repr_mimebundle_()
        return bundle if isinstance(bundle, tuple) else (bundle or {"text/plain": repr(self)}, {})

    @property
    def _selected_sentence(self) -> str:
        selected = count_rows(self._selected)
        return f", {selected:,} selected" if selected else ""


class _Asker:
    """What questions need of a widget, kept apart from its public face."""

    def __init__(self, widget: Widget) -> None:
        self._widget = widget
        self.page = widget._page

    async def wait(self, is_done: Callable[[], bool], what: str) -> None:
        await self._widget._wait(is_done, what)

    def put_on_show(self) -> None:
        widget = self._widget
        if not widget._shown and self.page.last_heard is None and page_can_exist(widget.comm):
            widget._shown = True
            widget._show_line()

    def failure(self) -> str:
        return self._widget._failure()

    def cancel(self, request: Request) -> None:
        self._widget._requests.cancel(request)
