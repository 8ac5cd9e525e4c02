import json
import struct
from pathlib import Path

import layerscope as ls
import numpy as np
import pandas as pd
import pytest


@pytest.fixture
def points():
    return np.random.default_rng(0).normal(size=(20, 4))


def test_properties_cross_under_the_names_of_the_page(notebook, points):  # noqa: ARG001
    widget = ls.UmapScatter(
        points,
        labels=["a", "b"] * 10,
        images=np.zeros((20, 8, 8), np.uint8),
        names=[f"row {row}" for row in range(20)],
        values={"area": np.arange(20)},
        color=np.arange(20),
        title="Cells",
        theme="dark",
        n_neighbors=5,
        n_components=3,
        metric="cosine",
        min_dist=0.2,
        spread=2,
        n_epochs=100,
        learning_rate=0.5,
        init=np.zeros((20, 3)),
        local_connectivity=2,
        set_op_mix_ratio=0.5,
        repulsion_strength=2,
        negative_sample_rate=3,
        random_state=7,
        engine="umap-js",
        precomputed_knn=(np.zeros((20, 4), int), np.ones((20, 4))),
    )
    props = widget._props
    json.dumps(props, allow_nan=False)
    plain = {name: value for name, value in props.items() if not isinstance(value, dict)}
    assert plain == {
        "title": "Cells",
        "theme": "dark",
        "nNeighbors": 5,
        "nComponents": 3,
        "metric": "cosine",
        "minDist": 0.2,
        "spread": 2.0,
        "nEpochs": 100,
        "learningRate": 0.5,
        "localConnectivity": 2.0,
        "setOpMixRatio": 0.5,
        "repulsionStrength": 2.0,
        "negativeSampleRate": 3,
        "seed": 7,
        "engine": "umap-js",
    }
    assert props["points"]["$array"]["shape"] == [20, 4]
    assert props["labels"]["kind"] == "categories"
    assert props["labels"]["names"] == ["a", "b"]
    assert props["labels"]["codes"]["$array"]["dtype"] == "int32"
    assert props["color"]["values"]["$array"]["dtype"] == "float32"
    assert props["names"]["$text"]["length"] == 20
    assert props["images"]["$images"]["length"] == 20
    assert props["values"]["columns"][0]["name"] == "area"
    assert props["init"]["$array"]["shape"] == [20, 3]
    assert props["precomputedKNN"]["indices"]["$array"]["dtype"] == "int32"


def test_every_reference_can_be_asked_for(notebook, points):
    page = notebook(ls.UmapScatter(points, labels=["a"] * 20, names=["n"] * 20, values=pd.DataFrame({"v": range(20)})))

    def keys(part):
        if isinstance(part, dict):
            for name, value in part.items():
                if name in ("$array", "$text"):
                    yield value["key"]
                yield from keys(value)
        elif isinstance(part, list):
            for value in part:
                yield from keys(value)

    found = list(keys(page.widget._props))
    assert len(found) == 4
    for key in found:
        page.say("read", id=key, key=key, offset=0, length=10)
        assert page.last("chunk")[0]["id"] == key


def test_umap_learns_own_neighbours_are_given_without_the_row_itself(notebook, points):  # noqa: ARG001
    indices = np.column_stack([np.arange(20), np.roll(np.arange(20), 1), np.roll(np.arange(20), 2)])
    widget = ls.UmapScatter(points, precomputed_knn=(indices, np.ones((20, 3)), None))
    assert widget._props["precomputedKNN"]["indices"]["$array"]["shape"] == [20, 2]


def test_the_seed_is_42_unless_given_and_a_drawn_one_is_shown(notebook, points):  # noqa: ARG001
    assert ls.UmapScatter(points)._props["seed"] == 42
    drawn = ls.UmapScatter(points, random_state=None)
    assert isinstance(drawn._props["seed"], int)
    assert f"seed {drawn._props['seed']}" in repr(drawn)


REFUSED = json.loads((Path(__file__).parent.parent / "reference" / "umap-options-refused.json").read_text())


@pytest.mark.parametrize("case", REFUSED, ids=lambda case: f"{case['option']}={case['value']!r}")
def test_an_option_without_meaning_is_refused_in_the_words_of_the_page(notebook, points, case):  # noqa: ARG001
    with pytest.raises(ls.InputError) as caught:
        ls.UmapScatter(points, **{case["option"]: case["value"]})
    assert str(caught.value) == case["sentence"]


