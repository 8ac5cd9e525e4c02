"""What a widget and its pages say to each other."""

import uuid
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from typing import Any

from layerscope._blocks import Block
from layerscope._page import Page
from layerscope._pictures import EncodedImages
from layerscope._requests import Requests, Send
from layerscope._transfer import Transfer

Reply = Callable[[Mapping[str, Any], Sequence[memoryview]], None]


class Conversation:
    """Answers what the page asks, sends it what Python asks, and notes what it says of itself.

    Parameters
    ----------
    send
        Sends a message with buffers to the page.
    blocks, images
        Say what the widget holds at the moment, by key.
    keep
        Keeps bytes that the page wants kept, by name.
    finished
        Called once for each result that the page has come to.
    told
        Takes what a reader has set or given in the page.
    """

    def __init__(  # noqa: PLR0913, PLR0917 - what a widget does for it
        self,
        send: Send,
        blocks: Callable[[], Mapping[str, Block]],
        images: Callable[[], Mapping[str, EncodedImages]],
        keep: Callable[[str, bytes], None],
        finished: Callable[[], None],
        told: Callable[[Mapping[str, Any]], None],
    ) -> None:
        self.send = send
        self.page = Page()
        self.requests = Requests(send)
        self._keep = keep
        self._finished = finished
        self._told = told
        self._result: Mapping[str, Any] | None = None
        transfer = Transfer(
            send,
            lambda: {**blocks(), **self.requests.blocks},
            lambda: {**images(), **self.requests.images},
        )
        self._replies: dict[str, Reply] = {
            "read": transfer.hear_read,
            "pictures": transfer.hear_pictures,
            "part?": transfer.hear_part,
            "answer": self.requests.hear_answer,
            "answer-chunk": self.requests.hear_chunk,
            "failed": self.requests.hear_failure,
            "keep": self._hear_keep,
            "told": self._hear_told,
            "ping": self._hear_ping,
            "hello": self._hear_hello,
        }

    @property
    def page_has_results(self) -> bool:
        """Whether the page can answer questions about what it has computed."""
        return self.page.phase in ("done", "stopped")

    def ping(self) -> None:
        """Ask the page whether it is there."""
        self.send({"kind": "ping", "id": uuid.uuid4().hex}, [])

    def hear(self, content: object, buffers: Sequence[memoryview]) -> None:
        """Take a message of the page."""
        if not isinstance(content, Mapping) or "kind" not in content:
            return
        if content["kind"] == "several":
            # One that raises keeps none of the others from being heard.
            with ExitStack() as heard:
                for message in reversed(content.get("messages", ())):
                    heard.callback(self.hear, message, [])
            return
        reply = self._replies.get(content["kind"])
        if reply is not None:
            reply(content, buffers)
        # Last, so that whoever waits finds what the message brought.
        self.page.hear(content.get("status"))
        if self.page.phase == "working":
            self._result = None
        elif self.page.phase == "done" and self._result != self.page.status:
            # Also where it says so of another result without having said that it works: a grid is there in no time.
            self._result = self.page.status
            self._finished()
        if self.page_has_results:
            self.requests.send_waiting()

    def _hear_keep(self, message: Mapping[str, Any], buffers: Sequence[memoryview]) -> None:
        self._keep(str(message.get("name")), bytes(buffers[0]) if buffers else b"")

    def _hear_told(self, message: Mapping[str, Any], _: Sequence[memoryview]) -> None:
        facts = message.get("facts")
        if isinstance(facts, Mapping):
            self._told(facts)

    def _hear_ping(self, message: Mapping[str, Any], _: Sequence[memoryview]) -> None:
        self.send({"kind": "pong", "id": message.get("id")}, [])

    def _hear_hello(self, _: Mapping[str, Any], __: Sequence[memoryview]) -> None:
        self.send({"kind": "welcome"}, [])
        self.requests.send_waiting(again=True)
