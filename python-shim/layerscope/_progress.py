"""A line that computes: shown where a widget is waited for that is on show nowhere."""

import traitlets

from layerscope._front_end import FrontEnd


class ProgressLine(FrontEnd):
    """Runs another widget without drawing it, and says how far it is."""

    _of = traitlets.Unicode().tag(sync=True)

    def __init__(self, model_id: str) -> None:
        super().__init__(_widget="progress", _of=model_id)