def test_how_a_map_is_computed_reaches_the_page(notebook, points):  # noqa: ARG001
    chosen = {"backend": "cpu", "neighbor_search": "nn-descent", "pca": np.int64(50), "workers": 2.0}
    props = ls.UmapScatter(points, **chosen)._props
    assert [props[name] for name in ("backend", "neighborSearch", "pca", "workers")] == ["cpu", "nn-descent", 50, 2]
    assert {"backend", "neighborSearch", "pca", "workers"}.isdisjoint(ls.UmapScatter(points)._props)
    assert ls.UmapScatter(points, pca=None, workers=None)._props["pca"] is None


@pytest.mark.parametrize(
    ("arguments", "error", "sentence"),
    [
        ({"n_neighbours": 5}, TypeError, "unknown argument: n_neighbours. Did you mean n_neighbors?"),
        ({"colour": 5}, TypeError, "unknown argument: colour. Did you mean color?"),
        ({"n_neighbors": float("nan")}, ls.InputError, "n_neighbors: expected an integer of at least 2, got NaN"),
        ({"min_dist": float("inf")}, ls.InputError, "min_dist: expected a number of at least 0, got Infinity"),
        ({"spread": [1]}, ls.InputError, "spread: expected a number above 0, got [1]"),
        ({"theme": "night"}, ls.InputError, 'Unknown theme: "night". Pass auto, light or dark.'),
        ({"names": ["a"]}, ls.InputError, "1 names for 20 rows. Pass one a row in names."),
        ({"values": {"area": [1, 2]}}, ls.InputError, "2 values of area for 20 rows. Pass one a row in area."),
        ({"init": np.zeros((3, 2))}, ls.InputError, "init has 3 rows, points has 20. Give one row a point."),
        (
            {"precomputed_knn": (np.zeros((3, 2)), np.zeros((3, 2)))},
            ls.InputError,
            "precomputed_knn has shapes (3, 2) and (3, 2) for 20 rows. Pass two arrays of rows × neighbours.",
        ),
        (
            {"coords": np.zeros((20, 2))},
            ls.InputError,
            "Both points and coords are given. Pass points (n × d numbers) or coords (n × 2 or n × 3).",
        ),
    ],
)
def test_what_can_not_be_is_refused_in_a_sentence(notebook, points, arguments, error, sentence):  # noqa: ARG001
    with pytest.raises(error) as caught:
        ls.UmapScatter(points, **arguments)
    assert str(caught.value) == sentence


def test_nothing_to_map_is_refused():
    with pytest.raises(ls.InputError, match=r"^There is nothing to map\. Pass points"):
        ls.UmapScatter()


def test_coordinates_have_two_or_three_columns():
    with pytest.raises(ls.InputError, match=r"^coords has 4 columns\. Pass n × 2 or n × 3 coordinates\.$"):
        ls.UmapScatter(coords=np.zeros((5, 4)))


def test_coordinates_are_the_embedding_and_lie_in_the_saved_state(notebook):  # noqa: ARG001
    coords = np.array([[0.0, 10.0], [1.0, 20.0], [0.5, 30.0]])
    widget = ls.UmapScatter(coords=coords, labels=["b", None, "a"])
    assert np.array_equal(widget.embedding, coords)
    (length,) = struct.unpack("<I", widget._saved[:4])
    header = json.loads(widget._saved[4 : 4 + length])
    assert header == {
        "version": 1,
        "rows": 3,
        "dims": 2,
        "min": [0, 10],
        "max": [1, 30],
        "classes": ["a", "b"],
        "codes": True,
        "caption": "",
    }
    body = widget._saved[4 + length :]
    assert struct.unpack("<6H", body[:12]) == (0, 0, 65535, 32768, 32768, 65535)
    assert list(body[12:]) == [1, 255, 0]


def test_the_selection_is_set_by_rows_or_by_a_mask_and_read_as_rows(notebook, points):  # noqa: ARG001
    widget = ls.UmapScatter(points)
    assert widget.selected.tolist() == []
    widget.selected = [19, 3]
    assert widget.selected.tolist() == [3, 19]
    assert widget._selected == np.packbits(np.isin(np.arange(20), [3, 19]), bitorder="little").tobytes()
    widget.selected = np.arange(20) % 2 == 0
    assert widget.selected.tolist() == list(range(0, 20, 2))
    widget.selected = [-1]
    assert widget.selected.tolist() == [19]
    widget.selected = None
    assert widget._selected == b""


@pytest.mark.parametrize(
    ("selected", "sentence"),
    [
        ([20], "There is no row 20 in 20 rows. Rows are 0 to 19."),
        ([True, False], "A mask of 2 for 20 rows. Give one boolean a row."),
        ([0.5], "selected is of dtype float64. Pass row numbers or a boolean mask."),
    ],
)
def test_rows_that_are_not_there_are_refused(notebook, points, selected, sentence):  # noqa: ARG001
    widget = ls.UmapScatter(points)
    with pytest.raises(ls.InputError) as caught:
        widget.selected = selected
    assert str(caught.value) == sentence


