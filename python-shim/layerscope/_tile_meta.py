"""Numbers by which the tile that stands for its cell may be chosen."""

from collections.abc import Mapping
from typing import Any

from layerscope._arrays import EncodedArray, encode
from layerscope._errors import InputError, count


def encode_tile_meta(tile_meta: object, rows: int, grid: Mapping[str, Any]) -> EncodedArray | None:
    """Encode a row of numbers for each tile.

    Parameters
    ----------
    tile_meta
        rows × d numbers, encoded or not.
    rows
        How many tiles there are.
    grid
        How they are laid out, under the page's names.

    Raises
    ------
    InputError
        When there is not one a tile, and when there are none though the grid needs them.
    """
    if tile_meta is None:
        if grid["tileSelect"] == "centroid":
            raise InputError('tile_select "centroid" needs tile_meta.', "Pass tile_meta (n × d numbers).")
        return None
    encoded = tile_meta if isinstance(tile_meta, EncodedArray) else encode(tile_meta, "tile_meta", dimensions=2)
    if encoded.shape[0] != rows:
        raise InputError(
            f"{count(encoded.shape[0])} rows of tile_meta for {count(rows)} images.", "Pass one a picture."
        )
    return encoded
