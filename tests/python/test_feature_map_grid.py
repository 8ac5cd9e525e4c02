import json
import re
import struct

import layerscope as ls
import numpy as np
import pytest
from PIL import Image

PICTURE = np.arange(6 * 5 * 3, dtype=np.uint8).reshape(6, 5, 3)
COLUMNS = {
    "layer": ["conv", "conv"],
    "type": ["Conv2D", "Conv2D"],
    "channel": [0, 1],
    "mean": [0.25, 0.0],
    "dead": [False, True],
}


@pytest.fixture
def model(notebook):  # noqa: ARG001 - widgets speak to it
    return ls.Model({"lab.onnx": b"graph"}, size=4, backend="wasm")


@pytest.fixture
def page(notebook, model):
    return notebook(ls.FeatureMapGrid(model, PICTURE))


def sides(page):
    """Rows of pictures that the page is told of, with the first one's height and width where Python knows them."""
    told = page.widget._props["images"]
    if "$array" in told:
        return tuple(told["$array"]["shape"])
    return told["$images"]["length"]


def test_left_alone_it_says_what_the_page_would_say_itself(page):
    props = page.widget._props
    json.dumps(props, allow_nan=False)
    plain = {name: value for name, value in props.items() if name not in {"model", "images"}}
    assert plain == {
        "layers": 8,
        "normalize": "zscore",
        "colormap": "viridis",
        "sort": "index",
        "preprocessing": {"size": {"height": 4, "width": 4}},
        "theme": "auto",
    }


def test_properties_cross_under_the_names_of_the_page(model):
    grid = ls.FeatureMapGrid(
        model,
        [PICTURE, PICTURE[::-1]],
        ["conv1", np.int64(-1)],
        12,
        "signed",
        "inferno",
        sort="difference",
        compare=1,
        names=["a dog", "a cat"],
        title="Maps",
        theme="dark",
    )
    props = grid._props
    json.dumps(props, allow_nan=False)
    assert {name: value for name, value in props.items() if name not in {"model", "images", "preprocessing"}} == {
        "layers": ["conv1", -1],
        "columns": 12,
        "normalize": "signed",
        "colormap": "inferno",
        "sort": "difference",
        "compare": 1,
        "imageNames": ["a dog", "a cat"],
        "title": "Maps",
        "theme": "dark",
    }


@pytest.mark.parametrize(
    ("layers", "told"),
    [(None, None), (np.int64(3), 3), (np.array(3), 3), ("conv1", ["conv1"]), ((0, 2), [0, 2])],
)
def test_layers_are_so_many_of_the_first_or_those_that_are_named_or_all(model, layers, told):
    assert ls.FeatureMapGrid(model, PICTURE, layers)._props["layers"] == told


def test_the_page_gets_the_models_files_and_the_picture(page):
    told = page.widget._props
    assert page.read(told["model"]["$model"]["files"][0]["bytes"]).tobytes() == b"graph"
    page.say("pictures", id="p", key=told["images"]["$images"]["key"], rows=[0])
    assert page.last("pictures")[1][0].endswith(PICTURE.tobytes())


@pytest.mark.parametrize(
    ("image", "told"),
    [
        (PICTURE, 1),
        (PICTURE[..., 0], 1),
        (PICTURE.transpose(2, 0, 1), 1),
        (np.stack([PICTURE, PICTURE]), 2),
        (np.zeros((7, 8, 9), np.uint8), 7),
        (PICTURE / 255, (1, 6, 5, 3)),
        (PICTURE[..., 0] / 255, (1, 6, 5, 1)),
        ((PICTURE / 255).transpose(2, 0, 1), (1, 3, 6, 5)),
        (np.zeros((7, 8, 9)), (7, 8, 9)),
        ([PICTURE / 255, PICTURE / 255], (2, 6, 5, 3)),
    ],
)
def test_an_array_is_one_picture_where_its_first_or_last_side_counts_colours_and_else_several(
    notebook, model, image, told
):
    page = notebook(ls.FeatureMapGrid(model, image))
    assert sides(page) == told
    assert page.widget._rows == (told if isinstance(told, int) else told[0])


def test_floats_cross_as_they_are(notebook, model):
    page = notebook(ls.FeatureMapGrid(model, PICTURE / 255))
    assert np.array_equal(page.read(page.widget._props["images"])[0], (PICTURE / 255).astype(np.float32))


