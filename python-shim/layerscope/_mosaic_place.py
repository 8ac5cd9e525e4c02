"""Where the rows of a mosaic lie."""

import sys
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from layerscope._arrays import EncodedArray
from layerscope._errors import InputError
from layerscope._given_coords import encode_coords, seen_from_above
from layerscope._given_rows import encode_rows
from layerscope._map_source import MapSource, map_source
from layerscope._marimo import unwrapped
from layerscope._umap_options import with_defaults

if TYPE_CHECKING:
    from layerscope._umap_scatter import UmapScatter

_OTHERS = (
    "num_tiles_x",
    "tile_select",
    "max_dist",
    "tile_meta",
    "background",
    "expanded",
    "focus",
    "class_marks",
    "class_names",
    "normalizer",
    "normalizer_source",
)


@dataclass(frozen=True)
class Place:
    """Where rows lie: at coordinates, on a map to compute, or on that of a widget, which is followed."""

    rows: int
    seed: int
    coords: EncodedArray | None = None
    source: MapSource | None = None
    scatter: "UmapScatter | None" = None

    def follow(self) -> str | None:
        """Return the name of the layout to follow, under which its widget is told to share it."""
        if self.scatter is None or self.source is None:
            return None
        props: Mapping[str, Any] = self.scatter._props
        # One name a widget: a cell of marimo makes its mosaic anew with every selection.
        name = str(props.get("shares") or uuid.uuid4().hex)
        if "shares" not in props:
            self.scatter._props = {**props, "shares": name}
        return name


def find_place(coords: object, points: object, precomputed_knn: object, parameters: Mapping[str, Any]) -> Place:
    """Take what is given: `coords`, an array or a `UmapScatter`, or `points` to map.

    Raises
    ------
    InputError
        When none or both are given, and when coordinates that are there are to be computed in some way.
    """
    options = with_defaults(parameters, _OTHERS)
    seed = int(options["random_state"])
    if coords is None:
        if points is None:
            raise InputError(
                "There is no map to lay the tiles on.", "Pass coords (n × 2, or a UmapScatter) or points (n × d)."
            )
        source = map_source(encode_rows(points, "points"), options, precomputed_knn)
        return Place(source.table.shape[0], seed, source=source)
    if points is not None:
        raise InputError("Both coords and points are given.", "Pass one of them.")
    scatter = as_scatter(coords)
    computed = scatter is not None and scatter._coords is None
    _refuse_parameters(parameters, precomputed_knn, computed=computed)
    if scatter is None:
        given = encode_coords(coords, (2,))
        return Place(given.shape[0], seed, given)
    if scatter._coords is not None:
        return Place(scatter._rows, seed, seen_from_above(scatter._coords), scatter=scatter)
    return Place(scatter._rows, seed, source=scatter._source, scatter=scatter)


def as_scatter(value: object) -> "UmapScatter | None":
    """Return the map that is passed as such; None for anything else."""
    # Where nobody has imported it there is none, and a mosaic needn't wait for the import.
    module = sys.modules.get("layerscope._umap_scatter")
    widget: object = unwrapped(value)
    return widget if module is not None and isinstance(widget, module.UmapScatter) else None


def _refuse_parameters(parameters: Mapping[str, Any], precomputed_knn: object, *, computed: bool) -> None:
    """Only the seed says something else as well: which tiles are drawn by chance."""
    names = [name for name in parameters if computed or name != "random_state"]
    names += [] if precomputed_knn is None else ["precomputed_knn"]
    if names:
        where = "the UmapScatter that is followed has one" if computed else "coords are given"
        raise InputError(f"{names[0]} says how a map is computed, but {where}.", "Leave it out, or pass points.")
