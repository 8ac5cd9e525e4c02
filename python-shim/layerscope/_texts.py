"""A text for every row."""

import json
from collections.abc import Iterable
from dataclasses import dataclass

from layerscope._arrays import Reference
from layerscope._blocks import Block
from layerscope._errors import InputError, count, plural


@dataclass(frozen=True)
class EncodedTexts:
    """Texts in the form that crosses: a JSON list."""

    block: Block
    length: int

    @property
    def texts(self) -> list[str]:
        """The texts themselves."""
        texts: list[str] = json.loads(bytes(self.block.data))
        return texts

    @property
    def reference(self) -> Reference:
        """What stands for the texts in a widget's properties."""
        return {"$text": {"key": self.block.key, "length": self.length, "bytes": len(self.block)}}


def encode_texts(value: object, name: str, rows: int, thing: str = "row") -> EncodedTexts:
    """Encode one text a row, or whatever `thing` they are of; anything else is written out.

    Raises
    ------
    InputError
        When there is not one a row.
    """
    if isinstance(value, str) or not isinstance(value, Iterable):
        raise InputError(f"{name} is {value!r}, which is not one text a {thing}.", "Pass a list of texts.")
    texts = ["" if text is None else str(text) for text in value]
    if len(texts) != rows:
        raise InputError(f"{count(len(texts))} {name} for {plural(rows, thing)}.", f"Pass one a {thing} in {name}.")
    return EncodedTexts(Block(json.dumps(texts, ensure_ascii=False).encode(), "text"), len(texts))
