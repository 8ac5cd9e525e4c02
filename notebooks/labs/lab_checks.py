"""Checks for the labs: each takes an answer, and says whether it is right and, if not, what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

NETWORK = "lab-network.h5"
SIDE = 150
# Of the network's first eight layers: how many pictures each answers with.
PICTURES = {
    "conv2d_1": 32,
    "max_pooling2d_1": 32,
    "conv2d_2": 64,
    "max_pooling2d_2": 64,
    "conv2d_3": 128,
    "max_pooling2d_3": 128,
    "conv2d_4": 128,
    "max_pooling2d_4": 128,
}
# Of its first layer.
FIRST_SIDE = 148
CLOSE = 1e-4


@dataclass(frozen=True)
class Verdict:
    """What a check says of an answer; `right` is None as long as there is none."""

    right: bool | None
    sentence: str

    def __repr__(self) -> str:
        if self.right is None:
            return f"Not answered yet. {self.sentence}"
        return f"{'✓ Right' if self.right else '✗ Not yet'}. {self.sentence}"


def model(answer: Any) -> Verdict:
    """Task 1: the network, loaded."""
    if _is_missing(answer):
        return _missing("Put ls.Model(…) in the place of the three dots.")
    if isinstance(answer, (str, Path)):
        return _wrong("This is the name of a file. Pass it to ls.Model(…), and it becomes a model.")
    name = getattr(answer, "name", None)
    if name != NETWORK:
        return _wrong(f"This is no model of {NETWORK}, but {name or type(answer).__name__}.")
    return _right("The file is found. The page reads it when the model is first shown.")


def parameters(answer: Any) -> Verdict:
    """Task 2: the parameters of the second convolution."""
    if _is_missing(answer):
        return _missing("Put a number in the place of the three dots.")
    number = _number(answer)
    if number is None:
        return _wrong(f"A number is wanted; this is {_kind(answer)}.")
    weights, biases = 3 * 3 * 32 * 64, 64
    if number == weights + biases:
        return _right("64 filters, each with 3 · 3 · 32 weights and a bias.")
    if number == weights:
        return _wrong("These are all the weights. Each of the 64 filters has one more number: its bias.")
    if number in {3 * 3 * 64, 3 * 3 * 64 + biases}:
        return _wrong(
            "A filter looks at all 32 pictures of the layer before, not at one: it needs 3 · 3 weights for each."
        )
    if number == 3 * 3 * 32 + 1:
        return _wrong("So many has one filter. The layer has 64 of them.")
    return _wrong(f"{_written(number)} it isn't. Count what one filter needs, then how many filters there are.")


def sides(after_convolution: Callable[[int], Any], after_pooling: Callable[[int], Any]) -> Verdict:
    """Task 3: how a picture's side changes in a convolution and in a pooling."""
    for side in (150, 74, 36, 17, 9):
        answer = after_convolution(side)
        if _is_missing(answer):
            return _missing("Let after_convolution return a number.")
        if answer == side:
            return _wrong(f"after_convolution({side}) gives {side}. A window of 3 can't begin at the last two pixels.")
        if answer != side - 2:
            return _wrong(f"after_convolution({side}) gives {answer}. Count at how many places a window of 3 fits in.")
    for side in (148, 72, 34, 15, 7):
        answer = after_pooling(side)
        if _is_missing(answer):
            return _missing("Let after_pooling return a number.")
        if answer == side / 2 and side % 2:
            return _wrong(
                f"after_pooling({side}) gives {answer}. There is no half place: what is left over is dropped."
            )
        if answer != side // 2:
            return _wrong(
                f"after_pooling({side}) gives {answer}. Each place of the answer stands for 2 of the picture."
            )
    return _right("150 → 148 → 74 → 72 → 36 → 34 → 17 → 15 → 7.")


def pictures(answer: Any) -> Verdict:
    """Task 4: how many pictures each of the first eight layers answers with."""
    if _is_missing(answer) or answer == {}:
        return _missing("Fill the dictionary: the name of each layer, and how many pictures it answers with.")
    if not isinstance(answer, Mapping):
        return _wrong(f"A dictionary is wanted; this is {_kind(answer)}.")
    lacking = next((name for name in PICTURES if name not in answer), None)
    if lacking is not None:
        return _wrong(f"{lacking} is not among them. The first eight layers are wanted.")
    extra = next((name for name in answer if name not in PICTURES), None)
    if extra is not None:
        return _wrong(f"{extra} is one too many. After the eighth layer there are no pictures any more.")
    for name, count in PICTURES.items():
        given = _number(answer[name])
        if given is None:
            return _wrong(f"For {name} a number is wanted; this is {_kind(answer[name])}.")
        if given != count:
            return _wrong(
                f"{name} does not answer with {_written(given)} pictures. Of its shape, take the last number."
            )
    return _right(
        f"{sum(PICTURES.values())} pictures in all. A layer has as many as it has filters; pooling keeps them."
    )


