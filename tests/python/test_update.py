import layerscope as ls
import numpy as np
import pytest

POINTS = np.random.default_rng(0).normal(size=(20, 4))
MORE = np.random.default_rng(1).normal(size=(3, 4))


def places(rows, start=0):
    return np.arange(start, start + 2 * rows, dtype="<f4").reshape(rows, 2)


@pytest.fixture
def page(notebook):
    def show(**arguments):
        page = notebook(ls.UmapScatter(POINTS, **arguments))
        page.is_done()
        page.answer({"dims": 2}, places(len(POINTS)).tobytes())
        return page

    return show


def array(page, reference):
    """What the page reads for a reference to an array."""
    told = reference["$array"]
    page.say("read", id="r", key=told["key"], offset=0, length=1000)
    return np.frombuffer(b"".join(map(bytes, page.last("chunk")[1])), told["dtype"]).reshape(told["shape"])


async def grow(page, rows=MORE, total=23, **told):
    question = page.widget.update(rows, **told)
    page.answer({"dims": 2}, np.concatenate([page.widget.embedding, places(len(rows), 100)]).tobytes())
    assert await question is page.widget
    assert len(page.widget.embedding) == total


async def test_the_widget_is_about_all_rows_and_the_first_keep_their_places(page):
    page = page(labels=["a", "b"] * 10, names=[f"row {row}" for row in range(20)], values={"v": range(20)})
    page.widget.selected = [1, 19]
    before = page.widget.embedding.tobytes()
    question = page.widget.update(MORE, labels=["b", "c", None], names=["x", "y", "z"])
    command = page.last("command")[0]
    assert command["name"] == "update"
    options = command["options"]
    first, added = options["points"]["$rows"]
    assert first == page.widget._props["points"]
    np.testing.assert_array_equal(array(page, added), MORE.astype("float32"))
    assert array(page, options["placed"]).tobytes() == before
    assert options["labels"]["names"] == ["a", "b", "c"]
    assert array(page, options["labels"]["codes"])[18:].tolist() == [0, 1, 1, 2, -1]
    assert np.isnan(array(page, options["values"]["columns"][0]["values"])[20:]).all()
    assert options["names"]["$text"]["length"] == 23

    page.answer({"dims": 2}, np.concatenate([places(20), places(3, 100)]).tobytes())
    assert await question is page.widget
    assert page.widget.embedding.shape == (23, 2)
    assert page.widget.embedding[:20].tobytes() == before
    assert page.widget.selected.tolist() == [1, 19]
    page.widget.selected = [22]
    assert {name: page.widget._props[name] for name in options} == options
    assert "23 × 4" in repr(page.widget)
    with pytest.raises(ls.InputError, match="22 colours for 23 rows"):
        page.widget.color = np.arange(22)


async def test_a_second_time_the_rows_follow_those_of_the_first(page):
    page = page()
    await grow(page)
    await grow(page, MORE + 1, total=26)
    assert [part["$array"]["shape"] for part in page.widget._props["points"]["$rows"]] == [[20, 4], [3, 4], [3, 4]]
    assert page.widget._props["placed"]["$array"]["shape"] == [23, 2]
    assert "labels" not in page.widget._props


async def test_what_was_told_of_the_first_rows_alone_is_told_no_more(page):
    page = page(init=np.zeros((20, 2)), precomputed_knn=(np.zeros((20, 4), int), np.ones((20, 4))))
    await grow(page)
    assert not {"init", "precomputedKNN"} & set(page.widget._props)


async def test_new_rows_have_no_label_unless_it_is_told_and_may_be_the_first_to_have_one(page):
    labelled, bare = page(labels=["a"] * 20), page()
    await grow(labelled)
    assert array(labelled, labelled.widget._props["labels"]["codes"])[18:].tolist() == [0, 0, -1, -1, -1]
    await grow(bare, labels=["n"] * 3)
    assert array(bare, bare.widget._props["labels"]["codes"]).tolist() == [-1] * 20 + [0] * 3


async def test_whole_numbers_beside_a_quantity_are_numbers(page):
    page = page(labels=np.linspace(0, 1, 20))
    await grow(page, labels=[4, 5, 6])
    values = array(page, page.widget._props["labels"]["values"])
    assert values[19:].tolist() == [1, 4, 5, 6]


async def test_pictures_of_the_new_rows_follow_those_of_the_first(page):
    page = page(images=np.zeros((20, 8, 8), np.uint8))
    question = page.widget.update(MORE, images=np.full((3, 8, 8), 9, np.uint8))
    key = page.last("command")[0]["options"]["images"]["$images"]["key"]
    page.say("pictures", id="p", key=key, rows=[19, 20])
    assert bytes(page.last("pictures")[1][0]).endswith(bytes(64) + bytes([9]) * 64)
    page.answer({"dims": 2}, places(23).tobytes())
    await question


