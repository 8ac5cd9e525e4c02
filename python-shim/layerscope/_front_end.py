"""What every model with a view has: the loader and the shared code that it fetches."""

from typing import Any, Self

import anywidget
import ipywidgets
import traitlets

from layerscope._asset import Asset, asset
from layerscope._static import core_key, loader


class FrontEnd(anywidget.AnyWidget):
    """A model whose view is drawn by the shared code; `_widget` says which of its widgets."""

    _esm = traitlets.Unicode().tag(sync=True)
    _widget = traitlets.Unicode().tag(sync=True)
    # The page follows this reference; widget_serialization is what makes saved notebooks keep the asset.
    _core = traitlets.Instance(Asset).tag(sync=True, **ipywidgets.widget_serialization)
    _core_key = traitlets.Unicode().tag(sync=True)

    def __new__(cls, *args: object, **named: object) -> Self:
        """Send the shared code before anything else: the page makes it ready while the data are prepared here."""
        asset()
        made: Self = super().__new__(cls, *args, **named)
        return made

    def __init__(self, **traits: Any) -> None:  # noqa: ANN401 - traits of any kind
        super().__init__(_esm=loader(), _core=asset(), _core_key=core_key(), **traits)