def tensor(answer: Any, picture: Any) -> Verdict:
    """Task 5: a picture as the network takes it."""
    if _is_missing(answer):
        return _missing("Put an array in the place of the three dots.")
    if not isinstance(answer, np.ndarray):
        return _wrong(f"An array of NumPy is wanted; this is {_kind(answer)}.")
    if answer.shape == (SIDE, SIDE, 3):
        return _wrong("One picture of 150 × 150 × 3. The network takes several at once: put an axis of 1 in front.")
    if answer.shape != (1, SIDE, SIDE, 3):
        shape = " × ".join(map(str, answer.shape))
        return _wrong(f"Its shape is {shape}; 1 × 150 × 150 × 3 is wanted: pictures, rows, columns, colours.")
    if answer.dtype.kind != "f":
        return _wrong(f"Its numbers are {answer.dtype}. Make them float32 before you divide.")
    if answer.max() > 1:
        return _wrong(f"Its values go up to {answer.max():.3g}. The network was trained on values from 0 to 1.")
    # 0 is Pillow's number for the nearest pixel.
    expected = np.asarray(picture.convert("RGB").resize((SIDE, SIDE), 0), np.float32) / 255
    if not np.allclose(answer[0], expected, atol=1e-6):
        if np.allclose(answer[0], expected[..., ::-1], atol=1e-6):
            return _wrong("Red and blue have changed places.")
        return _wrong("The shape is right, the pixels are others. Resize by the nearest pixel, then divide by 255.")
    low, high = answer.min(), answer.max()
    return _right(f"1 × 150 × 150 × 3, {answer.dtype}, from {low:.3g} to {high:.3g}.")


def channel(answer: Any, maps: Any) -> Verdict:
    """Task 6: the channel that answers most strongly, by its mean; `maps` is channels x height x width."""
    if _is_missing(answer):
        return _missing("Put the channel's number in the place of the three dots.")
    number = _number(answer)
    means = np.asarray(maps, np.float64).mean(axis=(1, 2))
    if number is None:
        return _wrong(f"A number is wanted; this is {_kind(answer)}.")
    best = int(means.argmax())
    if number == best:
        return _right(f"Channel {best}: its mean is {means[best]:.3g}.")
    if number == best + 1:
        return _wrong("Channels are counted from 0.")
    if not (0 <= number < len(means) and number == int(number)):
        return _wrong(f"There is no channel {_written(number)}: they go from 0 to {len(means) - 1}.")
    return _wrong(f"The mean of channel {_written(number)} is {means[int(number)]:.3g}; another one has a larger one.")


def pixel(function: Callable[[int, int, int], Any], tensor: Any, kernel: Any, bias: Any) -> Verdict:
    """Task 7: pixels of the first layer, by row, column and channel."""
    values, weights = np.asarray(tensor, np.float64).reshape(SIDE, SIDE, 3), np.asarray(kernel, np.float64)
    random = np.random.default_rng(7)
    below, zero = 0, ""
    for _ in range(200):
        row, column = (int(each) for each in random.integers(1, FIRST_SIDE, 2))
        filter_ = int(random.integers(0, weights.shape[-1]))
        called = f"pixel({row}, {column}, {filter_})"
        answer = function(row, column, filter_)
        if _is_missing(answer):
            return _missing("Let pixel return a number.")
        number = _number(answer)
        if number is None:
            return _wrong(f"{called} gives {_kind(answer)}; a number is wanted. Add all the products up.")

        def products(top: int, left: int, filter_: int = filter_) -> float:
            return float((values[top : top + 3, left : left + 3] * weights[..., filter_]).sum())

        total, offset = products(row, column), float(np.asarray(bias)[filter_])
        below += total + offset < 0
        if abs(number - max(total + offset, 0)) < CLOSE:
            continue
        if number == 0:
            # Every mistake gives it somewhere: other places tell which it is.
            zero = called
            continue
        if abs(number - (total + offset)) < CLOSE:
            return _wrong(f"{called} gives {number:.4g}. The layer's activation makes 0 of what is below 0.")
        if abs(number - total) < CLOSE or abs(number - max(total, 0)) < CLOSE:
            return _wrong(f"{called} gives {number:.4g}, the sum of the products. Add the filter's bias to it.")
        if abs(number - max(products(row - 1, column - 1) + offset, 0)) < CLOSE:
            return _wrong(f"The window of {called} begins at that row and column; yours has them in its middle.")
        return _wrong(
            f"{called} gives {number:.4g}. Multiply window and filter number by number, and add everything up."
        )
    if zero:
        return _wrong(
            f"{zero} gives 0; it is more. Multiply window and filter number by number, and add everything up."
        )
    return _right(
        f"200 places tried, {below} of them below 0 before the activation: this is all that a convolution does."
    )


