"""Notebook widgets that look inside a trained image network, computed in the reader's browser."""

from layerscope._box_plot import BoxPlot
from layerscope._errors import InputError, NoPageError, NotReadyError, PageError
from layerscope._export import to_html
from layerscope._link import link
from layerscope._mosaic import Mosaic
from layerscope._umap_scatter import UmapScatter
from layerscope._unit_statistics import UnitStatistics

__all__ = [
    "BoxPlot",
    "InputError",
    "Mosaic",
    "NoPageError",
    "NotReadyError",
    "PageError",
    "UmapScatter",
    "UnitStatistics",
    "link",
    "to_html",
]
