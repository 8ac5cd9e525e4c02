"""Rows × columns as a caller gives them: numbers, or activations that the page computes."""

from layerscope._arrays import encode
from layerscope._encoded_activations import EncodedActivations, Rows
from layerscope._errors import InputError
from layerscope._marimo import unwrapped


def encode_rows(value: object, name: str) -> Rows:
    """Encode rows × columns of numbers; of `Activations`, what the page computes them from.

    Parameters
    ----------
    value
        The numbers, in any form that `to_numpy` takes, or `Activations`.
    name
        What the argument is called, for errors.

    Raises
    ------
    InputError
        On what is not rows × columns of numbers, and on a pair of activations and predictions.
    """
    if isinstance(value, tuple) and any(_encoded(part) for part in value):
        raise InputError(
            f"{name} is a pair of activations and predictions.",
            "Write acts, predictions = features(images), and pass one.",
        )
    return _encoded(value) or encode(value, name, dimensions=2)


def _encoded(value: object) -> EncodedActivations | None:
    # By what it holds: whoever passes plain numbers needs nothing of models.
    found = getattr(unwrapped(value), "_encoded", None)
    return found if isinstance(found, EncodedActivations) else None
