"""What a caller declares of a model beside the preparation of its pictures."""

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Any

from layerscope._errors import InputError
from layerscope._option_checks import Numbers, wrong

_SIDE = Numbers(integer=True, least=1)
_PICTURE = 3
_CHANNELS = (1, 3)


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


def refuse_other_size(shape: Sequence[int] | None, size: Mapping[str, int] | None) -> None:
    """Raise an `InputError` where pictures would be resized to what the model, of this shape, can't take."""
    if shape is None or size is None or len(shape) != _PICTURE:
        return
    if shape[0] not in _CHANNELS and shape[-1] not in _CHANNELS:
        return
    height, width = shape[1:] if shape[0] in _CHANNELS else shape[:2]
    if (height, width) == (size["height"], size["width"]):
        return
    takes = f"{width} × {height}"
    raise InputError(
        f"The model takes pictures of {takes}, not {size['width']} × {size['height']}.", f"Leave size at {takes}."
    )


def _is_list(value: object) -> bool:
    return isinstance(value, Iterable) and not isinstance(value, (str, bytes, Mapping, AbstractSet))
