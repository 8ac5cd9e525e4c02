import io
import json
from pathlib import Path

import layerscope as ls
import numpy as np
import pytest
from PIL import Image

ROWS = 12
COORDS = np.column_stack([np.arange(ROWS) % 4, np.arange(ROWS) // 4]).astype(float)
TILES = np.arange(ROWS * 48, dtype=np.uint8).reshape(ROWS, 4, 4, 3)
CELLS = np.arange(ROWS, dtype="<i4")[::-1]
SHOWN = np.array([11, -1, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0], dtype="<i4")
HEADER = {"columns": 4, "rows": 3, "cellSize": 1, "left": 0, "bottom": 0, "level": 0}


def grid_of(cells=CELLS, shown=SHOWN, **header):
    return {**HEADER, **header}, cells.tobytes() + shown.tobytes()


def test_properties_cross_under_the_names_of_the_page(notebook):  # noqa: ARG001
    props = ls.Mosaic(
        TILES,
        points=np.zeros((ROWS, 5)),
        num_tiles_x=30,
        tile_select="nearest",
        max_dist=1,
        tile_meta=np.zeros((ROWS, 2)),
        labels=["a", "b"] * 6,
        names=[f"tile {row}" for row in range(ROWS)],
        background="slideflow",
        values={"area": np.arange(ROWS)},
        color=np.arange(ROWS),
        expanded=True,
        focus=[0, 9],
        class_marks="tint",
        class_names=False,
        normalizer="macenko",
        normalizer_source=3,
        title="Tissue",
        theme="dark",
        n_neighbors=5,
        init=np.zeros((ROWS, 2)),
        precomputed_knn=(np.zeros((ROWS, 4), int), np.ones((ROWS, 4))),
    )._props
    json.dumps(props, allow_nan=False)
    plain = {name: value for name, value in props.items() if not isinstance(value, dict)}
    assert plain == {
        "numTilesX": 30,
        "tileSelect": "nearest",
        "maxDist": 1.0,
        "background": "#dfdfdf",
        "expanded": True,
        "classMarks": "tint",
        "classNames": False,
        "normalizer": "macenko",
        "title": "Tissue",
        "theme": "dark",
        "nNeighbors": 5,
        "nComponents": 2,
        "minDist": 0.1,
        "seed": 42,
    }
    assert set(props) - set(plain) == {
        "points",
        "init",
        "precomputedKNN",
        "images",
        "labels",
        "names",
        "values",
        "color",
        "tileMeta",
        "focus",
        "normalizerSource",
    }
    assert props["images"]["$images"]["length"] == ROWS
    assert props["normalizerSource"]["$images"]["length"] == 1
    assert props["focus"]["$array"] == {**props["focus"]["$array"], "dtype": "uint8", "shape": [2]}


def test_every_property_is_known_to_the_page(notebook):  # noqa: ARG001
    """Names that Python writes are those of src/widgets/mosaic/props.ts."""
    source = (Path(__file__).parents[2] / "src/widgets/mosaic/props.ts").read_text()
    defaults = source.split("mosaicDefaults: MosaicProps = {")[1].split("};")[0]
    known = {line.split(":")[0].strip() for line in defaults.splitlines() if ":" in line}
    arrays = {"tile_meta": np.zeros((ROWS, 2)), "focus": [1], "normalizer_source": 0, "background": "black"}
    one = ls.Mosaic(TILES, COORDS, max_dist=2, normalizer="reinhard", title="t", **arrays)
    two = ls.Mosaic(TILES, ls.UmapScatter(np.zeros((ROWS, 3))))
    props = {**one._props, **two._props}
    umap = set(ls.UmapScatter(np.zeros((ROWS, 3)))._props)
    assert {"coords", "follows", "numTilesX", "tileMeta", "normalizerSource"} <= set(props)
    assert set(props) - umap - known == set()


def test_every_reference_can_be_asked_for(notebook):
    widget = ls.Mosaic(TILES, COORDS, tile_meta=np.ones((ROWS, 2)), focus=[1, 8], names=["n"] * ROWS, labels=["a"] * 12)
    page = notebook(widget)
    assert page.read(widget._props["coords"]).tolist() == COORDS.tolist()
    assert page.read(widget._props["tileMeta"]).tolist() == [[1, 1]] * ROWS
    assert page.read(widget._props["focus"]).tolist() == [0b10, 0b1]
    page.say("read", id="n", key=widget._props["names"]["$text"]["key"], offset=0, length=100)
    assert json.loads(bytes(page.last("chunk")[1][0])) == ["n"] * ROWS


def test_the_picture_to_normalise_by_is_one_of_the_tiles_or_any_other(notebook):
    stream = io.BytesIO()
    Image.new("RGB", (2, 2), "red").save(stream, "PNG")
    sources = [(-1, TILES[-1].tobytes()), (np.int64(2), TILES[2].tobytes()), (stream.getvalue(), stream.getvalue())]
    sources += [(TILES[5], TILES[5].tobytes()), (Image.fromarray(TILES[6]), TILES[6].tobytes())]
    for source, content in sources:
        page = notebook(ls.Mosaic(TILES, COORDS, normalizer="reinhard", normalizer_source=source))
        page.say("pictures", id="p", key=page.widget._props["normalizerSource"]["$images"]["key"], rows=[0])
        assert bytes(page.last("pictures")[1][0]).endswith(content)


@pytest.mark.parametrize(
    ("arguments", "error", "sentence"),
    [
        ({"num_tiles_x": 0}, ls.InputError, "num_tiles_x: expected an integer from 1 to 1000, got 0"),
        (
            {"tile_select": "middle"},
            ls.InputError,
            'Unknown tile_select: "middle". Pass first, nearest, centroid or random.',
        ),
        ({"max_dist": 0}, ls.InputError, "max_dist: expected a number above 0, got 0"),
        (
            {"tile_select": "centroid"},
            ls.InputError,
            'tile_select "centroid" needs tile_meta. Pass tile_meta (n × d numbers).',
        ),
        (
            {"tile_meta": np.zeros((3, 2))},
            ls.InputError,
            "3 rows of tile_meta for 12 images. Pass one a picture.",
        ),
        ({"labels": ["a"]}, ls.InputError, "1 labels for 12 rows. Pass one a row in labels."),
        (
            {"background": "url(https://example.org/x.png)"},
            ls.InputError,
            (
                "background is 'url(https://example.org/x.png)', which is no colour. "
                'Write "#dfdfdf", "black" or "slideflow".'
            ),
        ),
        (
            {"background": 7},
            ls.InputError,
            'background is 7, which is no colour. Write "#dfdfdf", "black" or "slideflow".',
        ),
        ({"normalizer": "vahadane"}, ls.InputError, 'Unknown normalizer: "vahadane". Pass reinhard or macenko.'),
        (
            {"class_marks": "ring"},
            ls.InputError,
            'Unknown class_marks: "ring". Pass auto, frame, tint or none.',
        ),
        (
            {"normalizer_source": "norm.png"},
            ls.InputError,
            (
                "normalizer_source is 'norm.png', which is no picture. "
                "Pass an array, a PIL picture, encoded bytes, or a row number."
            ),
        ),
        ({"normalizer_source": 12}, ls.InputError, "There is no picture 12 in 12 images. Pass the number of one."),
        ({"focus": [12]}, ls.InputError, "There is no row 12 in 12 rows. Rows are 0 to 11."),
        ({"focus": [0.5]}, ls.InputError, "focus is of dtype float64. Pass row numbers or a boolean mask."),
        ({"focus": "c"}, ls.InputError, 'No tile has the label "c". Pass a class of labels, or row numbers.'),
        (
            {"focus": ["a", "c"], "labels": ["a", "b"] * 6},
            ls.InputError,
            'No tile has the label "c". Pass a class of labels, or row numbers.',
        ),
        ({"theme": "night"}, ls.InputError, 'Unknown theme: "night". Pass auto, light or dark.'),
        ({"points": np.zeros((12, 3))}, ls.InputError, "Both coords and points are given. Pass one of them."),
        (
            {"n_neighbors": 5},
            ls.InputError,
            "n_neighbors says how a map is computed, but coords are given. Leave it out, or pass points.",
        ),
        ({"num_tiles": 5}, TypeError, "unknown argument: num_tiles. Did you mean num_tiles_x?"),
    ],
)
def test_what_can_not_be_is_refused_in_a_sentence(notebook, arguments, error, sentence):  # noqa: ARG001
    with pytest.raises(error) as caught:
        ls.Mosaic(TILES, COORDS, **arguments)
    assert str(caught.value) == sentence


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ((None, COORDS), "There are no pictures. Pass images, one a row, and the UmapScatter after them."),
        ((TILES,), "There is no map to lay the tiles on. Pass coords (n × 2, or a UmapScatter) or points (n × d)."),
        ((TILES, np.zeros((12, 3))), "coords has 3 columns. Pass n × 2 coordinates."),
        ((TILES[:9], COORDS), "9 images for 12 rows. Pass one a row in images."),
    ],
)
def test_pictures_and_their_places_are_needed(notebook, arguments, sentence):  # noqa: ARG001
    with pytest.raises(ls.InputError) as caught:
        ls.Mosaic(*arguments)
    assert str(caught.value) == sentence