def test_pictures_from_files_are_called_by_their_files(tmp_path, model):
    path = tmp_path / "dog.1100.png"
    Image.fromarray(PICTURE).save(path)
    with Image.open(path) as opened:
        for image in (path, str(path), [path], opened):
            assert ls.FeatureMapGrid(model, image)._props["imageNames"] == ["dog.1100.png"]
    assert ls.FeatureMapGrid(model, [path, PICTURE])._props["imageNames"] == ["dog.1100.png", "picture 2"]
    assert "imageNames" not in ls.FeatureMapGrid(model, path.read_bytes())._props


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"image": None}, "There is no picture. Pass image: a path, a PIL picture, or an array."),
        ({"image": 5}, "image is 5, which is no picture. Pass a path, a PIL picture, or an array."),
        ({"image": []}, "There are no pictures. Pass one at least."),
        ({"image": "no.png"}, "Image 0 can't be read from no.png: No such file or directory."),
        ({"image": b"text"}, "Image 0 is in no format that browsers know. Encode it as PNG, JPEG or WebP."),
        ({"image": np.zeros((4, 4), np.int64)}, "images is of dtype int64, neither 8-bit pictures nor floats."),
        ({"model": None}, "There is no model. Pass a Model, or the path of one."),
        ({"model": "no.h5"}, "There is no file no.h5."),
        ({"layers": 0}, "layers: expected how many of the first layers, their names or numbers, or None, got 0"),
        ({"layers": True}, "layers: expected how many of the first layers, their names or numbers, or None, got true"),
        ({"layers": []}, "layers: expected how many of the first layers, their names or numbers, or None, got []"),
        ({"layers": [1.5]}, "layers: expected names or numbers of layers, got 1.5"),
        ({"columns": 0}, "columns: expected an integer from 1 to 64, got 0"),
        ({"normalize": "std"}, 'Unknown normalize: "std". Pass zscore, minmax, layer or signed.'),
        ({"colormap": "jet"}, 'Unknown colormap: "jet". Pass viridis, inferno, cividis or grey.'),
        ({"sort": "name"}, 'Unknown sort: "name". Pass index, mean, max, zeros or difference.'),
        ({"compare": 1}, "compare: expected an integer from 0 to 0, got 1"),
        ({"names": ["a", "b"]}, "2 names for 1 picture. Pass a list, one a picture."),
        ({"names": "dog"}, "1 name for 1 picture. Pass a list, one a picture."),
        ({"theme": "blue"}, "theme"),
    ],
)
def test_what_can_t_be_used_is_refused_with_what_to_do(model, given, sentence):
    with pytest.raises(ls.InputError, match=re.escape(sentence)):
        ls.FeatureMapGrid(**{"model": model, "image": PICTURE, **given})


async def test_statistics_come_as_a_frame_with_a_line_a_channel(page):
    pandas = pytest.importorskip("pandas")
    question = page.widget.statistics()
    page.is_done()
    page.answer_all(statistics=({"columns": COLUMNS}, b""))
    frame = await question
    assert isinstance(frame, pandas.DataFrame)
    assert frame[frame.dead].channel.tolist() == [1]
    assert list(frame) == list(COLUMNS)


async def test_the_maps_of_a_layer_come_as_channels_rows_and_columns(page):
    question = page.widget.maps(-1)
    page.is_done()
    assert page.last("command")[0]["options"] == {"layer": -1}
    page.answer_all(maps=({"shape": [2, 1, 3]}, struct.pack("<6f", *range(6))))
    maps = await question
    assert maps.dtype == np.float32
    assert maps.tolist() == [[[0, 1, 2]], [[3, 4, 5]]]
    with pytest.raises(ls.InputError, match="expected names or numbers of layers"):
        page.widget.maps(1.5)


async def test_what_excites_a_channel_most_comes_as_a_picture(page):
    question = page.widget.visualize("conv", np.int64(7), steps=16, seed=3, tv_weight=0.5, blur_every=0)
    page.is_done()
    assert page.last("command")[0]["options"] == {
        "target": {"layer": "conv", "channel": 7},
        "steps": 16,
        "seed": 3,
        "tvWeight": 0.5,
        "blurEvery": 0,
    }
    page.answer_all(visualize=({"shape": [1, 2, 3], "dtype": "uint8"}, bytes(range(6))))
    picture = await question
    assert picture.dtype == np.uint8
    assert picture.tolist() == [[[0, 1, 2], [3, 4, 5]]]


@pytest.mark.parametrize(
    ("part", "place", "target"),
    [
        ((-1, 2), {}, {"layer": -1, "channel": 2}),
        ((None, 2), {}, {"class": 2}),
        (("conv", 0), {"row": np.int64(3), "column": 0}, {"layer": "conv", "channel": 0, "row": 3, "column": 0}),
    ],
)
def test_a_channel_one_of_its_places_or_a_class_is_excited(page, part, place, target):
    page.widget.visualize(*part, **place)
    page.is_done()
    assert page.last("command")[0]["options"] == {"target": target, "steps": 128, "seed": 0}


