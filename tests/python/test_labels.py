import numpy as np
import pandas as pd
import polars as pl
import pytest
from layerscope import InputError
from layerscope._labels import encode_colors


def codes_and_names(value, name="labels"):
    encoded = encode_colors(value, name, len(value))
    assert encoded.kind == "categories"
    return encoded.values.numpy().tolist(), list(encoded.names)


@pytest.mark.parametrize(
    "value",
    [
        ["b", "a", "b"],
        np.array(["b", "a", "b"]),
        pd.Series(["b", "a", "b"]),
        pl.Series(["b", "a", "b"]),
        pl.Series(["b", "a", "b"], dtype=pl.Categorical),
        np.array(["b", "a", "b"], dtype=object),
    ],
    ids=lambda value: type(value).__module__ + str(getattr(value, "dtype", "")),
)
def test_strings_are_classes_in_alphabetical_order(value):
    assert codes_and_names(value) == ([1, 0, 1], ["a", "b"])


def test_whole_numbers_are_classes_in_numerical_order():
    assert codes_and_names(np.array([10, 9, 10])) == ([1, 0, 1], ["9", "10"])
    assert codes_and_names([10.0, 9.0, 10.0]) == ([1, 0, 1], ["9", "10"])


def test_names_with_numbers_are_in_the_order_of_these():
    names = ["class 10", "class 2", "2b", "10", "b1", "a", "9", "", "01", "1", "class 2.10", "class 2.9", "Z"]
    expected = ["", "01", "1", "2b", "9", "10", "Z", "a", "b1", "class 2", "class 2.9", "class 2.10", "class 10"]
    assert codes_and_names(names)[1] == expected


def test_slides_are_in_the_order_of_their_letters():
    assert codes_and_names(["s10", "s9"], "slides")[1] == ["s10", "s9"]


def test_booleans_are_classes():
    assert codes_and_names([True, False]) == ([1, 0], ["False", "True"])


def test_pandas_categories_keep_their_order():
    value = pd.Series(pd.Categorical(["low", "high", None], categories=["low", "high"]))
    assert codes_and_names(value) == ([0, 1, -1], ["low", "high"])
    assert codes_and_names(pd.Categorical(["low"], categories=["low", "high"])) == ([0], ["low", "high"])


@pytest.mark.parametrize("name", ["labels", "slides"])
@pytest.mark.parametrize(
    "value",
    [
        pd.Categorical([1, "1", 1], categories=[1, "1"]),
        pd.Series([1, "1", 1], dtype="category"),
        [1, "1", 1],
        np.array([1, "1", None], dtype=object),
    ],
    ids=["categories", "a column of them", "a list", "an array of objects"],
)
def test_a_number_and_a_text_that_are_written_alike_are_refused(name, value):
    with pytest.raises(InputError) as caught:
        encode_colors(value, name, 3)
    assert str(caught.value) == (
        f"{name} holds '1' and 1, two classes of one name. Write both alike, or rename one of them."
    )


def test_values_of_one_kind_that_are_written_alike_are_one_class():
    assert codes_and_names([np.int64(1), 1, "a"]) == ([0, 0, 1], ["1", "a"])
    assert codes_and_names(["a", np.str_("a"), 2]) == ([1, 1, 0], ["2", "a"])


def test_true_is_another_class_than_1():
    assert codes_and_names([1, True, "a"]) == ([0, 1, 2], ["1", "True", "a"])


@pytest.mark.parametrize(
    "value",
    [
        ["a", None, "b"],
        ["a", float("nan"), "b"],
        np.array(["a", np.nan, "b"], dtype=object),
        pd.Series(["a", pd.NA, "b"]),
        pl.Series(["a", None, "b"]),
    ],
)
def test_none_and_nan_are_missing(value):
    assert codes_and_names(value) == ([0, -1, 1], ["a", "b"])


def test_nan_among_whole_numbers_is_missing():
    assert codes_and_names(np.array([2.0, np.nan, 1.0])) == ([1, -1, 0], ["1", "2"])
    assert codes_and_names([2, None, 1]) == ([1, -1, 0], ["1", "2"])


def test_long_numbers_of_slides_stay_apart_where_one_is_missing():
    encoded = encode_colors([9007199254740993, None, 9007199254740992], "slides", 3)
    assert encoded.names == ("9007199254740992", "9007199254740993")
    assert encoded.values.numpy().tolist() == [1, -1, 0]


def test_numbers_with_fractions_or_of_many_kinds_are_a_scale():
    assert encode_colors([0.5, 1.5], "labels", 2).kind == "numbers"
    assert encode_colors(np.arange(51), "labels", 51).kind == "numbers"
    assert encode_colors(np.arange(50), "labels", 50).kind == "categories"


def test_colors_that_are_numbers_are_always_a_scale():
    encoded = encode_colors([1, 2, None], "color", 3)
    assert encoded.kind == "numbers"
    assert np.isnan(encoded.values.numpy()[2])
    assert encode_colors(["x", "y"], "color", 2).kind == "categories"


def test_more_than_a_thousand_classes_are_kept():
    codes, names = codes_and_names([f"class {index}" for index in range(1500)])
    assert len(names) == 1500
    assert max(codes) == 1499


@pytest.mark.parametrize(
    ("value", "name", "sentence"),
    [
        (["a"] * 1790, "labels", "1,790 labels for 1,797 rows. Pass one a row in labels."),
        (np.zeros(3), "color", "3 colours for 1,797 rows. Pass one a row in color."),
        ("digit", "labels", "labels is 'digit', which is not one value a row. Pass a list or an array."),
        (np.zeros((4, 2)), "labels", "labels has 2 dimensions, expected 1. Pass one a row in labels."),
    ],
)
def test_labels_that_are_not_one_a_row_are_refused_in_a_sentence(value, name, sentence):
    with pytest.raises(InputError) as caught:
        encode_colors(value, name, 1797)
    assert str(caught.value) == sentence
