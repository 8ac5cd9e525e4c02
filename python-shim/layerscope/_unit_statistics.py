"""Which units tell classes apart, without a picture."""

from layerscope._statistics_options import Level, SlideMethod, UnitTest, wire_statistics
from layerscope._tested_units import TestedUnits
from layerscope._unit_data import encode_unit_data


class UnitStatistics(TestedUnits):
    """Which units tell classes apart: the statistics of `BoxPlot` and Slideflow's calls, without its picture.

    The page computes them, so that there has to be one; where it is shown, a line says how far it is.

    Parameters
    ----------
    values, labels, slides
        As for `BoxPlot`.
    level, test, method, threshold, permutations, unit_names, random_state
        As for `BoxPlot`.

    Examples
    --------
    >>> statistics = ls.UnitStatistics(activations, classes, slides)
    >>> tile_stats, slide_stats, category_stats = await statistics.stats()
    >>> await statistics.get_top_nodes_by_slide()
    >>> await statistics.box_plots([3, 30], outdir="plots")

    Raises
    ------
    InputError
        When something passed can't be used; says what, where, and what to do.
    """

    _called = "statistics"
    _is_drawn = False

    def __init__(  # noqa: PLR0913, PLR0917 - what people may give
        self,
        values: object,
        labels: object = None,
        slides: object = None,
        level: Level | None = None,
        test: UnitTest = "anova",
        method: SlideMethod = "mean",
        threshold: float = 0.5,
        *,
        permutations: int = 999,
        unit_names: object = None,
        random_state: int | None = 42,
    ) -> None:
        options = wire_statistics(
            level=level,
            test=test,
            method=method,
            threshold=threshold,
            permutations=permutations,
            random_state=random_state,
        )
        super().__init__(encode_unit_data(values, labels, slides, unit_names), options)
