"""The labs' checks: what they say of wrong answers, and that tasks are solutions without the answers."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest
from PIL import Image

FOLDER = Path(__file__).parents[2] / "notebooks/labs"


def load(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, FOLDER / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module  # where a dataclass looks for its own
    spec.loader.exec_module(module)
    return module


check = load("lab_checks")
tasks = load("make_tasks")

random = np.random.default_rng(1)
PICTURE = Image.fromarray(random.integers(0, 256, (210, 170, 3), "u1"))
TENSOR = np.asarray(PICTURE.resize((150, 150), Image.Resampling.NEAREST), "f4")[np.newaxis] / 255
KERNEL, BIAS = random.normal(size=(3, 3, 3, 32)), random.normal(size=32)
MAPS = random.random((4, 5, 6)) * np.array([1, 2, 9, 3])[:, None, None]


def total(row: int, column: int, channel: int) -> Any:
    return (TENSOR[0, row : row + 3, column : column + 3] * KERNEL[..., channel]).sum() + BIAS[channel]


def scores(channel: np.ndarray) -> np.ndarray:
    return (channel - channel.mean()) / channel.std() * 64 + 128


def stretched(channel: np.ndarray) -> np.ndarray:
    return np.clip((channel - channel.mean()) / (channel.std() or 1) * 64 + 128, 0, 255).astype("u1")


@pytest.mark.parametrize(
    ("verdict", "words"),
    [
        (check.model("lab-network/lab-network.h5"), "Pass it to ls.Model(…)"),
        (check.model(3), "no model of lab-network.h5, but int"),
        (check.parameters("18,496"), "A number is wanted; this is a text"),
        (check.parameters(float("nan")), "A number is wanted"),
        (check.parameters(18_432), "has one more number: its bias"),
        (check.parameters(9 * 64 + 64), "looks at all 32 pictures"),
        (check.parameters(289), "So many has one filter"),
        (check.parameters(1_000), "1,000 it isn't"),
        (check.sides(lambda side: side, lambda side: side // 2), "can't begin at the last two pixels"),
        (check.sides(lambda side: side - 1, lambda side: side // 2), "Count at how many places"),
        (
            check.sides(lambda side: side - 2, lambda side: side / 2),
            "after_pooling(15) gives 7.5. There is no half place",
        ),
        (check.pictures([32, 32]), "A dictionary is wanted; this is a list"),
        (check.pictures({"conv2d_1": 32}), "max_pooling2d_1 is not among them"),
        (check.pictures({**check.PICTURES, "dense": 6}), "dense is one too many"),
        (check.pictures({**check.PICTURES, "conv2d_3": 34}), "conv2d_3 does not answer with 34 pictures"),
        (check.tensor(TENSOR[0], PICTURE), "put an axis of 1 in front"),
        (check.tensor(TENSOR.transpose(0, 3, 1, 2), PICTURE), "Its shape is 1 × 3 × 150 × 150"),
        (check.tensor((TENSOR * 255).astype("u1"), PICTURE), "Its numbers are uint8"),
        (check.tensor(TENSOR * 255, PICTURE), "The network was trained on values from 0 to 1"),
        (check.tensor(TENSOR[..., ::-1], PICTURE), "Red and blue have changed places"),
        (check.tensor(TENSOR[:, ::-1], PICTURE), "the pixels are others"),
        (check.channel(3, MAPS), "counted from 0"),
        (check.channel(4, MAPS), "There is no channel 4: they go from 0 to 3"),
        (check.channel(0, MAPS), "another one has a larger one"),
        (check.pixel(total, TENSOR, KERNEL, BIAS), "makes 0 of what is below 0"),
        (check.pixel(lambda *at: max(total(*at) - BIAS[at[2]], 0), TENSOR, KERNEL, BIAS), "Add the filter's bias"),
        (
            check.pixel(lambda row, column, at: max(total(row - 1, column - 1, at), 0), TENSOR, KERNEL, BIAS),
            "yours has them in its middle",
        ),
        (check.pixel(lambda *_: np.ones((3, 3)), TENSOR, KERNEL, BIAS), "gives an array; a number is wanted"),
        (check.stretch(scores), 'End with .astype("uint8")'),
        (check.stretch(lambda channel: scores(channel).astype("i4").astype("u1")), "come round to black"),
        (check.stretch(lambda channel: np.clip(channel * 255, 0, 255).astype("u1")), "The bytes are others"),
        (check.stretch(lambda channel: np.clip(scores(channel), 0, 255).astype("u1")), "Don't divide by it"),
        (check.pdf(FOLDER / "lab_checks.py"), "lab_checks.py is no PDF"),
    ],
)
def test_a_check_says_what_is_wrong(verdict: Any, words: str) -> None:
    assert verdict.right is False
    assert repr(verdict).startswith("✗ Not yet. ")
    assert words in verdict.sentence


@pytest.mark.parametrize(
    "verdict",
    [
        check.parameters(18_496),
        check.sides(lambda side: side - 2, lambda side: side // 2),
        check.pictures(check.PICTURES),
        check.tensor(TENSOR, PICTURE),
        check.channel(np.int64(2), MAPS),
        check.pixel(lambda *at: max(total(*at), 0), TENSOR, KERNEL, BIAS),
        check.stretch(stretched),
    ],
)
def test_a_check_takes_what_is_right(verdict: Any) -> None:
    assert repr(verdict).startswith("✓ Right. ")


def nothing(*_: object) -> Any:
    return ...


@pytest.mark.parametrize(
    "verdict",
    [
        check.model(...),
        check.parameters(...),
        check.sides(nothing, nothing),
        check.pictures({}),
        check.tensor(..., PICTURE),
        check.channel(None, MAPS),
        check.pixel(nothing, TENSOR, KERNEL, BIAS),
        check.stretch(nothing),
        check.pdf(...),
        check.pdf("no-such.pdf"),
    ],
)
def test_a_check_tells_a_task_that_was_left_out(verdict: Any) -> None:
    assert verdict.right is None
    assert repr(verdict).startswith("Not answered yet. ")


@pytest.mark.parametrize("solution", sorted(FOLDER.glob("*-solution.ipynb")), ids=lambda path: path.stem)
def test_tasks_are_their_solution_without_the_answers(solution: Path) -> None:
    written = tasks.file_of_tasks(solution).read_text()
    assert written == tasks.tasks_of(solution)
    assert "# solution" in solution.read_text()
    assert "# solution" not in written


def test_what_is_left_of_an_answer_is_its_beginning() -> None:
    lines = ["x = 1", "x = 2  # solution", "    return 3  # solution", "    f(4)  # solution", "    f(5)  # solution"]
    assert tasks.without_answers(lines) == [
        "x = 1",
        "x = ...  # your answer",
        "    return ...  # your answer",
        "    ...  # your code here",
    ]