def test_a_scatter_in_the_place_of_the_pictures_is_refused(notebook):  # noqa: ARG001
    with pytest.raises(ls.InputError, match=r"^There are no pictures\."):
        ls.Mosaic(ls.UmapScatter(coords=COORDS))


def test_backgrounds_of_css_are_taken(notebook):  # noqa: ARG001
    for background in ("#fff", "#DFDFDF", "black", "rgb(1 2 3 / 50%)", "oklch(70% 0.1 200)"):
        assert ls.Mosaic(TILES, COORDS, background=background)._props["background"] == background
    assert "background" not in ls.Mosaic(TILES, COORDS)._props


def test_rows_in_focus_are_given_by_number_by_mask_or_by_class(notebook):
    page = notebook(ls.Mosaic(TILES, COORDS, labels=["a", "b", "c"] * 4, focus="b"))
    assert np.unpackbits(page.read(page.widget._props["focus"]), bitorder="little").nonzero()[0].tolist() == [
        1,
        4,
        7,
        10,
    ]
    for focus, rows in [
        (["a", "c"], [0, 2, 3, 5, 6, 8, 9, 11]),
        (np.array(["a"]), [0, 3, 6, 9]),
        ([], []),
        ([3, -1], [3, 11]),
        (np.arange(ROWS) < 2, [0, 1]),
        (np.zeros(ROWS, bool), []),
    ]:
        page.widget.focus(focus)
        mask = page.read(page.widget._props["focus"])
        assert mask.shape == (2,)
        assert np.unpackbits(mask, bitorder="little").nonzero()[0].tolist() == rows
    page.widget.focus()
    assert page.widget._props["focus"] is None


