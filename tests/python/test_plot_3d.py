import layerscope as ls
import numpy as np
import pytest

POINTS = np.random.default_rng(0).normal(size=(20, 4))


@pytest.fixture
def page(notebook):
    page = notebook(ls.UmapScatter(POINTS))
    page.is_done()
    page.answer({"dims": 2}, np.zeros((20, 2), np.float32).tobytes())
    return page


def told(widget):
    return widget._props["height"], widget._props["exclude"]


def test_a_column_crosses_as_its_number_and_goes_again(page):
    page.widget.plot_3d(np.int64(3))
    assert told(page.widget) == (3, None)
    assert "unit 3 as height" in repr(page.widget)
    page.widget.plot_3d(None)
    assert told(page.widget) == (None, None)
    assert "height" not in repr(page.widget)


def test_the_same_column_asked_for_again_is_told_again_because_a_reader_may_have_laid_the_map_flat(page):
    page.widget.plot_3d(3, exclude=True)
    heard = []
    page.widget.observe(lambda change: heard.append((change["new"]["height"], change["new"]["exclude"])), "_props")
    page.widget.plot_3d(3, exclude=True)
    assert heard == [(None, 3), (3, 3)]


def test_numbers_of_its_own_are_read_by_the_page(page):
    heights = np.arange(20, dtype=float)
    heights[4] = np.nan
    page.widget.plot_3d(heights)
    given, excluded = told(page.widget)
    assert excluded is None
    page.say("read", id="r", key=given["$array"]["key"], offset=0, length=80)
    np.testing.assert_array_equal(np.frombuffer(page.last("chunk")[1][0], "<f4"), heights.astype("f4"))


def test_a_map_without_the_column_is_another_one_and_is_fetched_when_it_is_done(page):
    page.widget.plot_3d(3)
    assert page.widget.embedding.shape == (20, 2)
    page.widget.plot_3d(3, exclude=True)
    assert told(page.widget) == (3, 3)
    with pytest.raises(ls.NotReadyError, match=r"^No embedding yet"):
        _ = page.widget.embedding
    page.say("status", status={"phase": "working", "sentence": "round 1 of 500"})
    page.is_done()
    page.answer({"dims": 2}, np.ones((20, 2), np.float32).tobytes())
    assert page.widget.embedding[0, 0] == 1
    page.widget.plot_3d(None)
    assert told(page.widget) == (None, None)
    with pytest.raises(ls.NotReadyError):
        _ = page.widget.embedding


async def test_rows_that_are_added_keep_a_column_as_height_and_not_the_numbers_of_the_rows_before(page):
    for unit, kept in ((3, 3), (np.arange(21), None)):
        page.widget.plot_3d(unit)
        rows = len(page.widget.embedding) + 1
        question = page.widget.update(POINTS[:1])
        page.answer({"dims": 2}, np.zeros((rows, 2), np.float32).tobytes())
        await question
        assert page.widget._props["height"] == kept


@pytest.mark.parametrize(
    ("arguments", "unit", "exclude", "sentence"),
    [
        ({}, 4, False, r"^unit: there is no column 4 in 4 columns\. Columns are 0 to 3\."),
        ({}, -1, False, r"^unit: there is no column -1 in 4 columns\."),
        ({}, [1, 2, 3], False, r"^3 heights for 20 rows\. Pass one a row, or the number of a column\."),
        ({}, np.zeros(20), True, r"^These numbers are no column of the points\."),
        ({"n_components": 3}, 1, False, r"^The map has three dimensions of its own, and no room for a height\."),
        (
            {"precomputed_knn": (np.zeros((20, 4), int), np.ones((20, 4)))},
            1,
            True,
            r"^The neighbours that are known were found with all columns\.",
        ),
    ],
)
def test_what_can_not_be_is_refused_in_a_sentence(notebook, arguments, unit, exclude, sentence):  # noqa: ARG001
    widget = ls.UmapScatter(POINTS, **arguments)
    with pytest.raises(ls.InputError, match=sentence):
        widget.plot_3d(unit, exclude=exclude)
    assert "height" not in widget._props


def test_coordinates_alone_take_numbers_and_no_column(notebook):  # noqa: ARG001
    widget = ls.UmapScatter(coords=np.zeros((5, 2)))
    with pytest.raises(ls.InputError, match=r"^unit is column 1, and there are no points, only their coordinates\."):
        widget.plot_3d(1)
    widget.plot_3d(range(5))
    assert widget._props["height"]["$array"]["shape"] == [5]
    assert widget.embedding.shape == (5, 2)
