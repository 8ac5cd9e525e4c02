"""Numbers of any kind, made arrays that the page understands."""

import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from layerscope._blocks import Block, block_cache
from layerscope._errors import InputError, NotReadyError, plural

if TYPE_CHECKING:
    import numpy as np

Reference = dict[str, Any]


@dataclass(frozen=True)
class EncodedArray:
    """An array in the form that crosses: little-endian, row after row."""

    block: Block
    dtype: str
    shape: tuple[int, ...]

    @property
    def reference(self) -> Reference:
        """What stands for the array in a widget's properties."""
        return {"$array": {"key": self.block.key, "dtype": self.dtype, "shape": list(self.shape)}}

    @property
    def key(self) -> str:
        """A name made from its content."""
        return self.block.key

    @property
    def blocks(self) -> tuple[Block, ...]:
        """What the page may ask for."""
        return (self.block,)

    @property
    def images(self) -> tuple[()]:
        """Pictures that the page may ask for: none."""
        return ()

    @property
    def is_here(self) -> bool:
        """Whether Python has the numbers: always."""
        return True

    def filled_in(self) -> "EncodedArray":
        """Return the numbers that an exported page shows: these."""
        return self

    @property
    def nbytes(self) -> int:
        """Bytes of the numbers."""
        return len(self.block)

    def numpy(self) -> "np.ndarray[Any, Any]":
        """Return the array as it crosses; it can't be written to."""
        import numpy as np

        return np.frombuffer(self.block.data, dtype=self.dtype).reshape(self.shape)


def to_numpy(value: object, name: str) -> "np.ndarray[Any, Any]":
    """Return whatever holds numbers as a NumPy array.

    Takes NumPy arrays, lists, pandas and polars columns and frames, torch tensors (on any device, with or without
    gradient), and anything with ``__array__`` or ``__dlpack__``.

    Parameters
    ----------
    value
        The numbers.
    name
        What the argument is called, for errors.

    Raises
    ------
    InputError
        When there is no array to be made of it.
    """
    try:
        import numpy as np
    except ImportError as error:
        raise InputError(f"{name} needs NumPy, which is not installed.", "Run pip install numpy.") from error
    # A module that nobody has imported has made no array: to import it takes as long as a fifth of this package.
    masked = sys.modules.get("numpy.ma")
    if masked is not None and isinstance(value, masked.MaskedArray):
        return np.ma.filled(value.astype(float), np.nan)
    tensor = _detached(value)
    try:
        if hasattr(tensor, "to_numpy"):
            return np.asarray(tensor.to_numpy())
        if not hasattr(tensor, "__array__") and hasattr(tensor, "__dlpack__"):
            return np.asarray(np.from_dlpack(tensor))
        return np.asarray(tensor)
    except NotReadyError:
        # Activations that nobody has awaited say so themselves.
        raise
    except (ValueError, TypeError, RuntimeError, BufferError) as error:
        raise InputError(
            f"{name} can't be made an array: {str(error).rstrip('.')}.", "Pass rows of equal length."
        ) from error


def _detached(value: Any) -> Any:  # noqa: ANN401 - a torch tensor, without importing torch
    if hasattr(value, "detach") and hasattr(value, "cpu"):
        value = value.detach().cpu()
        # NumPy has no bfloat16.
        return value.float() if str(getattr(value, "dtype", "")).endswith("bfloat16") else value
    return value


def numbers(value: object, name: str) -> "np.ndarray[Any, Any]":
    """Return an array of real numbers.

    Raises
    ------
    InputError
        When the elements are anything else, saying what they are.
    """
    import numpy as np

    array = to_numpy(value, name)
    if array.dtype.kind == "O":
        found = _first_unlike_number(array)
        if found is not None:
            raise InputError(
                f"{name} is of dtype object and holds {found!r}, which is no number.", f"Convert {name} to float first."
            )
        raise InputError(f"{name} is of dtype object.", f"Write np.asarray({name}, dtype=float).")
    if array.dtype.kind not in "fiub" or array.dtype == np.dtype("longdouble"):
        raise InputError(f"{name} is of dtype {array.dtype}, which holds no real numbers.", "Pass floats or integers.")
    return array


def _first_unlike_number(array: "np.ndarray[Any, Any]") -> object | None:
    return next((item for item in array.ravel() if not isinstance(item, (int, float)) and item is not None), None)


def encode(value: object, name: str, *, dtype: str = "float32", dimensions: int | None = None) -> EncodedArray:
    """Encode numbers for the page.

    Parameters
    ----------
    value
        The numbers, in any form that `to_numpy` takes; float16, float32, float64 and all integers.
    name
        What the argument is called, for errors.
    dtype
        What they become: the page computes in single precision.
    dimensions
        How many dimensions there must be.

    Raises
    ------
    InputError
        On elements that are no numbers and on other dimensions.
    """
    array = numbers(value, name)
    if dimensions is not None and array.ndim != dimensions:
        if array.size == 0:
            raise InputError(f"{name} is empty.", "Pass one row at least.")
        remedy = "Pass rows × columns; flatten pictures to a row each." if dimensions == 2 else "Pass one value a row."  # noqa: PLR2004
        raise InputError(f"{name} has {plural(array.ndim, 'dimension')}, expected {dimensions}.", remedy)
    return encode_numpy(array, dtype, source=value)


def encode_numpy(array: "np.ndarray[Any, Any]", dtype: str, source: object = None) -> EncodedArray:
    """Encode an array that is known to be good; `source` is the object that it came from."""
    import numpy as np

    # Beyond single precision's range lies infinity, which the page reports with its row and column.
    with np.errstate(over="ignore"):
        # A copy always: what crosses later must be what was passed now.
        plain = np.array(array, dtype=np.dtype(dtype).newbyteorder("<"), order="C", copy=True)
    kind = f"{dtype}-{'x'.join(map(str, plain.shape))}"
    raw = plain.reshape(-1).view(np.uint8)
    block = block_cache.get(
        (id(source if source is not None else array), kind),
        same=lambda known: len(known) == raw.nbytes and bool(np.array_equal(np.frombuffer(known.data, np.uint8), raw)),
        make=lambda: Block(raw.data, kind),
    )
    return EncodedArray(block, dtype, plain.shape)
