"""Giving the page what it asks for: bytes in chunks, pictures by row, parts of the code."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from layerscope._blocks import Block
from layerscope._errors import InputError
from layerscope._pictures import EncodedImages
from layerscope._requests import Send
from layerscope._static import core_key, static_bytes

CHUNK = 8 * 2**20
"""Larger messages stall the kernel's other messages; the page asks for no larger ones."""

_PARTS = {
    "core": "core.js.gz",
    "plotly": "plotly.js.gz",
    "pdf": "pdf.js.gz",
    "engine": "engine.js.gz",
    "engine-wasm": "engine.wasm.gz",
    "engine-jspi": "engine-jspi.js.gz",
    "engine-jspi-wasm": "engine-jspi.wasm.gz",
}


class Transfer:
    """Answers a page's questions for the data of one widget. Few coordinates alone go along with it unasked.

    Parameters
    ----------
    send
        Sends a message with buffers to the page.
    blocks, images
        Say what the widget holds at the moment, by key.
    """

    def __init__(
        self,
        send: Send,
        blocks: Callable[[], Mapping[str, Block]],
        images: Callable[[], Mapping[str, EncodedImages]],
    ) -> None:
        self._send = send
        self._blocks = blocks
        self._images = images

    def hear_read(self, message: Mapping[str, Any], _: Sequence[memoryview]) -> None:
        """Send one chunk; the page asks for the next when it has it."""
        block = self._blocks().get(str(message.get("key")))
        if block is None:
            self._refuse(message)
            return
        offset, length = int(message["offset"]), min(int(message["length"]), CHUNK)
        self._send({"kind": "chunk", "id": message["id"], "offset": offset}, [block.part(offset, length)])

    def hear_pictures(self, message: Mapping[str, Any], _: Sequence[memoryview]) -> None:
        """Send the pictures of some rows, packed; with `side`, `means` or `box` so many pixels a side of each."""
        images = self._images().get(str(message.get("key")))
        if images is None:
            self._refuse(message)
            return
        try:
            rows = [int(row) for row in message["rows"]]
            sizes = {name: message[name] for name in ("side", "means", "box") if name in message}
            pack = images.pack(rows, **sizes)
        except InputError as error:
            self._refuse(message, error.reason, error.remedy)
            return
        self._send({"kind": "pictures", "id": message["id"]}, [pack])

    def hear_part(self, message: Mapping[str, Any], _: Sequence[memoryview]) -> None:
        """Send a part of the page's code, packed as it lies in the wheel."""
        name = str(message.get("name"))
        if name not in _PARTS:
            self._refuse(message)
            return
        content = {"kind": "part", "id": message.get("id"), "name": name, "key": core_key()}
        self._send(content, [static_bytes(_PARTS[name])])

    def _refuse(
        self,
        message: Mapping[str, Any],
        reason: str = "Python no longer has these data.",
        remedy: str = "Run the cell again.",
    ) -> None:
        self._send({"kind": "error", "id": message.get("id"), "reason": reason, "remedy": remedy}, [])
