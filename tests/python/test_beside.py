import threading

import pytest
from layerscope._beside import begin


def test_work_goes_on_beside_what_follows():
    begun = threading.Event()
    go_on = threading.Event()

    def work() -> str:
        begun.set()
        assert go_on.wait(10)
        return "done"

    wait = begin(work)
    assert begun.wait(10)
    go_on.set()
    assert [wait(), wait()] == ["done", "done"]


def test_what_the_work_raises_is_raised_where_its_result_is_asked_for():
    wait = begin(lambda: int("no number"))
    with pytest.raises(ValueError, match="no number"):
        wait()


def test_where_no_thread_can_start_it_is_done_at_once(monkeypatch):
    def refuse(_: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(threading.Thread, "start", refuse)
    done = []
    wait = begin(lambda: done.append(1) or "done")
    assert done == [1]
    assert wait() == "done"
