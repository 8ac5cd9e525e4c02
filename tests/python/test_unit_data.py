import json

import layerscope as ls
import numpy as np
import pandas as pd
import polars as pl
import pytest
from layerscope._unit_data import encode_unit_data

VALUES = np.arange(24.0).reshape(6, 4)
LABELS = ["a", "b", "a", "b", "c", "c"]
SLIDES = ["s1", "s1", "s2", "s2", "s3", "s3"]


def classes_of(encoded):
    return [None if code < 0 else encoded.names[code] for code in encoded.values.numpy()]


def test_activations_cross_in_single_precision_row_after_row():
    data = encode_unit_data(np.asfortranarray(VALUES), LABELS, SLIDES)
    assert data.values.dtype == "float32"
    assert data.values.numpy().tolist() == VALUES.tolist()
    assert data.written == ["6 × 4", "3 classes", "3 slides"]
    assert encode_unit_data(VALUES, LABELS, None).written == ["6 × 4", "3 classes"]


def test_values_that_are_missing_cross_as_they_are():
    given = np.array([[1.0, np.nan], [np.inf, 2.0]])
    assert np.array_equal(encode_unit_data(given, ["a", "b"], None).values.numpy(), given, equal_nan=True)


@pytest.mark.parametrize(
    "labels", [LABELS, np.array(LABELS), pd.Series(LABELS), pl.Series(LABELS), pd.Categorical(LABELS), tuple(LABELS)]
)
def test_labels_are_taken_in_any_form(labels):
    assert classes_of(encode_unit_data(VALUES, labels, None).labels) == LABELS


def test_rows_without_label_or_slide_have_none():
    data = encode_unit_data(VALUES, ["a", None, "b", np.nan, "a", "b"], [1, 1, None, 2, 2, np.nan])
    assert classes_of(data.labels) == ["a", None, "b", None, "a", "b"]
    assert classes_of(data.slides) == ["1", "1", None, "2", "2", None]


def test_slides_may_be_any_number_of_whole_numbers():
    """Patients have numbers; more of them than classes ever have."""
    slides = np.arange(60) + 10_000
    assert classes_of(encode_unit_data(np.ones((60, 2)), ["a", "b"] * 30, slides).slides) == list(map(str, slides))


def test_labels_may_be_given_by_slide():
    data = encode_unit_data(VALUES, {"s1": "tumour", "s2": "normal", "s3": None, "s9": "other"}, SLIDES)
    assert classes_of(data.labels) == ["tumour", "tumour", "normal", "normal", None, None]
    by_number = encode_unit_data(VALUES, {1: "x", 2: "y"}, [1, 1, 2, 2, None, 1])
    assert classes_of(by_number.labels) == ["x", "x", "y", "y", None, "x"]


def test_activations_may_be_given_by_slide_as_slideflow_keeps_them():
    data = encode_unit_data({"s2": VALUES[:2], "s1": VALUES[2:]}, {"s1": 0, "s2": 1}, None)
    assert data.values.numpy().tolist() == VALUES.tolist()
    assert classes_of(data.slides) == ["s2"] * 2 + ["s1"] * 4
    assert classes_of(data.labels) == ["1"] * 2 + ["0"] * 4


def test_activations_of_any_numbers_are_joined():
    parts = {
        "a": [[1, 2]],
        "b": np.array([[True, False]]),
        "c": np.array([[1e300, 0.5]]),
        "d": np.zeros((0, 2), np.float16),
    }
    data = encode_unit_data(parts, {"a": "x", "b": "y", "c": "x", "d": "y"}, None)
    assert data.values.numpy().tolist() == [[1, 2], [1, 0], [np.inf, 0.5]]
    assert data.slides.names == ("a", "b", "c")


