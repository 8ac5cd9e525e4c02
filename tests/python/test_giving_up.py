import asyncio

import layerscope as ls
import numpy as np
import pytest

POINTS = np.random.default_rng(0).normal(size=(20, 4))
MORE = np.random.default_rng(1).normal(size=(3, 4))


@pytest.fixture
def page(notebook):
    page = notebook(ls.UmapScatter(POINTS))
    page.is_done()
    page.answer({"dims": 2}, np.zeros((20, 2), "<f4").tobytes())
    return page


async def test_rows_can_be_added_after_a_cell_that_added_some_was_interrupted(page):
    async def add():
        await page.widget.update(MORE)

    task = asyncio.ensure_future(add())
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert page.last("cancel")[0]["id"] == page.last("command")[0]["id"]
    question = page.widget.update(MORE)
    page.answer({"dims": 2}, np.zeros((23, 2), "<f4").tobytes())
    assert await question is page.widget


async def test_an_answer_that_was_given_up_says_so_where_it_is_awaited_again(page):
    question = page.widget.quality()

    async def wait():
        await question

    task = asyncio.ensure_future(wait())
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    with pytest.raises(ls.PageError, match=r"The answer to quality was given up\. Ask again\."):
        await question
