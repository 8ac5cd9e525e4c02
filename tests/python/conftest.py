import gzip
import json

import comm
import numpy as np
import pytest
from comm.base_comm import BaseComm
from layerscope import _asset, _static


class RecordedComm(BaseComm):
    """A line to a page that is not there: keeps what was sent."""

    def __init__(self, **fields):
        self.sent = []
        super().__init__(**fields)

    def publish_msg(self, msg_type, data=None, metadata=None, buffers=None, **_):
        self.sent.append({"type": msg_type, "data": data or {}, "buffers": list(buffers or []), "metadata": metadata})


class FakePage:
    """The page's end of one widget's line: reads what Python says and speaks as the page does."""

    name = "page-1"

    def __init__(self, widget):
        self.widget = widget

    @property
    def heard(self):
        """Custom messages from Python, with their buffers."""
        return [
            (message["data"]["content"], message["buffers"])
            for message in self.widget.comm.sent
            if message["data"].get("method") == "custom"
        ]

    def kinds(self):
        return [content["kind"] for content, _ in self.heard]

    def last(self, kind):
        return next((content, buffers) for content, buffers in reversed(self.heard) if content["kind"] == kind)

    def say(self, kind, *buffers, **fields):
        content = {"kind": kind, "page": self.name, **fields}
        message = {"data": {"method": "custom", "content": content}}
        self.widget._handle_msg({"content": message, "buffers": [memoryview(buffer) for buffer in buffers]})

    def write(self, trait, value):
        """Write a binary trait, as the page does: the buffer comes as a memoryview."""
        data = {"method": "update", "state": {}, "buffer_paths": [[trait]]}
        self.widget._handle_msg({"content": {"data": data}, "buffers": [memoryview(value)]})

    def is_done(self, seconds=1.2):
        self.say("status", status={"phase": "done", "seconds": seconds, "caption": "UMAP"})

    def answer(self, header, content, chunk=8 * 2**20):
        """Answer the latest command, waiting for each acknowledgement."""
        command, _ = self.last("command")
        self.say("answer", id="head", of=command["id"], header=header, total=len(content))
        for offset in range(0, len(content), chunk):
            acknowledged = self.last("ack")[0]["id"]
            assert acknowledged == ("head" if offset == 0 else f"chunk-{offset - chunk}")
            part = content[offset : offset + chunk]
            self.say("answer-chunk", part, id=f"chunk-{offset}", of=command["id"], offset=offset)

    def answer_all(self, **answers):
        """Answer every open command by its name: (header, bytes)."""
        answered = set()
        while waiting := [
            content for content, _ in self.heard if content["kind"] == "command" and content["id"] not in answered
        ]:
            for command in waiting:
                answered.add(command["id"])
                header, content = answers[command["name"]]
                self.say("answer", id="head", of=command["id"], header=header, total=len(content))
                self.say("answer-chunk", content, id="chunk", of=command["id"], offset=0)

    def read(self, reference):
        """Read an array that a property refers to."""
        told = reference["$array"]
        self.say("read", id="r", key=told["key"], offset=0, length=10**6)
        content = b"".join(map(bytes, self.last("chunk")[1]))
        return np.frombuffer(content, told["dtype"]).reshape(told["shape"])


@pytest.fixture(autouse=True)
def front_end(tmp_path_factory, monkeypatch):
    """Put a small front end in the place of the built one: what is tested here is what Python does with it."""
    folder = tmp_path_factory.mktemp("static")
    for part in ("core", "plotly", "pdf", "engine", "engine-jspi"):
        (folder / f"{part}.js.gz").write_bytes(gzip.compress(f"export default '{part}'".encode()))
    for part in ("engine", "engine-jspi"):
        (folder / f"{part}.wasm.gz").write_bytes(gzip.compress(f"export default '{part}-wasm'".encode()))
    (folder / "loader.js").write_text("export default {}")
    (folder / "standalone.js").write_text("document.title")
    (folder / "manifest.json").write_text(json.dumps({"version": "0.1.0", "files": {"core.js.gz": "c0de"}}))
    monkeypatch.setattr(_static, "_STATIC", folder)
    monkeypatch.setattr(_asset._Kernel, "asset", None)
    _static.static_bytes.cache_clear()
    _static.manifest.cache_clear()
    yield folder
    _static.static_bytes.cache_clear()
    _static.manifest.cache_clear()


@pytest.fixture
def notebook(monkeypatch):
    """Let widgets speak to a line that keeps what is said, as in a kernel whose page can be there."""
    monkeypatch.setattr(comm, "create_comm", RecordedComm)
    return FakePage
