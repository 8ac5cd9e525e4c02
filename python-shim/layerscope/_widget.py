"""What every widget has on the side of Python: data on request, a selection, and questions that are awaited."""

import json
import uuid
from collections.abc import Callable, Generator, Mapping, Sequence
from typing import Any, Self, TypeVar

import traitlets

from layerscope._asker import WidgetAsker
from layerscope._blocks import Block, going_along
from layerscope._conversation import Conversation
from layerscope._errors import NotReadyError, PageError
from layerscope._freeze import frozen_output
from layerscope._kernel import cell_number, page_can_exist
from layerscope._marimo import Sleepers, in_marimo
from layerscope._page import Page
from layerscope._pictures import EncodedImages
from layerscope._progress import ProgressLine
from layerscope._question import Question
from layerscope._requests import NOTHING_ENCLOSED, Enclosed
from layerscope._selectable import Selectable
from layerscope._waiting import refuse_where_no_answer_comes, wait_for_page

Result = TypeVar("Result")

_PAGE_TRAITS = ("_selected", "_own", "_link_how", "_saved", "_unit")
"""What the page may set."""


class Widget(Selectable):
    """A widget whose data stay here until its page asks for them.

    Parameters
    ----------
    widget
        The name by which the page knows it.
    rows
        Rows of its data.
    props
        What the page is told of it, under the page's names.
    saved
        A picture for notebooks whose kernel is gone.
    given
        What the page asks for first: it goes along where it is small.
    """

    _called = "widget"
    """What the examples call it."""

    _is_drawn = True
    """Whether there is something to see where it is shown; else a line says how far it is."""

    _id = traitlets.Unicode().tag(sync=True)
    _props = traitlets.Dict().tag(sync=True)
    _saved = traitlets.CBytes().tag(sync=True, echo_update=False)
    # Small data that go along, by their keys, until the page has drawn them.
    _given = traitlets.Dict().tag(sync=True)
    # True where cells follow what a page writes: it has to write traits there, not send messages.
    _reactive = traitlets.Bool().tag(sync=True)
    # Counted up by the page to have those cells run again.
    _woken = traitlets.Int().tag(sync=True, echo_update=False)

    def __init__(
        self, widget: str, rows: int, props: dict[str, Any], saved: bytes = b"", given: Block | None = None
    ) -> None:
        model_id = uuid.uuid4().hex
        self._shown = False
        self._shown_by_await: int | None = None
        self._frozen: bytes | None = None
        self._display_id = uuid.uuid4().hex
        self._talk = Conversation(
            self._post, self._held_blocks, self._held_images, self._keep, self._finish, self._take_told
        )
        self._sleepers = Sleepers(lambda: self._post({"kind": "wake"}, []))
        self._questions: dict[str, Question[Any]] = {}
        self._generation = 0
        super().__init__(
            rows,
            model_id=model_id,
            _widget=widget,
            _id=model_id,
            _props=props,
            _saved=saved,
            _given=going_along(given),
            _reactive=in_marimo(),
        )
        self.on_msg(self._hear)
        self.observe(self._begin_generation, names=["_selected", "_props"])

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

    def _take_told(self, facts: Mapping[str, Any]) -> None:
        """Take what a reader has set or given in the page; a widget that is told of something says so itself."""

    def _finish(self) -> None:
        self._begin_generation()
        self._fetch_results()

    def _begin_generation(self, _: object = None) -> None:
        self._generation += 1

    @property
    def _page(self) -> Page:
        return self._talk.page

    # Waiting

    def __await__(self) -> Generator[Any, None, Self]:
        """Show the widget unless it is on show, wait until it is done, and give it back."""
        return self._wait_until_done().__await__()

    async def _wait_until_done(self) -> Self:
        if not (self._page.phase == "done" and self._has_results()):
            if not self._shown and not in_marimo():
                self._show()
                self._shown_by_await = cell_number()
            await self._wait(self._is_settled, "await with the widget in the next cell")
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

    def _unready(self, what: str) -> NotReadyError:
        call = f"await {self._called}, then read {self._called}.{what}"
        return NotReadyError(f"No {what} yet: {self._page.sentence}. Write {call}.")

    async def _wait(self, is_done: Callable[[], bool], what: str) -> None:
        if is_done():
            return
        if in_marimo():
            self._sleepers.stop(is_done, ProgressLine(self._id))
        refuse_where_no_answer_comes(what, page_exists=page_can_exist(self.comm))
        await wait_for_page(is_done, self._page, self._talk.ping, self._show_line)

    def _show(self) -> None:
        from IPython.display import display

        display(self)

    def _show_line(self) -> None:
        from IPython.display import display

        display(ProgressLine(self._id))

    # Asking

    def _ask(
        self,
        name: str,
        options: dict[str, Any],
        finish: Callable[[Mapping[str, Any], bytes], Result],
        call: str,
        enclosed: Enclosed = NOTHING_ENCLOSED,
    ) -> Question[Result]:
        # A cell of marimo that was stopped and runs again asks for what is on its way, or has come.
        place = f"{name} {call} {json.dumps(options, sort_keys=True, default=repr)}"
        known = self._questions.get(place)
        if known is not None and known.still_answers:
            return known
        question = Question(WidgetAsker(self), name, options, finish, call)
        question.request.enclosed = enclosed
        self._talk.requests.add(question.request)
        if self._talk.page_has_results:
            self._talk.requests.send_waiting()
        if in_marimo():
            # Those on their way as well: what is asked together is awaited one after another.
            self._questions = {
                key: asked for key, asked in self._questions.items() if asked.still_answers or not asked.request.done
            }
            self._questions[place] = question
        return question

    def _order(self, name: str, call: str, **options: object) -> Question[None]:
        """Have the page do something with work that is under way: it is told at once."""
        question: Question[None] = Question(WidgetAsker(self), name, options, lambda _, __: None, call)
        self._talk.requests.add(question.request)
        self._talk.requests.send(question.request)
        return question

    # Messages

    def _post(self, content: dict[str, Any], buffers: Sequence[bytes | memoryview]) -> None:
        self.send(content, list(buffers))

    def _hear(self, _: object, content: object, buffers: Sequence[memoryview]) -> None:
        self._talk.hear(content, buffers)
        self._sleepers.look()

    def _keep(self, name: str, content: bytes) -> None:
        if name == "_saved" and self._given:
            # The page has drawn them: a notebook that is saved keeps no copy.
            self._given = {}
        if name in _PAGE_TRAITS:
            # As ipywidgets takes a change from the page: not sent back to where it came from.
            self.set_state({name: content})

    # Display

    def _ipython_display_(self) -> None:
        from IPython.display import display

        # What `await` gives back is the value of a cell that ends with it: the widget is on show there already.
        if self._shown_by_await is not None and self._shown_by_await == cell_number():
            return
        self._shown = True
        if not (self._is_drawn or self._frozen):
            self._show_line()
            return
        data, metadata = frozen_output(self._frozen, repr(self)) if self._frozen else self._bundle()
        display(data, metadata=metadata, raw=True, display_id=self._display_id)

    def _bundle(self) -> tuple[dict[str, Any], dict[str, Any]]:
        bundle = self._repr_mimebundle_()
        return bundle if isinstance(bundle, tuple) else (bundle or {"text/plain": repr(self)}, {})
