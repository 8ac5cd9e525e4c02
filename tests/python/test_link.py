import base64
import json
import re

import layerscope as ls
import numpy as np
import pytest
from layerscope._link import join


@pytest.fixture
def pair(notebook):
    first = ls.UmapScatter(coords=np.zeros((20, 2)))
    second = ls.UmapScatter(np.random.default_rng(0).normal(size=(20, 5)))
    return notebook(first), notebook(second)


def test_linked_widgets_share_a_group_in_the_page(pair):
    ls.link(*(page.widget for page in pair))
    assert pair[0].widget._group == pair[1].widget._group != ""


def test_without_a_page_a_selection_reaches_the_others(pair):
    first, second = (page.widget for page in pair)
    ls.link(first, second)
    first.selected = [1, 2]
    assert second.selected.tolist() == [1, 2]
    second.selected = None
    assert first.selected.tolist() == []


def test_a_selection_that_was_there_is_shared_when_they_are_linked(pair):
    first, second = (page.widget for page in pair)
    second.selected = [5]
    ls.link(first, second)
    assert first.selected.tolist() == [5]


def test_a_selection_of_the_page_is_mirrored_here_and_not_sent_back(pair):
    first, second = pair
    ls.link(first.widget, second.widget)
    before = len(second.widget.comm.sent)
    first.write("_selected", bytes([0b10, 0, 0]))
    assert second.widget.selected.tolist() == [1]
    assert len(second.widget.comm.sent) == before


def test_widgets_over_different_rows_can_not_be_linked(notebook):  # noqa: ARG001
    with pytest.raises(ls.InputError) as caught:
        ls.link(ls.UmapScatter(coords=np.zeros((2000, 2))), ls.UmapScatter(coords=np.zeros((3, 2))))
    assert str(caught.value) == (
        "These widgets can't be linked: 2,000 rows and 3 rows. Link widgets over the same rows."
    )


@pytest.fixture
def three(notebook):
    return [notebook(ls.UmapScatter(coords=np.zeros((10, 2)))) for _ in range(3)]


def selected(pages):
    return [page.widget.selected.tolist() for page in pages]


@pytest.mark.parametrize(
    ("how", "own", "theirs", "nothing"),
    [
        ("single", [2, 3], [2, 3], [2, 3]),
        ("intersect", [2], [2], [2]),
        ("union", [1, 2, 3], [1, 2, 3], [1, 2, 3]),
        ("exclude", [1], [3], [0, 4, 5, 6, 7, 8, 9]),
    ],
)
def test_selections_become_one_as_in_the_page(three, how, own, theirs, nothing):
    first, second, third = (page.widget for page in three)
    ls.link(first, second, third, how=how)
    first.selected = [1, 2]
    second.selected = [2, 3]
    assert selected(three) == [own, theirs, nothing]
    first.selected = second.selected = None
    assert selected(three) == [[], [], []]


def test_what_was_selected_before_counts_when_widgets_are_linked(three):
    first, second, _ = (page.widget for page in three)
    first.selected = [1, 2]
    second.selected = [2, 3]
    ls.link(first, second, how="union")
    assert selected(three) == [[1, 2, 3], [1, 2, 3], []]
    ls.link(first, second, how="intersect")
    assert selected(three) == [[2], [2], []]


def test_another_link_takes_a_selection_away_from_those_that_are_left(three):
    first, second, third = (page.widget for page in three)
    ls.link(first, second, how="union")
    first.selected = [1]
    second.selected = [2]
    ls.link(second, third, how="union")
    assert selected(three) == [[1], [2], [2]]
    second.selected = [5]
    assert selected(three) == [[1], [5], [5]]


def test_the_page_is_told_how_in_one_message(three):
    first, second, _ = (page.widget for page in three)
    first.selected = [1]
    before = len(first.comm.sent)
    ls.link(first, second, how="intersect")
    (message,) = first.comm.sent[before:]
    assert message["data"]["state"]["_group"] == first._group != ""
    sent = {
        path[0]: bytes(buffer) for path, buffer in zip(message["data"]["buffer_paths"], message["buffers"], strict=True)
    }
    assert sent["_link_how"] == b"intersect"
    assert sent["_own"] == bytes([2, 0])


def test_a_selection_of_the_page_is_combined_here_and_not_sent_back(three):
    first, second, _ = three
    ls.link(first.widget, second.widget, how="intersect")
    second.widget.selected = [1, 2]
    first.say("hello")
    before = len(second.widget.comm.sent), len(first.widget.comm.sent)
    first.say("keep", bytes([0b110, 0]), name="_own")
    first.say("keep", bytes([0b110, 0]), name="_selected")
    assert second.widget.selected.tolist() == [1, 2]
    first.say("keep", bytes([0b10, 0]), name="_own")
    assert selected(three) == [[1], [1], []]
    assert (len(second.widget.comm.sent), len(first.widget.comm.sent)) == before


def test_the_page_has_the_last_word_on_what_it_shows(three):
    first, second, _ = three
    ls.link(first.widget, second.widget, how="intersect")
    second.widget.selected = [1]
    first.say("keep", bytes([0b110, 0]), name="_own")
    first.say("keep", bytes([0b110, 0]), name="_selected")
    assert selected(three) == [[1, 2], [1], []]


def test_a_rule_that_a_reader_chose_holds_for_all_that_are_linked(three):
    first, second, _ = three
    ls.link(first.widget, second.widget, how="intersect")
    first.widget.selected = [1, 2]
    second.widget.selected = [2, 3]
    first.say("keep", b"union", name="_link_how")
    assert selected(three) == [[1, 2, 3], [1, 2, 3], []]
    second.widget.selected = [4]
    assert selected(three) == [[1, 2, 4], [1, 2, 4], []]


def test_a_widget_that_joins_others_is_linked_as_they_are(three):
    first, second, third = (page.widget for page in three)
    ls.link(first, second, how="intersect")
    first.selected = [1, 2]
    join(third, second)
    third.selected = [2, 3]
    assert selected(three) == [[2], [2], [2]]


def test_an_unknown_rule_is_refused(three):
    with pytest.raises(ls.InputError) as caught:
        ls.link(*(page.widget for page in three), how="xor")
    assert str(caught.value) == 'Unknown how: "xor". Pass single, intersect, union or exclude.'


def test_an_exported_page_keeps_the_rule_and_each_selection(three, tmp_path):
    first, second, third = (page.widget for page in three)
    ls.link(first, second, third, how="exclude")
    first.selected = [1, 2]
    second.selected = [2]
    models = exported(ls.to_html(tmp_path / "page.html", first, second))
    assert models[first._id]["_link_how"] == {"$bytes": base64.b64encode(b"exclude").decode()}
    assert models[second._id]["_own"] == {"$bytes": base64.b64encode(bytes([4, 0])).decode()}


def test_a_widget_that_is_exported_alone_shows_what_it_showed_with_the_others(three, tmp_path):
    first, second, _ = (page.widget for page in three)
    ls.link(first, second, how="intersect")
    first.selected = [1, 2]
    second.selected = [2]
    model = exported(ls.to_html(tmp_path / "page.html", first))[first._id]
    assert model["_link_how"] == ""
    assert model["_selected"] == {"$bytes": base64.b64encode(bytes([4, 0])).decode()}


def exported(path):
    state = re.search(r'id="ls-state">(.*?)</script>', path.read_text())
    return json.loads(state[1])["models"]