def test_a_selection_made_in_the_page_is_read_in_python_without_an_echo(notebook, points):
    page = notebook(ls.UmapScatter(points))
    before = len(page.widget.comm.sent)
    page.write("_selected", bytes([0b101, 0, 0b1]))
    assert page.widget.selected.tolist() == [0, 2, 16]
    assert len(page.widget.comm.sent) == before


def test_the_colour_can_be_changed_and_only_it_crosses(notebook, points):
    page = notebook(ls.UmapScatter(points, labels=["a", "b"] * 10))
    page.widget.color = np.arange(20)
    color = page.widget._props["color"]
    assert color["kind"] == "numbers"
    page.say("read", id="r", key=color["values"]["$array"]["key"], offset=0, length=80)
    assert bytes(page.last("chunk")[1][0]) == np.arange(20, dtype=np.float32).tobytes()
    page.widget.color = None
    assert page.widget._props["color"] is None
    with pytest.raises(ls.InputError, match=r"^3 colours for 20 rows\."):
        page.widget.color = [1, 2, 3]


def test_the_repr_says_what_it_is_and_how_far(notebook, points):
    page = notebook(ls.UmapScatter(points, labels=[0, 1] * 10))
    start = "UmapScatter(20 × 4, 2 classes, n_neighbors=15, min_dist=0.1, seed 42): "
    assert repr(page.widget) == start + "waiting to be shown"
    page.say("status", status={"phase": "working", "sentence": "round 120 of 500"})
    assert repr(page.widget) == start + "round 120 of 500"
    page.is_done(1.24)
    page.widget.selected = range(14)
    assert repr(page.widget) == start + "done in 1.2 s, 14 selected"


def test_a_second_run_fetches_its_own_embedding(notebook, points):
    page = notebook(ls.UmapScatter(points))
    page.is_done()
    page.answer({"dims": 2}, np.zeros((20, 2), np.float32).tobytes())
    page.say("status", status={"phase": "working", "sentence": "round 1 of 500"})
    page.is_done()
    page.answer({"dims": 2}, np.ones((20, 2), np.float32).tobytes())
    assert page.widget.embedding[0, 0] == 1
    assert page.kinds().count("command") == 2


async def test_other_rows_are_fetched_by_the_page_placed_and_let_go(notebook, points):
    page = notebook(ls.UmapScatter(points))
    page.is_done()
    page.answer({"dims": 2}, np.zeros(40, np.float32).tobytes())
    rows = np.arange(12, dtype=np.float64).reshape(3, 4)
    placing = page.widget.transform(rows)
    command, _ = page.last("command")
    key = command["options"]["points"]["$array"]["key"]
    page.say("read", id="r1", key=key, offset=0, length=1000)
    assert np.frombuffer(page.last("chunk")[1][0], "<f4").tolist() == list(range(12))
    placed = np.arange(6, dtype=np.float32).reshape(3, 2)
    page.answer({"dims": 2}, placed.tobytes())
    assert np.array_equal(await placing, placed)
    page.say("read", id="r2", key=key, offset=0, length=1000)
    assert page.last("error")[0]["id"] == "r2"


async def test_quality_is_measured_by_the_page(notebook, points):
    page = notebook(ls.UmapScatter(points))
    page.is_done()
    page.answer({"dims": 2}, np.zeros(40, np.float32).tobytes())
    asking = page.widget.quality()
    measures = {"k": 15, "rows": 20, "trustworthiness": 0.9, "continuity": 0.8, "preservation": 0.7}
    page.answer(measures, np.full(20, 0.5, np.float32).tobytes())
    quality = await asking
    assert (quality.k, quality.trustworthiness, quality.continuity, quality.preservation) == (15, 0.9, 0.8, 0.7)
    assert quality.per_row.tolist() == [0.5] * 20
    assert repr(quality).endswith("preservation=0.7)")


def test_what_needs_a_map_is_refused_where_there_is_none(notebook, points):  # noqa: ARG001
    with pytest.raises(ls.InputError, match=r"^rows: expected 4 columns as in the map, got 3\. Pass rows like"):
        ls.UmapScatter(points).transform(np.zeros((2, 3)))
    shown = ls.UmapScatter(coords=np.zeros((4, 2)))
    for ask in (lambda: shown.transform(np.zeros((1, 2))), shown.quality):
        with pytest.raises(ls.InputError, match=r"^No map was computed here: there are only its coordinates\."):
            ask()
