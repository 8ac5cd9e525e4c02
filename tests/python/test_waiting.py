import asyncio

import layerscope as ls
import numpy as np
import pytest
from layerscope import _kernel, _waiting, _widget
from layerscope._page import Page
from layerscope._waiting import wait_for_page


class FakeTime:
    """A clock that goes on only while somebody waits."""

    def __init__(self):
        self.now = 100.0

    def __call__(self):
        return self.now

    async def pause(self, _, seconds):
        self.now += seconds
        await asyncio.sleep(0)


async def test_a_page_that_never_answers_is_given_up_within_10_seconds():
    time = FakeTime()
    pings, shown = [], []
    with pytest.raises(ls.NoPageError, match=r"^No page has answered for 8 seconds: the browser computes this\. Open"):
        await wait_for_page(
            lambda: False, Page(time), lambda: pings.append(time.now), lambda: shown.append(time.now), time.pause
        )
    assert time.now - 100 <= 10
    assert pings[0] == 100
    assert len(shown) == 1


async def test_a_page_that_answers_is_waited_for_as_long_as_it_takes():
    time = FakeTime()
    page = Page(time)
    await wait_for_page(lambda: time.now > 1000, page, page.hear, lambda: pytest.fail("shown twice"), time.pause)


async def test_a_page_that_falls_silent_is_given_up_later():
    time = FakeTime()
    page = Page(time)
    with pytest.raises(ls.NoPageError):
        await wait_for_page(lambda: False, page, lambda: time.now < 105 and page.hear(), lambda: None, time.pause)
    assert 130 < time.now < 140


async def test_a_page_that_is_busy_with_another_widget_is_given_as_long_as_one_that_fell_silent():
    time = FakeTime()
    other = Page(time)
    with pytest.raises(ls.NoPageError):
        await wait_for_page(
            lambda: False, Page(time), lambda: time.now < 105 and other.hear(), lambda: None, time.pause
        )
    assert 129 < time.now < 140


async def test_what_another_thread_hears_wakes_the_waiting(notebook):
    page = notebook(ls.UmapScatter(coords=np.zeros((4, 2))))
    task = asyncio.ensure_future(page.widget._wait_until_done())
    await asyncio.sleep(0)
    await asyncio.to_thread(page.is_done)
    assert await asyncio.wait_for(task, 5) is page.widget


@pytest.fixture
def shows(monkeypatch):
    shown = []
    monkeypatch.setattr(_widget.Widget, "_show", lambda _: shown.append("widget"))
    monkeypatch.setattr(_widget.Widget, "_show_line", lambda _: shown.append("line"))
    return shown


async def test_awaiting_shows_the_widget_and_gives_it_back_with_its_embedding(notebook, shows):
    page = notebook(ls.UmapScatter(np.zeros((4, 3))))
    task = asyncio.ensure_future(page.widget._wait_until_done())
    await asyncio.sleep(0)
    assert shows == ["widget"]
    assert "ping" in page.kinds()
    page.is_done()
    await asyncio.sleep(0)
    assert not task.done()
    embedding = np.arange(8, dtype=np.float32).reshape(4, 2)
    page.answer({"dims": 2}, embedding.tobytes())
    assert await asyncio.wait_for(task, 5) is page.widget
    assert np.array_equal(page.widget.embedding, embedding)


async def test_a_widget_that_is_done_is_not_waited_for(notebook, shows):
    page = notebook(ls.UmapScatter(coords=np.zeros((4, 2))))
    page.is_done()
    assert await page.widget is page.widget
    assert shows == []


async def test_a_failure_in_the_page_is_raised_with_its_sentence(notebook):
    page = notebook(ls.UmapScatter(coords=np.zeros((4, 2))))
    page.say("status", status={"phase": "failed", "reason": "Row 3 is NaN.", "remedy": "Fill it.", "details": ""})
    page.widget._shown = True
    with pytest.raises(ls.PageError, match=r"^Row 3 is NaN\. Fill it\.$"):
        await page.widget


async def test_in_a_script_waiting_is_refused_at_once(shows):  # noqa: ARG001
    with pytest.raises(ls.NoPageError, match=r"^No page is open in a script"):
        await ls.UmapScatter(coords=np.zeros((4, 2)))


