"""The model of the shared code, opened before ipywidgets is imported.

To import ipywidgets and anywidget takes a kernel 0.05 s at the least, and a page as long to make the code ready: this
way both happen at once.
"""

import sys
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from typing import Any, Final

from layerscope._static import core, core_key, loader

PROTOCOL: Final = "2.1.0"
"""Of the messages of Jupyter's widgets."""


@dataclass(frozen=True)
class Ahead:
    """A model that is open in the page and that no widget stands for as yet."""

    comm: Any
    state: dict[str, object]


class _Kernel:
    ahead: Ahead | None = None


def send_ahead() -> None:
    """Open the model, unless to open it in the usual way takes no longer."""
    # Colab has to be told first that there will be widgets.
    if "ipywidgets" in sys.modules or "google.colab" in sys.modules:
        return
    try:
        state = _state_of_asset()
    except PackageNotFoundError:
        return
    from comm import create_comm

    told = {name: value for name, value in state.items() if name != "contents"}
    comm = create_comm(
        target_name="jupyter.widget",
        data={"state": told, "buffer_paths": [["contents"]]},
        buffers=[state["contents"]],
        metadata={"version": PROTOCOL},
    )
    _Kernel.ahead = Ahead(comm, state)


def take_ahead() -> Ahead | None:
    """Return what was opened, once."""
    ahead, _Kernel.ahead = _Kernel.ahead, None
    return ahead


def _state_of_asset() -> dict[str, object]:
    """Return what `Asset.get_state` gives as well; where another anywidget gives something else, that is sent anew."""
    major, minor, *_ = version("anywidget").split(".")
    anywidget = f"~{major}.{minor}.*"
    return {
        "_anywidget_id": "layerscope._asset.Asset",
        "_core_key": core_key(),
        "_dom_classes": (),
        "_esm": loader(),
        "_model_module": "anywidget",
        "_model_module_version": anywidget,
        "_model_name": "AnyModel",
        "_view_count": None,
        "_view_module": "anywidget",
        "_view_module_version": anywidget,
        "_view_name": "AnyView",
        "contents": core(),
        "tabbable": None,
        "tooltip": None,
    }
