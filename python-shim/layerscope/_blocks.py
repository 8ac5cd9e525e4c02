"""Runs of bytes that the page may ask for, named by their content."""

from layerscope._content_key import content_key
from layerscope._marimo import in_marimo
from layerscope._while_held import WhileHeld

_ALONG = 256 * 2**10
"""Bytes that go along with a widget at most: to ask for so few takes longer than to send them."""


class Block:
    """Bytes under a name made from them: equal bytes have equal names and cross to a page once.

    Parameters
    ----------
    data
        Kept as they are; nobody may change them any more.
    kind
        What they hold, such as ``float32-1797x64``; part of the name, because equal bytes can mean different things.
    """

    def __init__(self, data: bytes | memoryview, kind: str) -> None:
        self.data = memoryview(data).cast("B")
        self.key = content_key(self.data, kind)

    def __len__(self) -> int:
        return self.data.nbytes

    def part(self, offset: int, length: int) -> memoryview:
        """Bytes `offset` to `offset + length`, without a copy."""
        return self.data[offset : offset + length]


block_cache: WhileHeld[Block] = WhileHeld()
"""By the object that they were made from: hashed once, however many widgets show it."""


def going_along(block: Block | None) -> dict[str, memoryview]:
    """Return the bytes, by their key, that go along with a widget before its page asks for them; none where many.

    In marimo none do: it keeps what a widget was made with.
    """
    if block is None or len(block) > _ALONG or in_marimo():
        return {}
    return {block.key: block.data}