async def test_once_awaited_the_grid_answers_at_once(notebook):
    page = notebook(ls.Mosaic(TILES, COORDS))
    assert np.array_equal(page.widget.embedding, COORDS)
    with pytest.raises(ls.NotReadyError) as caught:
        page.widget.points_at_grid_index(1, 2)
    assert str(caught.value) == (
        "No grid yet: waiting to be shown. Write await mosaic, then mosaic.points_at_grid_index(1, 2)."
    )
    with pytest.raises(ls.NotReadyError, match=r"then mosaic\.selected_points\(\)\.$"):
        page.widget.selected_points()
    page.is_done()
    assert not page.widget._has_results()
    page.answer_all(grid=grid_of())
    assert await page.widget is page.widget
    assert page.widget.points_at_grid_index(3, 0).tolist() == [8]
    assert page.widget.points_at_grid_index(0, 2).tolist() == [3]
    assert page.widget.selected_points().tolist() == [11, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0]
    with pytest.raises(ls.InputError) as wrong:
        page.widget.points_at_grid_index(4, 0)
    assert str(wrong.value) == "There is no cell 4, 0 in 4 × 3 cells. Cells are 0, 0 (lower left) to 3, 2."
    with pytest.raises(ls.InputError, match=r"^There is no cell -1, 0"):
        page.widget.points_at_grid_index(-1, 0)


def test_a_grid_of_other_tiles_is_not_taken(notebook, capsys):
    page = notebook(ls.Mosaic(TILES, COORDS))
    page.is_done()
    page.answer_all(grid=(HEADER, CELLS[:3].tobytes()))
    with pytest.raises(ls.NotReadyError):
        page.widget.selected_points()
    assert not capsys.readouterr().err


def test_the_embedding_comes_from_the_page_where_it_is_computed_there(notebook):
    page = notebook(ls.Mosaic(TILES, points=np.zeros((ROWS, 5))))
    with pytest.raises(ls.NotReadyError, match=r"Write await mosaic, then read mosaic\.embedding\.$"):
        _ = page.widget.embedding
    page.is_done()
    page.answer_all(embedding=({"dims": 2}, COORDS.astype("<f4").tobytes()), grid=grid_of())
    assert np.array_equal(page.widget.embedding, COORDS)
    assert page.widget._has_results()


