"""Attributions as the page tells of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from layerscope._packed_arrays import unpack_arrays

if TYPE_CHECKING:
    import numpy as np


class Completeness(NamedTuple):
    """How far the attributions of a path add up to what the score changed by along it; `error` is sum - difference."""

    sum: float
    difference: float
    error: float


@dataclass(frozen=True, eq=False)
class Attribution:
    """What each place of a picture has to do with a score; NumPy takes it for its map.

    Parameters
    ----------
    map
        Height × width, from 0 to 1, as the plain call gives it.
    raw
        The attribution itself, signed: in the shape in which the model takes pictures, or height × width where the
        method is about places (Grad-CAM and its kin, XRAI, occlusion).
    score
        The picture's.
    baseline_score
        Of the start of the path; None for methods without one.
    completeness
        Of methods along a path; None for others.
    layer
        Which was looked at, for Grad-CAM and its kin.
    notes
        What should be known of it, a sentence each: that the final softmax is left out, say.
    """

    map: "np.ndarray[Any, Any]"
    raw: "np.ndarray[Any, Any]"
    score: float
    baseline_score: float | None
    completeness: Completeness | None
    layer: str | None
    notes: tuple[str, ...]

    def numpy(self) -> "np.ndarray[Any, Any]":
        """Return the map."""
        return self.map

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> "np.ndarray[Any, Any]":  # noqa: ANN401, FBT001 - NumPy's protocol
        import numpy as np

        return np.array(self.map, dtype, copy=copy)

    def __repr__(self) -> str:
        height, width = self.map.shape
        told = [f"score {self.score:.6g}"]
        if self.completeness is not None:
            told.append(f"sum {self.completeness.sum:.6g} of {self.completeness.difference:.6g}")
        if self.layer is not None:
            told.append(f"at {self.layer}")
        return f"Attribution({height} × {width}: {', '.join(told)})"


def read_maps(header: Mapping[str, Any], content: bytes, *, is_one: bool, raw: bool) -> dict[str, Any]:
    """Return what the page answered, by the names of the runs: of one picture itself, of several a list."""
    import numpy as np

    # Copies: what is had is the reader's own, to be written to.
    arrays = {name: np.array(array) for name, array in unpack_arrays(header, content).items()}
    found: dict[str, Any] = {}
    for place, run in enumerate(header["runs"]):
        made = [
            _attribution(arrays, f"{place}/{row}", picture, run) if raw else arrays[f"map/{place}/{row}"]
            for row, picture in enumerate(run["pictures"])
        ]
        found[str(run["name"])] = made[0] if is_one else made
    return found


def _attribution(
    arrays: "Mapping[str, np.ndarray[Any, Any]]", place: str, picture: Mapping[str, Any], run: Mapping[str, Any]
) -> Attribution:
    told = picture["completeness"]
    return Attribution(
        map=arrays[f"map/{place}"],
        raw=arrays[f"raw/{place}"],
        score=float(picture["score"]),
        baseline_score=None if picture["baselineScore"] is None else float(picture["baselineScore"]),
        completeness=told and Completeness(*(float(told[name]) for name in Completeness._fields)),
        layer=run["layer"],
        notes=tuple(map(str, run["notes"])),
    )
