"""What a map of rows is computed from."""

import json
from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass
from typing import Any

from layerscope._arrays import EncodedArray
from layerscope._blocks import Block
from layerscope._encoded_activations import Rows
from layerscope._pictures import EncodedImages
from layerscope._table import Table
from layerscope._umap_options import encode_init, encode_knn, wire_options


@dataclass(frozen=True)
class MapSource:
    """Rows to map and how; `placed` says where the first of them lie already."""

    table: Table
    options: Mapping[str, Any]
    init: EncodedArray | None = None
    knn: tuple[EncodedArray, EncodedArray] | None = None
    placed: EncodedArray | None = None

    @property
    def references(self) -> dict[str, Any]:
        """What stands for it in a widget's properties, by name."""
        arrays = {"points": self.table, "init": self.init, "placed": self.placed}
        told: dict[str, Any] = {name: part.reference for name, part in arrays.items() if part is not None}
        if self.knn is not None:
            indices, distances = self.knn
            told["precomputedKNN"] = {"indices": indices.reference, "distances": distances.reference}
        return wire_options(self.options) | told

    @property
    def blocks(self) -> tuple[Block, ...]:
        """What the page may ask for."""
        arrays = (*(part for part in (self.init, self.placed) if part is not None), *(self.knn or ()))
        return (*self.table.blocks, *(part.block for part in arrays))

    @property
    def images(self) -> tuple[EncodedImages, ...]:
        """Pictures that the page may ask for."""
        return self.table.images

    @property
    def written(self) -> list[str]:
        """What of it a widget says of itself."""
        shown = [f"{name}={self.options[name]}" for name in ("n_neighbors", "min_dist")]
        return [*shown, f"seed {self.options['random_state']}"]

    def leave_out(self, props: dict[str, Any], blocks: MutableMapping[str, bytes | memoryview]) -> None:
        """Take the rows out of what goes into a page that knows the map."""
        self._take_out(("points", "placed"), props, blocks)

    def fill_in(self, props: dict[str, Any], blocks: MutableMapping[str, bytes | memoryview]) -> None:
        """Put numbers in the place of activations into what goes into a page: it has no model.

        Raises
        ------
        InputError
            When nobody has awaited them.
        """
        table = self.table.filled_in()
        if table == self.table:
            return
        self._take_out(("points",), props, blocks)
        props["points"] = table.reference
        blocks.update({block.key: block.data for block in table.blocks})

    def leave_all_out(self, props: dict[str, Any], blocks: MutableMapping[str, bytes | memoryview]) -> None:
        """Take all arrays out of what goes into a page that computes no map; the seed says more than how to."""
        self._take_out(("points", "placed", "init", "precomputedKNN"), props, blocks)

    def _take_out(
        self, names: tuple[str, ...], props: dict[str, Any], blocks: MutableMapping[str, bytes | memoryview]
    ) -> None:
        for name in names:
            props.pop(name, None)
        # The same numbers may be there for another reason, as by tile_meta: they have one key.
        named = json.dumps(props)
        for block in self.blocks:
            if block.key not in named:
                blocks.pop(block.key, None)


def map_source(points: Rows, options: Mapping[str, Any], precomputed_knn: object) -> MapSource:
    """Take rows × columns to map, with options that `with_defaults` has checked.

    Raises
    ------
    InputError
        When the layout to begin with or the known neighbours are not of these rows.
    """
    rows = points.shape[0]
    init = encode_init(options.get("init", "pca"), rows)
    knn = None if precomputed_knn is None else encode_knn(precomputed_knn, rows)
    return MapSource(Table((points,)), options, init, knn)
