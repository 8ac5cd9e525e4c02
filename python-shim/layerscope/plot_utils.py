"""Slideflow's ``slideflow.grad.plot_utils``: colours and overlays as bytes."""

from layerscope._plot_pixels import inferno, oranges, overlay

__all__ = ["inferno", "oranges", "overlay"]
