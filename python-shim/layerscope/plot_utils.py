"""Slideflow's ``slideflow.grad.plot_utils``: colours and overlays as bytes, and pictures beside their maps.

Where Slideflow draws with matplotlib, these give a `SaliencyOverlay`, which is looked at, read and saved as any other.
Its ``remove_ticks`` is left out: there are no axes.
"""

from layerscope._plot_comparisons import comparison_plot, multi_plot, saliency_map_comparison
from layerscope._plot_pixels import inferno, oranges, overlay

__all__ = ["comparison_plot", "inferno", "multi_plot", "oranges", "overlay", "saliency_map_comparison"]
