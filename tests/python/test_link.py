import layerscope as ls
import numpy as np
import pytest


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
