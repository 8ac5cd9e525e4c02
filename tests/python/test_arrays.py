import numpy as np
import pandas as pd
import polars as pl
import pytest
from layerscope import InputError
from layerscope._arrays import encode


class WithArray:
    def __array__(self, dtype=None, copy=None):
        return np.arange(6.0).reshape(3, 2)


class Tensor:
    """What is asked of a torch tensor."""

    def __init__(self, values, dtype="torch.float32"):
        self.values = values
        self.dtype = dtype

    def detach(self):
        return self

    def cpu(self):
        return self

    def float(self):
        return Tensor(self.values.astype(np.float32))

    def numpy(self):
        if self.dtype == "torch.bfloat16":
            raise TypeError("Got unsupported ScalarType BFloat16")
        return self.values

    def __array__(self, dtype=None, copy=None):
        return self.numpy()


class WithDlpack:
    def __init__(self, values):
        self.values = values

    def __dlpack__(self, **options):
        return self.values.__dlpack__(**options)

    def __dlpack_device__(self):
        return self.values.__dlpack_device__()


EXPECTED = np.arange(6, dtype=np.float32).reshape(3, 2)


@pytest.mark.parametrize(
    "value",
    [
        EXPECTED,
        EXPECTED.tolist(),
        EXPECTED.astype(np.float64),
        EXPECTED.astype(np.float16),
        EXPECTED.astype(">f4"),
        EXPECTED.astype(np.int64),
        EXPECTED.astype(np.uint8),
        np.asfortranarray(EXPECTED),
        pd.DataFrame(EXPECTED),
        pl.DataFrame(EXPECTED),
        WithArray(),
        Tensor(EXPECTED),
        Tensor(EXPECTED, "torch.bfloat16"),
        WithDlpack(EXPECTED.copy()),
    ],
    ids=lambda value: type(value).__name__ + str(getattr(value, "dtype", "")),
)
def test_numbers_of_any_kind_cross_as_single_precision_row_after_row(value):
    encoded = encode(value, "points", dimensions=2)
    assert encoded.reference["$array"]["dtype"] == "float32"
    assert encoded.reference["$array"]["shape"] == [3, 2]
    assert bytes(encoded.block.data) == EXPECTED.tobytes()


def test_equal_contents_have_one_key_and_the_shape_belongs_to_it():
    key = encode(EXPECTED, "points").block.key
    assert encode(EXPECTED.tolist(), "points").block.key == key
    assert encode(EXPECTED.reshape(2, 3), "points").block.key != key
    assert encode(EXPECTED + 1, "points").block.key != key


def test_the_same_object_is_encoded_and_hashed_once():
    array = np.random.default_rng(1).normal(size=(50, 4))
    first = encode(array, "points")
    second = encode(array, "points")
    assert first.block is second.block


def test_an_array_that_was_written_to_since_is_encoded_again():
    array = np.zeros((4, 2), dtype=np.float32)
    before = encode(array, "points")
    array[1, 1] = 7
    after = encode(array, "points")
    assert after.block.key != before.block.key
    assert before.numpy()[1, 1] == 0
    assert after.numpy()[1, 1] == 7


def test_a_masked_number_is_missing():
    masked = np.ma.masked_array([[1.0, 2.0]], mask=[[False, True]])
    assert np.isnan(encode(masked, "points").numpy()[0, 1])


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        (
            np.array([["a", 1]], dtype=object),
            "points is of dtype object and holds 'a', which is no number. Convert points to float first.",
        ),
        (
            np.array([[1, 2]], dtype=object),
            "points is of dtype object. Write np.asarray(points, dtype=float).",
        ),
        (np.array([["a"]]), "points is of dtype <U1, which holds no real numbers. Pass floats or integers."),
        (np.array([[1j]]), "points is of dtype complex128, which holds no real numbers. Pass floats or integers."),
        ([], "points is empty. Pass one row at least."),
        (
            np.arange(3.0),
            "points has 1 dimension, expected 2. Pass rows × columns; flatten pictures to a row each.",
        ),
        (
            np.zeros((2, 2, 2)),
            "points has 3 dimensions, expected 2. Pass rows × columns; flatten pictures to a row each.",
        ),
    ],
)
def test_what_is_no_table_of_numbers_is_refused_in_a_sentence(value, sentence):
    with pytest.raises(InputError) as caught:
        encode(value, "points", dimensions=2)
    assert str(caught.value) == sentence


def test_rows_of_unequal_length_are_refused():
    with pytest.raises(InputError, match=r"^points can't be made an array: .*Pass rows of equal length\.$"):
        encode([[1, 2], [3]], "points", dimensions=2)
