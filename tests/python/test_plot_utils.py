import json
from pathlib import Path
from types import SimpleNamespace

import layerscope as ls
import numpy as np
import pytest
from layerscope import InputError, _plot_pixels, _static, plot_utils

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
    _static.static_bytes.cache_clear()
    with pytest.raises(InputError, match=r"lacks colormaps\.json"):
        plot_utils.inferno([0.5])


PICTURE = np.arange(2 * 3 * 3, dtype=np.uint8).reshape(2, 3, 3)
MAPS = {"Vanilla": np.linspace(0, 1, 6).reshape(2, 3), "XRAI": np.ones((2, 3))}


def shown_maps(notebook, overlay):
    """What the page is given of a widget's maps."""
    return notebook(overlay).read(overlay._props["maps"])


def test_a_picture_stands_beside_its_maps_by_their_names_and_as_they_are(notebook):
    shown = plot_utils.comparison_plot(PICTURE, MAPS)
    assert isinstance(shown, ls.SaliencyOverlay)
    assert shown._props["mapNames"] == ["Vanilla", "XRAI"]
    assert (shown._props["colormap"], shown._props["under"]) == ("grey", "nothing")
    assert "model" not in shown._props
    maps = shown_maps(notebook, shown)
    assert maps.shape == (1, 2, 2, 3)
    assert np.array_equal(maps[0, 0], MAPS["Vanilla"].astype(np.float32))


@pytest.mark.parametrize(
    ("cmap", "wired"),
    [
        ("plt.cm.gray", "grey"),
        ("Oranges", "oranges"),
        (SimpleNamespace(name="inferno"), "inferno"),
        ("PuOr_r", "signed"),
    ],
)
def test_colours_go_by_matplotlibs_names_and_objects(cmap, wired):
    assert plot_utils.comparison_plot(PICTURE, MAPS, cmap)._props["colormap"] == wired


def test_several_pictures_stand_below_each_other_under_their_maps_in_slideflows_blend(notebook):
    def method(image, *, factor):
        return image[..., 0] * factor

    prepared = [PICTURE / 20, PICTURE / 40]
    shown = plot_utils.multi_plot(
        [PICTURE, PICTURE + 1], prepared, method, xlabels=["first", "second"], ylabels=["a", "b", "c"], factor=0.5
    )
    assert shown._props["blend"] == "slideflow"
    assert shown._props["colormap"] == "inferno"
    assert shown._props["imageNames"] == ["first", "second"]
    assert shown._props["mapNames"] == ["b"]
    assert shown._props["shown"] == [0, 1]
    maps = shown_maps(notebook, shown)
    assert np.allclose(maps[:, 0], [each[..., 0] * 0.5 for each in prepared])
    unnamed = plot_utils.multi_plot([PICTURE], [PICTURE], lambda image: image[..., 0] / 20)
    assert unnamed._props["mapNames"] == ["<lambda>"]


def test_pictures_are_prepared_once_and_each_method_makes_its_column(notebook):
    prepared = []

    def prepare(image):
        prepared.append(image)
        return image / 255

    shown = plot_utils.saliency_map_comparison(
        [PICTURE] * 5, [lambda image: image[..., 0], lambda image: image[..., 1]], prepare
    )
    assert len(prepared) == 5
    assert shown._props["mapNames"] == ["Saliency0", "Saliency1"]
    assert shown._props["shown"] == [0, 1, 2, 3, 4]
    maps = shown_maps(notebook, shown)
    assert maps.shape == (5, 2, 2, 3)
    assert np.allclose(maps[4, 1], PICTURE[..., 1] / 255)
    one = plot_utils.saliency_map_comparison([PICTURE], lambda image: image[..., 0], prepare, ["own"])
    assert one._props["mapNames"] == ["own"]


async def test_maps_that_have_to_be_awaited_are_and_all_are_asked_for_first(notebook):
    asked = []

    async def answer(value):
        return np.full((2, 3), value)

    def method(image):
        asked.append(image)
        return answer(0.25)

    waiting = plot_utils.saliency_map_comparison([PICTURE, PICTURE], [method, lambda _: np.zeros((2, 3))], lambda x: x)
    assert len(asked) == 2
    shown = await waiting
    assert np.all(shown_maps(notebook, shown)[:, 0] == 0.25)
    beside = await plot_utils.comparison_plot(PICTURE, {"a": answer(0.5)})
    assert np.all(shown_maps(notebook, beside) == 0.5)
    plotted = await plot_utils.multi_plot([PICTURE], [PICTURE], method)
    assert plotted._props["mapNames"] == ["method"]


def test_what_does_not_fit_is_refused_in_words():
    maps = {**MAPS, "coarse": np.zeros((1, 1))}
    with pytest.raises(InputError, match=r"A map is of 1 × 1, the first of 2 × 3\."):
        plot_utils.comparison_plot(PICTURE, maps)
    with pytest.raises(InputError, match=r"A map is of 2 × 3 × 3\. Pass maps of height × width\."):
        plot_utils.multi_plot([PICTURE], [PICTURE], lambda image: image)
    with pytest.raises(InputError, match=r'Unknown cmap: "jet"\. Pass gray'):
        plot_utils.comparison_plot(PICTURE, MAPS, "jet")
    with pytest.raises(InputError, match=r"There are no maps\."):
        plot_utils.comparison_plot(PICTURE, {})
    with pytest.raises(InputError, match=r"processed_imgs are 1 for 2 pictures\."):
        plot_utils.multi_plot([PICTURE, PICTURE], [PICTURE], lambda image: image)
    with pytest.raises(InputError, match=r"ylabels are 2 for 3 rows\."):
        plot_utils.multi_plot([PICTURE], [PICTURE], lambda image: image, ylabels=["a", "b"])
    with pytest.raises(InputError, match=r"saliency_labels are 1 for 2 methods\."):
        plot_utils.saliency_map_comparison([PICTURE], [len, len], lambda image: image, ["one"])


def test_the_module_has_slideflows_names_and_is_found_before_it_is_imported():
    names = {"inferno", "oranges", "overlay", "comparison_plot", "multi_plot", "saliency_map_comparison"}
    assert {*plot_utils.__all__} == names
    assert ls.plot_utils is plot_utils
