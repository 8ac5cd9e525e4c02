"""Build the front end when its bundle is missing, so that `pip install ./python-shim` is all there is to do."""

import shutil
import subprocess
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class FrontEndHook(BuildHookInterface):  # type: ignore[type-arg, misc]
    """Runs `npm ci` (where nothing is installed) and the build of the folder above."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        """Make `layerscope/static/` unless it is there."""
        shim = Path(self.root)
        if (shim / "layerscope" / "static" / "manifest.json").exists():
            return
        project = shim.parent
        npm, node = shutil.which("npm"), shutil.which("node")
        if not npm or not node or not (project / "package.json").exists():
            raise RuntimeError(
                "The front end is not built. Install Node 20 or newer and install from a checkout of the whole project."
            )
        if not (project / "node_modules").exists():
            subprocess.run([npm, "ci"], cwd=project, check=True)  # noqa: S603
        subprocess.run([node, "scripts/build.mjs"], cwd=project, check=True)  # noqa: S603
