"""The shared code of the page as a model: it reaches each page once."""

import anywidget
import ipywidgets
import traitlets

from layerscope._asset_ahead import PROTOCOL, take_ahead
from layerscope._kernel import is_open
from layerscope._static import core, core_key, loader


class Asset(anywidget.AnyWidget):
    """The shared code as a model, one a kernel.

    An `AnyWidget`, because JupyterLab loses the binary traits of other widgets when it saves their state.
    """

    _esm = traitlets.Unicode().tag(sync=True)
    _core_key = traitlets.Unicode().tag(sync=True)
    contents = traitlets.Bytes().tag(sync=True)
    # Nobody sees it: a model less for the page to make.
    layout = None

    def open(self) -> None:
        """Take over the model that was opened ahead, where it is what ipywidgets would have opened now."""
        ahead = take_ahead()
        if ahead is None:
            super().open()
        elif ahead.state == self.get_state() and ipywidgets.__protocol_version__ == PROTOCOL:
            self.comm = ahead.comm
        else:
            ahead.comm.close()
            super().open()


class _Kernel:
    """What this process has opened already."""

    asset: Asset | None = None


def asset() -> Asset:
    """Return the kernel's asset, made when first asked for."""
    comm = None if _Kernel.asset is None else _Kernel.asset.comm
    if _Kernel.asset is None or not is_open(comm):
        _Kernel.asset = Asset(_esm=loader(), _core_key=core_key(), contents=core())
    return _Kernel.asset
