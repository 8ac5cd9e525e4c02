"""Asking the page for something, and putting its answer together from chunks."""

import uuid
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from layerscope._blocks import Block
from layerscope._errors import PageError
from layerscope._pictures import EncodedImages

Send = Callable[[dict[str, Any], Sequence[bytes | memoryview]], None]
Finish = Callable[[Mapping[str, Any], bytes], None]


class Enclosed(NamedTuple):
    """What a question's options refer to: the page may ask for it until it has answered."""

    blocks: tuple[Block, ...] = ()
    images: tuple[EncodedImages, ...] = ()


NOTHING_ENCLOSED = Enclosed()


class Request:
    """One question to the page, such as "save", and what has come of the answer.

    Parameters
    ----------
    name, options
        The command and its options, as the page knows them.
    finish
        Called with header and bytes when the answer is whole; what it raises becomes the request's error.
    """

    def __init__(self, name: str, options: Mapping[str, Any], finish: Finish) -> None:
        self.id = uuid.uuid4().hex
        self.name = name
        self.options = dict(options)
        self.enclosed = NOTHING_ENCLOSED
        self.error: Exception | None = None
        self.done = False
        self.sent = False
        self._finish = finish
        self._page: object = None
        self._header: Mapping[str, Any] = {}
        self._received = bytearray()
        self._total = 0

    @property
    def message(self) -> dict[str, Any]:
        """What is sent to the page."""
        return {"kind": "command", "id": self.id, "name": self.name, "options": self.options}

    def start(self, message: Mapping[str, Any], content: bytes | memoryview = b"") -> bool:
        """Take the head of an answer, and all of it where that came along; False when another page was first."""
        if self._page is not None or self.done:
            return False
        self._page = message.get("page")
        self._header = message.get("header") or {}
        self._total = int(message.get("total", 0))
        self._received += content
        self._complete_when_whole()
        return True

    def add(self, message: Mapping[str, Any], chunk: bytes | memoryview) -> bool:
        """Take the next chunk; False when it belongs to another page's answer or comes out of order."""
        if self.done or message.get("page") != self._page or message.get("offset") != len(self._received):
            return False
        self._received += chunk
        self._complete_when_whole()
        return True

    def restart(self) -> None:
        """Forget what has come: the page that was answering may be gone."""
        self._page = None
        self._received = bytearray()

    def fail(self, message: Mapping[str, Any]) -> None:
        """Note why the page could not."""
        if not self.done:
            text = f"{message.get('reason', 'The page could not do it.')} {message.get('remedy', '')}".strip()
            self._end(PageError(text))

    def give_up(self) -> None:
        """Note that nobody waits for it any more."""
        if not self.done:
            self._end(PageError(f"The answer to {self.name} was given up. Ask again."))

    def _complete_when_whole(self) -> None:
        if len(self._received) < self._total:
            return
        try:
            self._finish(self._header, bytes(self._received))
        except (OSError, ValueError) as error:
            self._end(error)
        else:
            self._end(None)

    def _end(self, error: Exception | None) -> None:
        self._received = bytearray()
        self.error = error
        self.done = True


class Requests:
    """The open questions of one widget."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._open: dict[str, Request] = {}

    @property
    def blocks(self) -> dict[str, Block]:
        """What the page may ask for while it answers, by key."""
        return {block.key: block for request in tuple(self._open.values()) for block in request.enclosed.blocks}

    @property
    def images(self) -> dict[str, EncodedImages]:
        """Pictures that the page may ask for while it answers, by key."""
        return {images.key: images for request in tuple(self._open.values()) for images in request.enclosed.images}

    def send(self, request: Request) -> None:
        """Send a question at once: it is about work that is under way."""
        request.sent = True
        self._send(request.message, [])

    def add(self, request: Request) -> None:
        """Keep a question until it is answered."""
        self._open[request.id] = request

    def cancel(self, request: Request) -> None:
        """Give a question up."""
        self._open.pop(request.id, None)
        request.give_up()
        if request.sent:
            self._send({"kind": "cancel", "id": request.id}, [])

    def send_waiting(self, *, again: bool = False) -> None:
        """Send what no page was there for until now; `again` when a new page has come that knows of nothing."""
        for request in tuple(self._open.values()):
            if again:
                request.restart()
            if again or not request.sent:
                self.send(request)

    def hear_answer(self, message: Mapping[str, Any], buffers: Sequence[memoryview]) -> None:
        """Take the head of an answer and ask for its bytes, unless these came along."""
        request = self._open.get(str(message.get("of")))
        self._reply(message, taken=request is not None and request.start(message, b"".join(buffers)))
        self._drop_when_done(request)

    def hear_chunk(self, message: Mapping[str, Any], buffers: Sequence[memoryview]) -> None:
        """Take a chunk of an answer and ask for the next."""
        request = self._open.get(str(message.get("of")))
        taken = request is not None and bool(buffers) and request.add(message, buffers[0])
        self._reply(message, taken=taken)
        self._drop_when_done(request)

    def hear_failure(self, message: Mapping[str, Any], _: Sequence[memoryview]) -> None:
        """Take the reason why there is no answer."""
        request = self._open.get(str(message.get("id")))
        if request is not None:
            request.fail(message)
        self._drop_when_done(request)

    def _reply(self, message: Mapping[str, Any], *, taken: bool) -> None:
        if taken:
            self._send({"kind": "ack", "id": message.get("id")}, [])
        else:
            self._send({"kind": "error", "id": message.get("id"), "reason": "Nobody waits for this any more."}, [])

    def _drop_when_done(self, request: Request | None) -> None:
        if request is not None and request.done:
            self._open.pop(request.id, None)
