"""What a caller declares of a model beside the preparation of its pictures."""

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from typing import Any

from layerscope._option_checks import Numbers, wrong

_SIDE = Numbers(integer=True, least=1)


def wire_classes(classes: Any) -> list[str]:  # noqa: ANN401 - whatever was passed
    """Return a name for each class. Raises an `InputError` on what is no list."""
    if not _is_list(classes):
        raise wrong("classes", "a list of names", classes)
    return [str(name) for name in classes]


def wire_shape(shape: Any) -> list[int]:  # noqa: ANN401 - whatever was passed
    """Return one picture's shape. Raises an `InputError` on what is none."""
    if not _is_list(shape):
        raise wrong("input_shape", "one picture's shape, such as (224, 224, 3)", shape)
    for side in shape:
        _SIDE.check("input_shape", side)
    return [int(side) for side in shape]


def _is_list(value: object) -> bool:
    return isinstance(value, Iterable) and not isinstance(value, (str, bytes, Mapping, AbstractSet))
