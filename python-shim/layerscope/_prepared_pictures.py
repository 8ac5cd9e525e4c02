"""Pictures as a network takes them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np


@dataclass(frozen=True, eq=False, repr=False)
class PreparedPictures:
    """What the page has made of pictures; pass it on as it is, to `features` or to NumPy.

    Parameters
    ----------
    values
        n × height × width × channels or n × channels × height × width, single precision.
    is_applied
        Whether the declared preprocessing was applied; False for floats, which are taken as prepared.
    sentence
        What was done.
    """

    values: "np.ndarray[Any, Any]"
    is_applied: bool
    sentence: str

    @property
    def shape(self) -> tuple[int, ...]:
        """Pictures, then rows, columns and channels as the model has them."""
        return tuple(self.values.shape)

    def numpy(self) -> "np.ndarray[Any, Any]":
        """Return the values."""
        return self.values

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> "np.ndarray[Any, Any]":  # noqa: ANN401, FBT001 - NumPy's protocol
        import numpy as np

        return np.array(self.values, dtype, copy=copy)

    def __len__(self) -> int:
        return len(self.values)

    def __repr__(self) -> str:
        return f"PreparedPictures({' × '.join(map(str, self.shape))}): {self.sentence}"


def read_prepared(header: Mapping[str, Any], content: bytes) -> PreparedPictures:
    """Take the page's answer."""
    import numpy as np

    values = np.frombuffer(content, "<f4").reshape(tuple(header["shape"]))
    return PreparedPictures(values, bool(header["applied"]), str(header["sentence"]))