async def test_another_grid_is_laid_and_awaited(notebook):
    page = notebook(ls.Mosaic(TILES, COORDS))
    page.is_done()
    page.answer_all(grid=grid_of())
    asked = page.widget.generate_grid(2, tile_select="centroid", tile_meta=np.ones((ROWS, 3)), max_dist=0.5)
    props = page.widget._props
    assert [props[name] for name in ("numTilesX", "tileSelect", "maxDist")] == [2, "centroid", 0.5]
    assert page.read(props["tileMeta"]).shape == (ROWS, 3)
    told = page.last("command")[0]["options"]
    assert told == {name: props[name] for name in ("numTilesX", "tileSelect", "maxDist", "tileMeta")}
    page.answer_all(grid=grid_of(CELLS // 6, np.array([6, 0], "<i4"), columns=2, rows=1))
    assert await asked is page.widget
    assert page.widget.points_at_grid_index(0, 0).tolist() == [6, 7, 8, 9, 10, 11]
    page.widget.generate_grid(max_dist=None)
    assert page.widget._props["maxDist"] is None
    assert page.widget._props["numTilesX"] == 2


def test_another_grid_is_advised_to_be_awaited_as_it_was_written(notebook):  # noqa: ARG001
    asked = ls.Mosaic(TILES, COORDS).generate_grid(2, tile_select="nearest", max_dist=None)
    assert asked._call == "generate_grid(num_tiles_x=2, tile_select='nearest', max_dist=None)"


def test_another_grid_without_meaning_is_refused(notebook):  # noqa: ARG001
    widget = ls.Mosaic(TILES, COORDS)
    with pytest.raises(ls.InputError, match=r"^num_tiles_x: expected an integer from 1 to 1000, got 1001$"):
        widget.generate_grid(1001)
    with pytest.raises(ls.InputError, match=r'^tile_select "centroid" needs tile_meta\.'):
        widget.generate_grid(tile_select="centroid")
    with pytest.raises(ls.InputError, match=r"^2 rows of tile_meta for 12 images\."):
        widget.generate_grid(tile_meta=np.zeros((2, 2)))
    assert widget._props["tileSelect"] == "first"


def test_a_grid_that_the_reader_has_chosen_is_fetched(notebook):
    page = notebook(ls.Mosaic(TILES, COORDS))
    done = {"phase": "done", "seconds": 1, "caption": "4 × 3 cells"}
    page.say("status", status=done)
    page.answer_all(grid=grid_of())
    before = page.kinds().count("command")
    page.say("pong", id="1", status=done)
    assert page.kinds().count("command") == before
    page.say("status", status={**done, "caption": "2 × 1 cells"})
    assert page.kinds().count("command") == before + 1
    page.answer_all(grid=grid_of(CELLS // 6, np.array([6, 0], "<i4"), columns=2, rows=1))
    assert page.widget.selected_points().tolist() == [6, 0]


def test_a_scatter_is_followed_linked_and_its_points_go_along(notebook):
    scatter = ls.UmapScatter(np.ones((ROWS, 5)), n_neighbors=4, min_dist=0.3)
    other = ls.UmapScatter(coords=COORDS)
    ls.link(scatter, other)
    scatter.selected = [2]
    page = notebook(ls.Mosaic(TILES, scatter))
    props = page.widget._props
    assert props["follows"] == scatter._props["shares"]
    assert props["points"] == scatter._props["points"]
    assert (props["nNeighbors"], props["minDist"], props["seed"]) == (4, 0.3, 42)
    assert "coords" not in props
    assert page.read(props["points"]).tolist() == [[1] * 5] * ROWS
    assert page.widget.selected.tolist() == [2]
    page.widget.selected = [7]
    assert scatter.selected.tolist() == other.selected.tolist() == [7]
    assert page.widget._group == scatter._group == other._group


def test_a_second_mosaic_follows_under_the_same_name_and_joins_the_group(notebook):  # noqa: ARG001
    scatter = ls.UmapScatter(np.ones((ROWS, 5)))
    first, second = ls.Mosaic(TILES, scatter), ls.Mosaic(TILES, scatter, num_tiles_x=5)
    assert first._props["follows"] == second._props["follows"]
    assert first._props["images"] == second._props["images"]
    assert first._facts.images.key in second._held_images()
    second.selected = [1]
    assert first.selected.tolist() == scatter.selected.tolist() == [1]


def test_a_mosaic_that_its_host_has_closed_is_linked_no_more(notebook):  # noqa: ARG001
    scatter = ls.UmapScatter(np.ones((ROWS, 5)))
    ls.Mosaic(TILES, scatter).close()
    # As marimo does it.
    ls.Mosaic(TILES, scatter).comm.close()
    there = ls.Mosaic(TILES, scatter)
    assert scatter._mirrors == (there,)


def test_how_the_followed_map_is_computed_is_its_own_matter(notebook):  # noqa: ARG001
    scatter = ls.UmapScatter(np.ones((ROWS, 5)))
    for parameters, name in (({"random_state": 1}, "random_state"), ({"min_dist": 0}, "min_dist")):
        with pytest.raises(ls.InputError) as caught:
            ls.Mosaic(TILES, scatter, **parameters)
        assert str(caught.value) == (
            f"{name} says how a map is computed, but the UmapScatter that is followed has one. "
            "Leave it out, or pass points."
        )
    assert ls.Mosaic(TILES, COORDS, tile_select="random", random_state=7)._props["seed"] == 7


def test_a_scatter_of_coordinates_gives_its_first_two(notebook):
    solid = ls.UmapScatter(coords=np.column_stack([COORDS, np.full(ROWS, 9)]))
    page = notebook(ls.Mosaic(TILES, solid))
    assert page.read(page.widget._props["coords"]).tolist() == COORDS.tolist()
    assert "follows" not in page.widget._props
    assert page.widget._group == solid._group != ""
    flat = ls.UmapScatter(coords=COORDS)
    assert ls.Mosaic(TILES, flat)._props["coords"] == flat._props["coords"]


async def test_rows_added_to_the_scatter_end_the_following(notebook):
    page = notebook(ls.UmapScatter(np.ones((ROWS, 5))))
    mosaic = ls.Mosaic(TILES, page.widget)
    page.is_done()
    page.answer_all(embedding=({"dims": 2}, COORDS.astype("<f4").tobytes()))
    asked = page.widget.update(np.zeros((1, 5)))
    page.answer({"dims": 2}, np.zeros((ROWS + 1, 2), "<f4").tobytes())
    await asked
    assert "shares" not in page.widget._props
    assert mosaic._group != page.widget._group
    assert mosaic._rows == ROWS


async def test_files_are_written_by_the_page(notebook, tmp_path):
    page = notebook(ls.Mosaic(TILES, COORDS))
    page.is_done()
    page.answer_all(grid=grid_of())
    reporting = page.widget.save_report(tmp_path / "tiles.csv")
    page.answer_all(grid=grid_of(), report=({}, b"x,y,row,name\n"))
    assert (await reporting).read_text() == "x,y,row,name\n"
    saving = page.widget.save(tmp_path / "tiles.png", size="page", dpi=600)
    assert page.last("command")[0]["options"] == {"format": "png", "size": "page", "dpi": 600}
    page.answer_all(grid=grid_of(), report=({}, b""), save=({}, b"png"))
    assert (await saving).read_bytes() == b"png"
    with pytest.raises(ls.InputError, match=r'^unknown format: "xls" \(expected csv\)\. Change the suffix\.$'):
        page.widget.save_report(tmp_path / "tiles.xls")
    with pytest.raises(ls.InputError, match=r"^There is no folder .*nowhere\. Make it first\.$"):
        page.widget.save_report(tmp_path / "nowhere" / "tiles.csv")


def test_the_repr_says_what_it_is_and_how_far(notebook):
    page = notebook(ls.Mosaic(TILES, COORDS, labels=["a", "b"] * 6, tile_select="nearest"))
    assert repr(page.widget) == (
        "Mosaic(12 tiles, 50 columns, tile_select=nearest, 2 classes, coordinates given): waiting to be shown"
    )
    page.is_done()
    page.answer_all(grid=grid_of())
    page.widget.selected = [1, 2]
    assert repr(page.widget) == (
        "Mosaic(12 tiles, 4 × 3 cells, tile_select=nearest, 2 classes, coordinates given): done in 1.2 s, 2 selected"
    )
    computed = repr(ls.Mosaic(TILES, points=np.zeros((ROWS, 3))))
    assert "tile_select=first, n_neighbors=15, min_dist=0.1, seed 42" in computed
    assert "on the map of a UmapScatter" in repr(ls.Mosaic(TILES, ls.UmapScatter(np.zeros((ROWS, 3)))))