def test_units_are_called_as_the_columns_of_a_frame():
    for frame in (pd.DataFrame(VALUES, columns=list("wxyz")), pl.DataFrame(VALUES, schema=list("wxyz"))):
        assert encode_unit_data(frame, LABELS, None).unit_names.texts == list("wxyz")
    assert encode_unit_data(pd.DataFrame(VALUES), LABELS, None).unit_names is None
    named = encode_unit_data(pd.DataFrame(VALUES, columns=list("wxyz")), LABELS, None, ["1st", "2nd", "3rd", 4])
    assert named.unit_names.texts == ["1st", "2nd", "3rd", "4"]


def test_everything_has_a_reference_and_a_block():
    data = encode_unit_data(VALUES, LABELS, SLIDES, list("wxyz"), [f"tile {row}" for row in range(6)])
    assert list(data.references) == ["values", "labels", "slides", "unitNames", "names"]
    written = json.dumps(data.references)
    assert len(data.blocks) == 5
    assert all(block.key in written for block in data.blocks)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ((None, LABELS, None), "There are no units to compare. Pass values (rows × units of numbers)."),
        (({}, {}, None), "There are no units to compare. Pass values (rows × units of numbers)."),
        ((VALUES, None, None), "There are no groups to compare. Pass labels, one a row."),
        (
            (VALUES[:, 0], LABELS, None),
            "values has 1 dimension, expected 2. Pass rows × columns; flatten pictures to a row each.",
        ),
        (
            (np.zeros((0, 4)), [], None),
            "values is 0 × 4: there is nothing to compare. Pass rows × units of numbers.",
        ),
        ((VALUES, LABELS[:5], None), "5 labels for 6 rows. Pass one a row in labels."),
        ((VALUES, LABELS, SLIDES[:2]), "2 slides for 6 rows. Pass one a row in slides."),
        (
            (VALUES, [0.5, 1, 2, 2, np.nan, np.nan], None),
            "labels are numbers, not classes (3 different ones). Cut them into classes first.",
        ),
        (
            (np.ones((51, 2)), np.arange(51), None),
            "labels are numbers, not classes (51 different ones). Cut them into classes first.",
        ),
        (
            (VALUES, LABELS, [0.5] * 6),
            "slides are fractions (1 different ones). Pass a name or a whole number a row.",
        ),
        (
            (VALUES, {"s1": "a"}, None),
            "labels are given by slide, and slides are unknown. Pass slides, one a row.",
        ),
        (
            (VALUES, {"s1": "a"}, SLIDES),
            '2 slides without a label, the first "s2". Name all in labels; None leaves a slide out.',
        ),
        (
            ({"s1": VALUES}, {"s1": "a"}, ["s1"] * 6),
            "slides are given, and values by slide as well. Leave slides out.",
        ),
        (
            ({"s1": VALUES, "s2": VALUES[:, :3]}, {}, None),
            'Slide "s2" has 3 units, slide "s1" 4. Pass the same units of all slides.',
        ),
        (
            ({"s1": VALUES[0]}, {}, None),
            'values of slide "s1" has 1 dimension, expected 2. Pass tiles × units.',
        ),
        ((VALUES, [None] * 6, None), "labels are all missing. Pass a class a row."),
        ((VALUES, LABELS, [None] * 6), "slides are all missing. Leave slides out where they are unknown."),
        (({1: VALUES, "1": VALUES}, {1: "a"}, None), "Two slides have the same name. Give each a name of its own."),
        ((VALUES, LABELS, None, ["w"]), "1 unit_names for 4 units. Pass one a unit in unit_names."),
        ((VALUES, LABELS, None, "wxyz"), "unit_names is 'wxyz', which is not one text a unit. Pass a list of texts."),
        ((VALUES, LABELS, None, None, ["t"]), "1 names for 6 rows. Pass one a row in names."),
    ],
)
def test_what_can_not_be_compared_is_refused_in_a_sentence(arguments, sentence):
    with pytest.raises(ls.InputError) as caught:
        encode_unit_data(*arguments)
    assert str(caught.value) == sentence