@pytest.mark.parametrize(
    ("part", "options", "sentence"),
    [
        ((1.5, 0), {}, "expected names or numbers of layers"),
        (("conv", -1), {}, "channel: expected an integer of at least 0, got -1"),
        (("conv", 0), {"row": 1}, "Only one of row and column is given."),
        ((None, 0), {"row": 1, "column": 1}, "A class has no places."),
        (("conv", 0), {"steps": 0}, "steps: expected an integer from 1 to 10000, got 0"),
        (("conv", 0), {"blur": 2}, "visualize takes steps, seed, step_size"),
    ],
)
def test_what_can_t_be_excited_is_said_at_once(page, part, options, sentence):
    with pytest.raises((ls.InputError, TypeError), match=sentence):
        page.widget.visualize(*part, **options)


async def test_a_figure_is_written_where_it_is_wanted(page, tmp_path):
    question = page.widget.save(tmp_path / "Intermediate_Activations_Visualized.pdf", caption=True)
    page.is_done()
    assert page.last("command")[0]["options"] == {"format": "pdf", "caption": True}
    page.answer_all(save=({}, b"%PDF-"))
    assert (await question).read_bytes() == b"%PDF-"
    with pytest.raises(ls.InputError, match="unknown format"):
        page.widget.save(tmp_path / "maps.xlsx")


def test_what_a_reader_opens_and_looks_at_is_known_here(page):
    grid = page.widget
    assert (grid.image, grid.channel) == (0, None)
    page.say("told", facts={"image": None, "layer": "conv", "channel": 7})
    assert grid.image is None
    assert grid.channel == ("conv", 7)
    assert grid.channel.layer == "conv"
    page.say("told", facts={"image": 0, "layer": None, "channel": None})
    assert (grid.image, grid.channel) == (0, None)


def test_another_picture_is_shown_also_where_a_reader_has_left_the_one_that_was_set(notebook, model):
    page = notebook(ls.FeatureMapGrid(model, np.stack([PICTURE] * 3)))
    grid = page.widget
    grid.image = 2
    assert (grid.image, grid._props["image"]) == (2, 2)
    page.say("told", facts={"image": 1, "layer": None, "channel": None})
    sent = len(grid.comm.sent)
    grid.image = 2
    assert grid.image == 2
    told = [message["data"]["state"]["_props"] for message in grid.comm.sent[sent:] if "state" in message["data"]]
    assert [props.get("image") for props in told] == [None, 2]
    with pytest.raises(ls.InputError, match="image: expected an integer from 0 to 2, got 3"):
        grid.image = 3


def test_it_says_what_it_shows_and_how_far_it_is(model, tmp_path):
    path = tmp_path / "dog.png"
    Image.fromarray(PICTURE).save(path)
    assert repr(ls.FeatureMapGrid(model, path)) == ("FeatureMapGrid(dog.png, lab.onnx, 8 layers): waiting to be shown")
    two = ls.FeatureMapGrid(model, np.stack([PICTURE] * 2), ["conv1", -1])
    assert repr(two) == "FeatureMapGrid(2 pictures, lab.onnx, conv1, -1): waiting to be shown"
    assert ", all layers)" in repr(ls.FeatureMapGrid(model, PICTURE, None))


def test_an_exported_page_has_the_model_its_engine_and_the_pictures(page, tmp_path):
    written = page.widget.to_html(tmp_path / "maps.html").read_text()
    assert 'id="ls-part-engine"' in written
    assert f'id="ls-{page.widget._pictures.images[0].key}"' in written
    for block in page.widget._held_blocks():
        assert f'id="ls-{block}"' in written


def test_without_the_model_an_exported_page_shows_the_saved_picture(page, tmp_path):
    with pytest.raises(ls.InputError, match="No picture of the maps is kept yet"):
        page.widget.to_html(tmp_path / "maps.html", images=False)
    page.write("_saved", b"kept")
    written = page.widget.to_html(tmp_path / "maps.html", points=False).read_text()
    assert 'id="ls-part-engine"' not in written
    assert "to_html(path, points=True) adds them." in written


def test_a_model_that_was_dropped_can_t_be_exported_before_its_picture_is_kept(notebook, tmp_path):
    table = notebook(ls.Model())
    facts = {"name": "lab.onnx", "key": "k", "isDropped": True, "preprocessing": {}}
    table.say("told", facts=facts)
    grid = ls.FeatureMapGrid(table.widget, PICTURE)
    with pytest.raises(ls.InputError, match="The model was dropped on a table"):
        grid.to_html(tmp_path / "maps.html")
    notebook(grid).write("_saved", b"kept")
    assert "are not in this page" in grid.to_html(tmp_path / "maps.html").read_text()