@pytest.mark.parametrize(
    ("rows", "told", "sentence"),
    [
        (np.zeros((3, 5)), {}, "rows: expected 4 columns as in the map, got 5. Pass rows like those of the map."),
        (np.zeros(3), {}, "rows has 1 dimension, expected 2."),
        (MORE, {"labels": ["a"]}, "1 labels for 3 rows. Pass one a row in labels."),
        (MORE, {"names": ["a"] * 4}, "4 names for 3 rows. Pass one a row in names."),
        (MORE, {"images": np.zeros((2, 8, 8))}, "2 images for 3 rows."),
        (MORE, {"labels": [0.5, 1.5, 2.5]}, "labels has classes for some rows and numbers for others."),
    ],
)
def test_what_can_not_be_added_is_refused_before_the_page_hears_of_it(page, rows, told, sentence):
    page = page(labels=["a", "b"] * 10)
    before = page.widget._props
    with pytest.raises(ls.InputError) as raised:
        page.widget.update(rows, **told)
    assert str(raised.value).startswith(sentence)
    assert page.last("command")[0]["name"] == "embedding"
    assert page.widget._props == before


async def test_what_the_page_can_not_add_is_raised_and_leaves_the_widget_as_it_was(page):
    page = page()
    before = page.widget._props
    question = page.widget.update(MORE)
    page.say("failed", id=page.last("command")[0]["id"], reason="Row 1, column 2 is NaN.", remedy="Remove or fill it.")
    with pytest.raises(ls.PageError, match=r"Row 1, column 2 is NaN\. Remove or fill it\."):
        await question
    assert page.widget._props == before
    assert page.widget.embedding.shape == (20, 2)
    await grow(page)


def test_rows_are_added_to_a_finished_map_one_batch_at_a_time(notebook, page):
    with pytest.raises(ls.NotReadyError, match="Write await scatter, then update"):
        notebook(ls.UmapScatter(POINTS)).widget.update(MORE)
    page = page()
    page.widget.update(MORE)
    with pytest.raises(ls.NotReadyError, match="Rows are being added already"):
        page.widget.update(MORE)
    with pytest.raises(ls.InputError, match="No map was computed here"):
        ls.UmapScatter(coords=POINTS[:, :2]).update(MORE)


async def test_linked_widgets_go_on_without_the_one_that_has_other_rows(page, notebook):
    one, two, three = page(), notebook(ls.UmapScatter(POINTS)), notebook(ls.UmapScatter(POINTS))
    ls.link(one.widget, two.widget, three.widget)
    await grow(one)
    assert one.widget._group == ""
    one.widget.selected = [22]
    assert two.widget.selected.tolist() == []
    two.widget.selected = [3]
    assert three.widget.selected.tolist() == [3]
    assert one.widget.selected.tolist() == [22]


async def test_places_of_other_rows_that_arrive_late_are_not_taken(page):
    page = page()
    question = page.widget.update(MORE)
    command = page.last("command")[0]["id"]
    page.say("status", status={"phase": "working", "sentence": "Finding neighbours."})
    page.is_done()
    page.answer({"dims": 2}, places(23).tobytes())
    assert page.widget.embedding.shape == (20, 2)
    assert page.widget._embedding_request.error is None
    page.say("answer", id="head", of=command, header={"dims": 2}, total=184)
    page.say("answer-chunk", places(23).tobytes(), id="chunk-0", of=command, offset=0)
    await question
    assert page.widget.embedding.shape == (23, 2)


@pytest.mark.parametrize(("order", "options"), [("pause", {}), ("step", {"rounds": 3}), ("resume", {})])
async def test_a_layout_is_told_to_pause_step_and_go_on_while_it_settles(notebook, order, options):
    page = notebook(ls.UmapScatter(POINTS))
    page.say("status", status={"phase": "working", "sentence": "Paused at round 3 of 500."})
    question = getattr(page.widget, order)(**options)
    command = page.last("command")[0]
    assert (command["name"], command["options"]) == (order, options)
    page.answer({}, b"")
    assert await question is None
    assert "Paused at round 3 of 500" in repr(page.widget)


def test_a_step_is_of_whole_rounds(page):
    with pytest.raises(ls.InputError, match=r"rounds: expected a whole number from 1, got 0\."):
        page().widget.step(0)


async def test_an_exported_page_has_the_rows_in_their_parts_and_where_the_first_lie(page, tmp_path):
    page = page()
    await grow(page)
    page.widget.to_html(tmp_path / "map.html")
    text = (tmp_path / "map.html").read_text()
    references = [*page.widget._props["points"]["$rows"], page.widget._props["placed"]]
    for reference in references:
        assert f'id="ls-{reference["$array"]["key"]}"' in text
