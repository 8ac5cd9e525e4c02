"""Arrays that the page answers with; its twin is src/widgets/box-plot/data/pack-arrays.ts."""

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np


def unpack_arrays(header: Mapping[str, Any], content: bytes) -> "dict[str, np.ndarray[Any, Any]]":
    """Return the arrays of an answer by name; they can't be written to."""
    import numpy as np

    found = {}
    for place in header["arrays"]:
        dtype, shape = np.dtype(place["dtype"]).newbyteorder("<"), tuple(place["shape"])
        flat = np.frombuffer(content, dtype, math.prod(shape), int(place["offset"]))
        found[str(place["name"])] = flat.reshape(shape)
    return found
