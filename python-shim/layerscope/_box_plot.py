"""Which units tell classes apart, ranked and drawn."""

import traitlets

from layerscope._statistics_options import (
    Axes,
    BoxesOf,
    BoxShape,
    Level,
    SlideMethod,
    UnitTest,
    wire_boxes,
    wire_statistics,
)
from layerscope._tested_units import TestedUnits
from layerscope._theme import Theme, check_theme
from layerscope._unit_data import encode_unit_data
from layerscope._unit_numbers import unit_number, unit_numbers


class BoxPlot(TestedUnits):
    """Which units tell classes apart: a ranked table beside the box plots of its best.

    Every unit is tested, over tiles and, where slides are given, over slides. Select rows here or in a linked widget,
    and the units are ranked by how they tell these from the rest.

    Parameters
    ----------
    values
        n × units activations, a row a tile; or those of each slide by its name, as Slideflow's
        ``DatasetFeatures.activations``; or `Activations`, which the page computes. Numbers cross to the page in single
        precision; statistics are computed in double. A unit with a value that is no finite number has no statistic.
    labels
        n classes; or one for each slide by its name. None and NaN are missing: these rows are left out.
    slides
        The slide, or patient, that each row comes from, n of them. Tiles of one slide are alike, so that counting each
        as an observation of its own makes chance look like a finding: with slides the ranking counts slides.
    units
        Which to show: their numbers, or "top" for the best.
    level
        Of which test the ranking is: over "tile" or "slide"; by slide where slides are given, unless said otherwise.
    test
        One-way analysis of variance ("anova"), the same without assuming equal variances ("welch"), or by ranks
        ("kruskal").
    method
        How the tiles of a slide become one number: their "mean", their "median", or the share of them whose value is
        above the "threshold".
    threshold
        With "threshold".
    permutations
        How often the permutation test gives the slides' classes out anew; 0: there is none.
    panels
        How many of the best, 1 to 64.
    shape
        "box", "violin", or "points" (a density from 2,000 a class on).
    axes
        Each panel with a scale of its own ("free"), or one for all ("shared").
    boxes_of
        Draw the values of "tiles", or of "slides".
    unit_names
        A name a unit; the columns' of a frame unless given.
    names
        n texts: what each row is called.
    random_state
        The seed of the permutations; None draws one and shows it.
    title
        Stands over the plots.
    theme
        "auto" follows the notebook; "light" or "dark".

    Examples
    --------
    >>> box = ls.BoxPlot(activations, classes, slides)
    >>> await box
    >>> box.ranking["unit"][:6]  # the six best
    >>> ls.link(scatter, mosaic, box)
    >>> box.unit = 30  # the map is coloured by it

    Raises
    ------
    InputError
        When something passed can't be used; says what, where, and what to do.
    """

    _called = "box"

    # Which unit a reader has made the current one, in digits; as bytes, because these arrive from every host.
    _unit = traitlets.CBytes().tag(sync=True, echo_update=False)

    def __init__(  # noqa: PLR0913, PLR0917 - what people may give
        self,
        values: object,
        labels: object = None,
        slides: object = None,
        units: object = "top",
        level: Level | None = None,
        test: UnitTest = "anova",
        method: SlideMethod = "mean",
        threshold: float = 0.5,
        *,
        permutations: int = 999,
        panels: int = 6,
        shape: BoxShape = "box",
        axes: Axes = "free",
        boxes_of: BoxesOf = "tiles",
        unit_names: object = None,
        names: object = None,
        random_state: int | None = 42,
        title: str | None = None,
        theme: Theme = "auto",
    ) -> None:
        check_theme(theme)
        options = wire_statistics(
            level=level,
            test=test,
            method=method,
            threshold=threshold,
            permutations=permutations,
            random_state=random_state,
        )
        drawn = wire_boxes(panels=panels, shape=shape, axes=axes, boxes_of=boxes_of)
        data = encode_unit_data(values, labels, slides, unit_names, names)
        self._told_unit: int | None = None
        super().__init__(
            data, {**options, **drawn, "units": unit_numbers(units, data.units), "title": title, "theme": theme}
        )
        self.observe(self._note_unit, names="_unit")

    @property
    def unit(self) -> int | None:
        """The current unit, by which linked maps are coloured; None: there is none. Set it to a unit's number."""
        return int(self._unit) if self._unit else None

    @unit.setter
    def unit(self, unit: object) -> None:
        number = None if unit is None else unit_number(unit, self._data.units)
        if number == self._told_unit:
            # A reader may have chosen another since, and a page hears only of what changes.
            self._props = {name: part for name, part in self._props.items() if name != "unit"}
        self._told_unit = number
        self._props = {**self._props, "unit": number}
        with self._kept_from_page():
            self._unit = b"" if number is None else str(number).encode()

    def _note_unit(self, _: object) -> None:
        """Have a page that is opened later begin with the unit that is on show."""
        with self._kept_from_page():
            self._props = {**self._props, "unit": self.unit}
