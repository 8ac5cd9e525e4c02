import json
from pathlib import Path

import numpy as np
import pytest
from layerscope import InputError, _asset, _plot_pixels, plot_utils

ROOT = Path(__file__).parents[2]
GOLDENS = json.loads((ROOT / "tests/reference/saliency/plot-utils-goldens.json").read_text())
TABLES = ROOT / "python-shim/layerscope/static/colormaps.json"


@pytest.fixture(autouse=True)
def built_tables(front_end):
    """Put the tables of the build beside the small front end: these are what is looked up."""
    (front_end / "colormaps.json").write_bytes(TABLES.read_bytes())
    _plot_pixels._table.cache_clear()
    yield
    _plot_pixels._table.cache_clear()


@pytest.mark.parametrize("name", ["inferno", "oranges"])
def test_colours_are_slideflows_bytes_of_numbers_and_of_integers(name):
    color = getattr(plot_utils, name)
    numbers = np.array([np.nan if number is None else number for number in GOLDENS["numbers"]])
    drawn = color(numbers)
    assert drawn.dtype == np.uint8
    assert drawn.tolist() == GOLDENS[name]["numbers"]
    assert color(np.array(GOLDENS["indices"], np.int32)).tolist() == GOLDENS[name]["indices"]


def test_colours_keep_the_shape_and_take_any_floats_and_lists():
    assert plot_utils.inferno(np.zeros((2, 3, 4), np.float16)).shape == (2, 3, 4, 4)
    assert plot_utils.oranges([[0.0, 1.0]]).tolist() == [[[255, 245, 235, 255], [127, 39, 4, 255]]]


def test_overlay_is_slideflows_bytes():
    golden = GOLDENS["overlay"]
    picture = np.array(golden["picture"], np.uint8).reshape(*golden["shape"], 3)
    mask = np.array(golden["mask"]).reshape(golden["shape"])
    drawn = plot_utils.overlay(picture, mask)
    assert drawn.dtype == np.uint8
    assert drawn.ravel().tolist() == golden["bytes"]
    with_opacity = np.insert(picture, 3, 9, axis=2)
    assert plot_utils.overlay(with_opacity, mask).ravel().tolist() == golden["bytes"]


def test_overlay_refuses_another_size_and_what_is_no_bytes():
    picture = np.zeros((2, 3, 3), np.uint8)
    with pytest.raises(InputError, match=r"The mask is of 3 × 2, the picture of 2 × 3\."):
        plot_utils.overlay(picture, np.zeros((3, 2)))
    with pytest.raises(InputError, match="no picture of bytes"):
        plot_utils.overlay(picture / 255, np.zeros((2, 3)))


def test_a_build_without_tables_says_what_to_do(front_end):
    (front_end / "colormaps.json").unlink()
    _asset.static_bytes.cache_clear()
    with pytest.raises(InputError, match=r"lacks colormaps\.json"):
        plot_utils.inferno([0.5])
