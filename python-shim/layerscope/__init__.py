"""Notebook widgets that look inside a trained image network, computed in the reader's browser."""

import gc
import sys
from importlib import import_module
from typing import TYPE_CHECKING

from layerscope._errors import InputError, NoPageError, NotReadyError, PageError

if TYPE_CHECKING:
    from types import ModuleType

    from layerscope import plot_utils
    from layerscope._activations import Activations
    from layerscope._box_plot import BoxPlot
    from layerscope._explore import Explore, explore
    from layerscope._export import to_html
    from layerscope._feature_map_grid import FeatureMapGrid
    from layerscope._features import Features
    from layerscope._link import link
    from layerscope._model import Model
    from layerscope._mosaic import Mosaic
    from layerscope._saliency import SaliencyMap
    from layerscope._saliency_overlay import SaliencyOverlay
    from layerscope._umap_scatter import UmapScatter
    from layerscope._unit_statistics import UnitStatistics

__all__ = [
    "Activations",
    "BoxPlot",
    "Explore",
    "FeatureMapGrid",
    "Features",
    "InputError",
    "Model",
    "Mosaic",
    "NoPageError",
    "NotReadyError",
    "PageError",
    "SaliencyMap",
    "SaliencyOverlay",
    "UmapScatter",
    "UnitStatistics",
    "explore",
    "link",
    "plot_utils",
    "to_html",
]

_HOMES = {
    "Activations": "_activations",
    "BoxPlot": "_box_plot",
    "Explore": "_explore",
    "FeatureMapGrid": "_feature_map_grid",
    "Features": "_features",
    "Model": "_model",
    "Mosaic": "_mosaic",
    "SaliencyMap": "_saliency",
    "SaliencyOverlay": "_saliency_overlay",
    "UmapScatter": "_umap_scatter",
    "UnitStatistics": "_unit_statistics",
    "explore": "_explore",
    "link": "_link",
    "plot_utils": "plot_utils",
    "to_html": "_export",
}
"""Where each name lives: read when it is first asked for, so that a notebook waits for no widget but its own."""

_DRAWN = {"BoxPlot", "Explore", "FeatureMapGrid", "Model", "Mosaic", "SaliencyOverlay", "UmapScatter", "explore"}
"""Names of what is seen in a page."""


if not TYPE_CHECKING:
    # Type checkers would take every name for known.

    def __getattr__(name: str) -> object:
        if name not in _HOMES:
            raise AttributeError(f'layerscope has no "{name}" (expected {", ".join(__all__)}).')
        if name in _DRAWN and "ipykernel" in sys.modules:
            # The page makes its code ready while the rest is imported here.
            _imported("layerscope._asset_ahead").send_ahead()
            _imported("layerscope._asset").asset()
        home = _imported(f"layerscope.{_HOMES[name]}")
        value = home if name == _HOMES[name] else getattr(home, name)
        globals()[name] = value
        return value


def _imported(name: str) -> "ModuleType":
    """Import a module while no garbage is collected: it all stays, and a kernel looks through it for 20 ms."""
    collects = gc.isenabled()
    gc.disable()
    try:
        return import_module(name)
    finally:
        if collects:
            gc.enable()


def __dir__() -> list[str]:
    return [*globals(), *_HOMES]
