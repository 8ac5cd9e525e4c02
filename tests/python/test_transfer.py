import gc
import gzip

import layerscope as ls
import numpy as np
import pytest

CHUNK = 8 * 2**20


def points_key(widget):
    return widget._props["points"]["$array"]["key"]


def test_nothing_large_is_in_the_synced_state(notebook):  # noqa: ARG001
    points = np.zeros((20_000, 100), dtype=np.float32)
    widget = ls.UmapScatter(points, labels=np.zeros(20_000, dtype=int), names=["x"] * 20_000)
    (opened,) = [message for message in widget.comm.sent if message["type"] == "comm_open"]
    assert sum(len(buffer) for buffer in opened["buffers"]) == 0
    assert len(str(opened["data"])) < 10_000


def test_few_coordinates_go_along_until_a_page_has_drawn_them(notebook):
    coords = np.random.default_rng(1).random((20_000, 2), dtype=np.float32)
    page = notebook(ls.UmapScatter(coords=coords))
    key = page.widget._props["coords"]["$array"]["key"]
    (opened,) = [message for message in page.widget.comm.sent if message["type"] == "comm_open"]
    assert coords.tobytes() in [bytes(buffer) for buffer in opened["buffers"]]
    assert bytes(page.widget._given[key]) == coords.tobytes()
    page.say("hello")
    assert bytes(page.widget._given[key]) == coords.tobytes()
    page.say("keep", b"the picture", name="_saved")
    assert page.widget._given == {}
    # Another page asks for them.
    page.say("read", id="r", key=key, offset=0, length=CHUNK)
    assert bytes(page.last("chunk")[1][0]) == coords.tobytes()


def test_many_coordinates_wait_to_be_asked_for(notebook):
    page = notebook(ls.UmapScatter(coords=np.zeros((40_000, 2), dtype=np.float32)))
    assert page.widget._given == {}


def test_an_array_crosses_in_the_chunks_that_the_page_asks_for(notebook):
    points = np.arange(3 * 10**6, dtype=np.float32).reshape(-1, 3)
    page = notebook(ls.UmapScatter(points))
    received = b""
    for offset in range(0, points.nbytes, CHUNK):
        page.say("read", id=f"r{offset}", key=points_key(page.widget), offset=offset, length=CHUNK)
        content, buffers = page.last("chunk")
        assert content == {"kind": "chunk", "id": f"r{offset}", "offset": offset}
        assert len(buffers[0]) <= CHUNK
        received += bytes(buffers[0])
    assert received == points.tobytes()
    assert page.kinds().count("chunk") == 2


def test_no_message_is_larger_than_8_mib_whatever_is_asked_for(notebook):
    page = notebook(ls.UmapScatter(np.zeros((3 * 10**6, 1), dtype=np.float32)))
    page.say("read", id="r", key=points_key(page.widget), offset=0, length=10**9)
    assert len(page.last("chunk")[1][0]) == CHUNK


def test_nothing_is_sent_unasked(notebook):
    page = notebook(ls.UmapScatter(np.zeros((1000, 1000), dtype=np.float32)))
    page.say("hello", status={"phase": "waiting"})
    assert page.kinds() == ["welcome"]


def test_the_same_object_in_two_widgets_is_held_once_under_one_key(notebook):  # noqa: ARG001
    points = np.random.default_rng(1).normal(size=(500, 8))
    first, second = ls.UmapScatter(points), ls.UmapScatter(points, labels=["a"] * 500)
    assert points_key(first) == points_key(second)
    assert first._source.table.blocks[0] is second._source.table.blocks[0]


def test_data_that_are_gone_are_refused_with_a_remedy(notebook):
    page = notebook(ls.UmapScatter(np.zeros((4, 2))))
    page.say("read", id="r", key="unknown", offset=0, length=8)
    content, _ = page.last("error")
    assert content["id"] == "r"
    assert content["reason"] == "Python no longer has these data."
    assert content["remedy"] == "Run the cell again."


def test_pictures_cross_by_row(notebook):
    page = notebook(ls.UmapScatter(np.zeros((4, 2)), images=np.zeros((4, 8, 8), np.uint8)))
    key = page.widget._props["images"]["$images"]["key"]
    page.say("pictures", id="p", key=key, rows=[3, 1])
    content, buffers = page.last("pictures")
    assert content["id"] == "p"
    assert b'"rows": [3, 1]' in buffers[0]


def test_of_pictures_a_few_pixels_cross_where_they_are_asked_for(notebook):
    page = notebook(ls.UmapScatter(np.zeros((4, 2)), images=np.zeros((4, 64, 64), np.uint8)))
    key = page.widget._props["images"]["$images"]["key"]
    page.say("pictures", id="p", key=key, rows=[3, 1], side=8)
    _, buffers = page.last("pictures")
    assert b'"width": 8' in buffers[0]


def test_pictures_cross_at_the_size_that_they_are_to_fit(notebook):
    page = notebook(ls.UmapScatter(np.zeros((4, 2)), images=np.zeros((4, 64, 64), np.uint8)))
    key = page.widget._props["images"]["$images"]["key"]
    page.say("pictures", id="p", key=key, rows=[3, 1], box=16)
    _, buffers = page.last("pictures")
    assert b'"width": 16' in buffers[0]
    assert buffers[0].endswith(bytes(2 * 16 * 16))
    assert len(buffers[0]) < 2 * 16 * 16 + 100


@pytest.mark.parametrize("part", ["core", "plotly", "pdf", "engine", "engine-wasm", "engine-jspi", "engine-jspi-wasm"])
def test_parts_of_the_code_cross_when_asked_for(notebook, part):
    page = notebook(ls.UmapScatter(np.zeros((4, 2))))
    page.say("part?", id="c", name=part, key="c0de")
    content, buffers = page.last("part")
    assert (content["id"], content["name"], content["key"]) == ("c", part, "c0de")
    assert gzip.decompress(buffers[0]).decode() == f"export default '{part}'"


def test_a_question_that_raises_keeps_none_of_those_that_came_with_it_from_being_answered(notebook):
    page = notebook(ls.UmapScatter(np.zeros((4, 2)), images=np.zeros((4, 8, 8), np.uint8)))
    key = page.widget._props["images"]["$images"]["key"]
    asked = [{"kind": "ping", "id": "a"}, {"kind": "pictures", "id": "p", "key": key}, {"kind": "ping", "id": "b"}]
    page.say("several", messages=asked)
    assert page.kinds() == ["pong", "pong"]


def test_no_file_but_the_parts_can_be_asked_for(notebook):
    page = notebook(ls.UmapScatter(np.zeros((4, 2))))
    page.say("part?", id="c", name="../../_errors.py", key="c0de")
    assert page.kinds() == ["error"]


def test_encoded_arrays_go_with_the_last_widget_that_holds_them():
    from layerscope._arrays import encode
    from layerscope._blocks import block_cache

    # Widgets of the tests before go first: they stand in circles.
    gc.collect()
    before = len(block_cache)
    encoded = encode(np.full((7, 7), 3.25), "points")
    assert len(block_cache) == before + 1
    del encoded
    gc.collect()
    assert len(block_cache) == before


def test_pictures_that_were_written_to_are_refused_rather_than_shown(notebook):
    pictures = np.zeros((4, 8, 8), np.uint8)
    page = notebook(ls.UmapScatter(np.zeros((4, 2)), images=pictures))
    pictures[2] = 7
    page.say("pictures", id="p", key=page.widget._props["images"]["$images"]["key"], rows=[1, 2])
    assert page.kinds() == ["error"]
    assert page.last("error")[0]["reason"] == "Picture 2 was written to after it was passed."