async def test_ipykernel_6_says_at_once_to_use_the_next_cell(notebook, shows, monkeypatch):
    monkeypatch.setattr(_kernel, "_shell", type("Shell", (), {"kernel": object(), "execution_count": 3}))
    monkeypatch.setattr(_kernel, "_version", lambda: "6.31.0")
    page = notebook(ls.UmapScatter(coords=np.zeros((4, 2))))
    with pytest.raises(
        ls.NotReadyError, match=r"^ipykernel 6\.31\.0 hears nothing from the page while a cell runs\. Write await"
    ):
        await page.widget
    assert shows == ["widget"]
    page.is_done()
    assert await page.widget is page.widget


async def test_ipykernel_6_writes_the_file_once_the_cell_has_ended(notebook, shows, monkeypatch, tmp_path):  # noqa: ARG001
    monkeypatch.setattr(_kernel, "_shell", type("Shell", (), {"kernel": object(), "execution_count": 3}))
    monkeypatch.setattr(_kernel, "_version", lambda: "6.31.0")
    page = notebook(ls.UmapScatter(coords=np.zeros((4, 2))))
    page.is_done()
    path = tmp_path / "map.png"
    with pytest.raises(ls.NotReadyError) as caught:
        await page.widget.save(path)
    assert str(caught.value) == (
        "ipykernel 6.31.0 hears nothing from the page while a cell runs. "
        f"Write answer = … .save({str(path)!r}) here and await answer in the next cell, or install ipykernel 7."
    )
    assert "cancel" not in page.kinds()
    page.answer({}, b"png")
    assert path.read_bytes() == b"png"


async def test_ipykernel_6_is_told_later_what_could_not_be_saved(notebook, shows, monkeypatch, tmp_path, capsys):  # noqa: ARG001
    monkeypatch.setattr(_waiting, "hears_during_cell", lambda: False)
    page = notebook(ls.UmapScatter(coords=np.zeros((4, 2))))
    page.is_done()
    with pytest.raises(ls.NotReadyError):
        await page.widget.save(tmp_path / "map.png", dpi=10**9)
    command, _ = page.last("command")
    page.say("failed", id=command["id"], reason="The figure is too large.", remedy="Lower dpi.")
    assert capsys.readouterr().err == "The figure is too large. Lower dpi.\n"


def test_reading_the_embedding_too_early_says_how_far_the_work_is(notebook):
    page = notebook(ls.UmapScatter(np.zeros((4, 3))))
    message = "No embedding yet: {}. Write await scatter, then read scatter.embedding."
    with pytest.raises(ls.NotReadyError) as caught:
        _ = page.widget.embedding
    assert str(caught.value) == message.format("waiting to be shown")
    page.say("status", status={"phase": "working", "sentence": "Laying out, round 120 of 500."})
    with pytest.raises(ls.NotReadyError) as caught:
        _ = page.widget.embedding
    assert str(caught.value) == message.format("Laying out, round 120 of 500")


async def test_save_writes_the_file_of_the_page_in_acknowledged_chunks(notebook, tmp_path):
    page = notebook(ls.UmapScatter(coords=np.zeros((4, 2))))
    page.is_done()
    figure = page.widget.save(tmp_path / "fig.pdf", size="page")
    command, _ = page.last("command")
    assert (command["name"], command["options"]) == ("save", {"format": "pdf", "size": "page"})
    content = bytes(range(256)) * 10
    page.answer({"name": "x.pdf"}, content, chunk=1000)
    assert await figure == tmp_path / "fig.pdf"
    assert (tmp_path / "fig.pdf").read_bytes() == content


def test_a_file_is_written_even_when_nobody_awaits_it(notebook, tmp_path):
    page = notebook(ls.UmapScatter(coords=np.zeros((4, 2))))
    page.widget.save(tmp_path / "fig.png")
    assert "command" not in page.kinds()
    page.is_done()
    page.answer({}, b"png")
    assert (tmp_path / "fig.png").read_bytes() == b"png"


async def test_saving_with_nothing_on_show_puts_a_line_on_show(notebook, tmp_path, shows):
    page = notebook(ls.UmapScatter(coords=np.zeros((4, 2))))
    task = asyncio.ensure_future(_awaited(page.widget.save(tmp_path / "fig.csv")))
    await asyncio.sleep(0)
    assert shows == ["line"]
    page.say("hello", status={"phase": "waiting"})
    page.is_done()
    page.answer({}, b"row,x,y")
    assert await asyncio.wait_for(task, 5) == tmp_path / "fig.csv"