def stretch(function: Callable[[np.ndarray], Any]) -> Verdict:
    """Task 8: a channel's numbers as bytes of a picture."""
    random = np.random.default_rng(8)
    channel = random.gamma(1, 1, (17, 17)).astype(np.float32)
    answer = function(channel)
    if _is_missing(answer):
        return _missing("Let stretch return an array.")
    if not isinstance(answer, np.ndarray) or answer.shape != channel.shape:
        return _wrong("stretch gives no array of the channel's own shape.")
    scaled = (channel - channel.mean()) / channel.std() * 64 + 128
    if answer.dtype != np.uint8:
        return _wrong(f'The pictures\' numbers are {answer.dtype}. End with .astype("uint8").')
    difference = np.abs(answer.astype(int) - np.clip(scaled, 0, 255).astype(int)).max()
    if difference > 1 and np.array_equal(answer, scaled.astype(np.int32).astype(np.uint8)):
        return _wrong("Values over 255 have come round to black. Clip to 0 … 255 before you make bytes of them.")
    if difference > 1:
        return _wrong("The bytes are others: (channel - mean) / deviation · 64 + 128, then clip.")
    with np.errstate(all="ignore"):
        constant = function(np.full((4, 4), 0.5, np.float32))
        narrow = function(np.zeros((4, 4), np.float32))
    if not all(
        np.array_equal(np.asarray(each), np.full((4, 4), np.asarray(each).flat[0])) for each in (constant, narrow)
    ):
        return _wrong("A channel that is the same everywhere should be one flat grey.")
    if np.asarray(constant).flat[0] != 128 or np.asarray(narrow).flat[0] != 128:
        return _wrong(
            "Of a channel that is the same everywhere, the deviation is 0. Don't divide by it: give 128 everywhere."
        )
    return _right("Mean 128, and two deviations to either side of it.")


def pdf(path: Any) -> Verdict:
    """Task 9: the figure, saved."""
    if _is_missing(path):
        return _missing("Put the file's name in the place of the three dots.")
    file = Path(path)
    if not file.exists():
        return _missing(f"There is no {file.name} yet: await the grid's save.")
    content = file.read_bytes()
    if not content.startswith(b"%PDF-"):
        return _wrong(f"{file.name} is no PDF. Save it under a name that ends in .pdf.")
    count, expected = len(re.findall(rb"/Subtype\s*/Image\b", content)), sum(PICTURES.values())
    if count < expected:
        return _wrong(f"{file.name} has {count} of {expected} pictures. The grid should show the first 8 layers.")
    return _right(f"{file.name} has all {expected} pictures, in {len(content) / 1e6:.1f} MB.")


def _is_missing(answer: Any) -> bool:
    return answer is None or answer is ...


def _number(answer: Any) -> float | None:
    """The number that an answer is; None of what is none."""
    if isinstance(answer, (bool, str)):
        return None
    try:
        number = float(answer)
    except (TypeError, ValueError):
        return None
    return number if np.isfinite(number) else None


def _written(number: float) -> str:
    return f"{number:,.0f}" if number == int(number) else f"{number:.3g}"


def _kind(answer: Any) -> str:
    words = {str: "a text", list: "a list", tuple: "a tuple", dict: "a dictionary", np.ndarray: "an array"}
    return words.get(type(answer), type(answer).__name__)


def _right(sentence: str) -> Verdict:
    return Verdict(True, sentence)


def _wrong(sentence: str) -> Verdict:
    return Verdict(False, sentence)


def _missing(sentence: str) -> Verdict:
    return Verdict(None, sentence)
