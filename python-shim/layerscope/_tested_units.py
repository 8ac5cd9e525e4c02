"""A widget over rows × units that tests which units tell classes of rows apart."""

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from layerscope._blocks import Block
from layerscope._errors import InputError
from layerscope._exported import Exported
from layerscope._left_out import add_model_pictures, goes_along, runs_in_page
from layerscope._pictures import EncodedImages
from layerscope._question import Question
from layerscope._requests import Request
from layerscope._savable import Savable
from layerscope._slideflow_statistics import SlideflowStatistics, read_statistics
from layerscope._statistics_options import SlideMethod, wire_method
from layerscope._together import Together
from layerscope._unit_data import UnitData
from layerscope._unit_numbers import TOP, unit_numbers
from layerscope._unit_ranking import read_order, read_ranking
from layerscope._unknown_argument import refuse_unknown

if TYPE_CHECKING:
    import numpy as np

SUMMARY = "slide_level_summary.csv"

_OF_CLASSES = {"of": "classes"}
_OF_SELECTION = {"of": "selection"}


class TestedUnits(Savable):
    """Such a widget.

    Parameters
    ----------
    data
        Rows × units, with the class and the slide of each row.
    props
        Further properties under the page's names; those that are None are left to the page.

    Raises
    ------
    InputError
        Where slides are needed and unknown.
    """

    def __new__(cls, *args: Any, **given: Any) -> Self:  # noqa: ANN401 - looked at by their names alone
        """Refuse arguments that there are none of in a sentence: Python's own error comes with its stack."""
        refuse_unknown(cls, given)
        made: Self = super().__new__(cls, *args, **given)
        return made

    def __init__(self, data: UnitData, props: Mapping[str, Any]) -> None:
        self._data = data
        self._ranking: np.ndarray[Any, Any] | None = None
        self._ranking_request: Request | None = None
        for name, called in (("level", "level"), ("boxesOf", "boxes_of")):
            if data.slides is None and str(props.get(name)).startswith("slide"):
                raise InputError(f'{called} "{props[name]}" needs slides.', "Pass slides, one a row.")
        told = {name: part for name, part in props.items() if part is not None}
        super().__init__("box-plot", data.rows, data.references | told)

    @property
    def ranking(self) -> "np.ndarray[Any, Any]":
        """What the test says of each unit, best first: a NumPy structured array.

        ``unit``, ``name`` (where units have names), ``f`` (H of Kruskal and Wallis), ``p``, ``log_p`` (which does not
        underflow), ``q`` (p after Benjamini and Hochberg), ``log_q``, ``bonferroni``, ``eta_squared``,
        ``omega_squared``, ``permutation_p``, ``tile_f``, ``tile_p``, ``tile_log_p``, ``tile_q``, ``missing`` (values
        that are no numbers), and ``mean_…`` of each class. All but ``tile_…`` are of the level that the ranking goes
        by: slides where they are known. A unit without a statistic has f NaN and p 1. It follows the settings that a
        reader changes.

        Raises
        ------
        NotReadyError
            Before the page has computed it; says how far it is and what to write.
        """
        if self._ranking is None:
            raise self._unready("ranking")
        return self._ranking

    def rank_selection(self) -> "Question[np.ndarray[Any, Any]]":
        """Rank the units by how they tell the selected rows from the rest.

        Returns
        -------
        Question
            `await` it for an array as `ranking` is, with ``mean_selected`` and ``mean_rest``.

        Raises
        ------
        InputError
            Where nothing is selected.
        """
        if not self.selected.size:
            raise InputError("No row is selected.", "Select some, here or in a linked widget.")
        return self._ask("ranking", _OF_SELECTION, self._read_ranking, "rank_selection()")

    # Slideflow's calls

    def stats(
        self, outdir: str | Path | None = None, method: SlideMethod = "mean", threshold: float = 0.5
    ) -> Question[SlideflowStatistics] | Together[SlideflowStatistics]:
        """Test every unit by one-way analysis of variance, over tiles and over slides.

        Parameters
        ----------
        outdir
            A folder for ``slide_level_summary.csv``, made where it is not there.
        method
            How the tiles of a slide become one number: their "mean", their "median", or the share of them whose value
            is above the "threshold".
        threshold
            With "threshold".

        Returns
        -------
        Question
            `await` it for ``(tile_stats, slide_stats, category_stats)``: two dictionaries ``{unit: {"f", "p"}}`` with
            f = -1 and p = 1 where there is no statistic, and for each class an array of slides × units.

        Raises
        ------
        InputError
            Where slides are unknown, and on another method.

        Notes
        -----
        By "threshold", Slideflow 3 divides by the number of units, though its documentation and its versions before say
        tiles. Here it is tiles. Slideflow computes in single precision: its F agree to 1e-5 and its p to 1e-4.
        """
        self._refuse_without_slides("stats()")
        how = wire_method(method, threshold)
        written = "" if outdir is None else f"{str(outdir)!r}, "
        call = f"stats({written}method={method!r})"
        asked = self._ask("stats", how, read_statistics, call)
        if outdir is None:
            return asked
        folder = Path(outdir)

        def keep(_: Mapping[str, Any], content: bytes) -> None:
            _write(folder, SUMMARY, content)

        return Together(asked, self._ask("summary", how, keep, call))

    def get_top_nodes_by_slide(self) -> Question[list[int]]:
        """Order the units by p over slides, smallest first; where p is the same, by F.

        Returns
        -------
        Question
            `await` it for their numbers, all of them.

        Raises
        ------
        InputError
            Where slides are unknown.
        """
        self._refuse_without_slides("get_top_nodes_by_slide()")
        return self._ask("ranking", _OF_CLASSES, partial(read_order, "slide"), "get_top_nodes_by_slide()")

    def get_top_nodes_by_tile(self) -> Question[list[int]]:
        """Order the units by p over tiles, smallest first; where p is the same, by F.

        Tiles of one slide are not independent: these p are too small, and their order is that of the tiles at hand.

        Returns
        -------
        Question
            `await` it for their numbers, all of them.
        """
        return self._ask("ranking", _OF_CLASSES, partial(read_order, "tile"), "get_top_nodes_by_tile()")

    def box_plots(self, units: object = None, outdir: str | Path = ".") -> Question[list[Path]]:
        """Write two pictures a unit: ``boxplot_3 (tile-level).png`` and ``boxplot_3 (slide-level).png``.

        Parameters
        ----------
        units
            Their numbers; None: the six best over tiles and the six best over slides, a picture each.
        outdir
            Where to, made where it is not there.

        Returns
        -------
        Question
            `await` it for the paths.

        Raises
        ------
        InputError
            On units that are not there.
        """
        named = None if units is None else unit_numbers(units, self._data.units)
        folder = Path(outdir)

        def keep(header: Mapping[str, Any], content: bytes) -> list[Path]:
            paths, at = [], 0
            for file in header["files"]:
                length = int(file["length"])
                paths.append(_write(folder, file["name"], content[at : at + length]))
                at += length
            return paths

        return self._ask("boxPlots", {"units": None if named == TOP else named}, keep, f"box_plots({units!r})")

    def _refuse_without_slides(self, call: str) -> None:
        if self._data.slides is None:
            raise InputError(f"{call} compares slides, and they are unknown.", "Pass slides, one a row.")

    # What the base asks for

    def _held_blocks(self) -> Mapping[str, Block]:
        return {block.key: block for block in self._data.blocks}

    def _held_images(self) -> Mapping[str, EncodedImages]:
        return {images.key: images for images in self._data.values.images}

    def _has_results(self) -> bool:
        return self._ranking is not None or (self._ranking_request is not None and self._ranking_request.done)

    def _fetch_results(self) -> None:
        self._ranking_request = Request("ranking", _OF_CLASSES, self._take_ranking)
        self._talk.requests.add(self._ranking_request)

    def _take_ranking(self, header: Mapping[str, Any], content: bytes) -> None:
        self._ranking = self._read_ranking(header, content)

    def _read_ranking(self, header: Mapping[str, Any], content: bytes) -> "np.ndarray[Any, Any]":
        names = self._data.unit_names
        return read_ranking(header, content, None if names is None else names.texts)

    def _export(self, *, points: bool | None, images: bool | None, shared: frozenset[str]) -> Exported:  # noqa: ARG002 - there are no pictures, and nothing is shared
        values = self._data.values
        blocks: dict[str, bytes | memoryview] = {key: block.data for key, block in self._held_blocks().items()}
        if runs_in_page(points, values):
            exported = Exported(dict(self._props), blocks, [], runs_models=True)
            add_model_pictures(exported, values.images)
            return exported
        exported = Exported(dict(self._props), blocks, [])
        if not self._saved or goes_along(points, values):
            filled = values.filled_in()
            exported.props["values"] = filled.reference
            exported.blocks[filled.key] = filled.block.data
            kept = {filled.key}
        else:
            del exported.props["values"]
            kept = set()
        for block in values.blocks:
            if block.key not in kept:
                del exported.blocks[block.key]
        return exported

    def __repr__(self) -> str:
        parts = ", ".join(self._data.written)
        return f"{type(self).__name__}({parts}): {self._page.sentence}{self._selected_sentence}"


def _write(folder: Path, name: str, content: bytes) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    # The page names its files; it has no say in where they are.
    path = folder / Path(name).name
    path.write_bytes(content)
    return path