async def test_a_page_that_was_loaded_again_is_asked_again(notebook, tmp_path):
    page = notebook(ls.UmapScatter(coords=np.zeros((4, 2))))
    page.is_done()
    figure = page.widget.save(tmp_path / "fig.svg")
    command, _ = page.last("command")
    page.say("answer", id="head", of=command["id"], header={}, total=100)
    page.say("answer-chunk", b"x" * 50, id="half", of=command["id"], offset=0)
    page.name = "page-2"
    page.say("hello", status={"phase": "waiting"})
    assert page.kinds().count("command") == 2
    page.answer({}, b"whole")
    assert await figure == tmp_path / "fig.svg"
    assert (tmp_path / "fig.svg").read_bytes() == b"whole"


def test_a_chunk_that_comes_out_of_order_is_refused(notebook, tmp_path):
    page = notebook(ls.UmapScatter(coords=np.zeros((4, 2))))
    page.is_done()
    page.widget.save(tmp_path / "fig.svg")
    command, _ = page.last("command")
    page.say("answer", id="head", of=command["id"], header={}, total=4)
    page.say("answer-chunk", b"cd", id="late", of=command["id"], offset=2)
    assert page.last("error")[0]["id"] == "late"
    assert not (tmp_path / "fig.svg").exists()


def test_few_bytes_come_with_the_head_of_an_answer(notebook, tmp_path):
    page = notebook(ls.UmapScatter(coords=np.zeros((4, 2))))
    page.is_done()
    page.widget.save(tmp_path / "fig.svg")
    command, _ = page.last("command")
    page.say("answer", b"abcd", id="head", of=command["id"], header={}, total=4)
    assert page.last("ack")[0]["id"] == "head"
    assert (tmp_path / "fig.svg").read_bytes() == b"abcd"


def test_what_the_page_said_in_one_turn_is_heard_in_its_order(notebook, tmp_path):
    page = notebook(ls.UmapScatter(coords=np.zeros((4, 2))))
    figure = page.widget.save(tmp_path / "fig.svg")
    done = {"kind": "status", "page": page.name, "status": {"phase": "done", "seconds": 1, "caption": "UMAP"}}
    page.say("several", messages=[{"kind": "hello", "page": page.name}, done, {"kind": "ping", "id": "p"}])
    assert page.last("pong")[0]["id"] == "p"
    assert page.last("command")[0]["name"] == "save"
    assert not figure.request.done


def test_a_second_page_that_answers_too_is_told_that_nobody_waits(notebook, tmp_path):
    page = notebook(ls.UmapScatter(coords=np.zeros((4, 2))))
    page.is_done()
    page.widget.save(tmp_path / "fig.svg")
    command, _ = page.last("command")
    page.say("answer", id="first", of=command["id"], header={}, total=3)
    page.name = "page-2"
    page.say("answer", id="second", of=command["id"], header={}, total=3)
    content, _ = page.last("error")
    assert content["id"] == "second"
    assert content["reason"] == "Nobody waits for this any more."


async def test_what_the_page_can_not_save_is_raised(notebook, tmp_path):
    page = notebook(ls.UmapScatter(coords=np.zeros((4, 2))))
    page.is_done()
    figure = page.widget.save(tmp_path / "fig.png", dpi=10**9)
    command, _ = page.last("command")
    page.say("failed", id=command["id"], reason="The figure is too large.", remedy="Lower dpi.")
    with pytest.raises(ls.PageError, match=r"^The figure is too large\. Lower dpi\.$"):
        await figure


@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        ("fig.jpg", 'unknown format: "jpg" (expected png, svg, pdf or csv). Change the suffix.'),
        ("missing/fig.png", "There is no folder {}/missing. Make it first."),
    ],
)
def test_a_path_that_can_not_be_written_is_refused_at_once(notebook, tmp_path, path, sentence):
    widget = notebook(ls.UmapScatter(coords=np.zeros((4, 2)))).widget
    with pytest.raises(ls.InputError) as caught:
        widget.save(tmp_path / path)
    assert str(caught.value) == sentence.format(tmp_path)


async def _awaited(awaitable):
    return await awaitable
