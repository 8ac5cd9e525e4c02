"""The code of the page: it comes with the wheel and reaches each page once."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import anywidget
import traitlets

from layerscope._errors import InputError
from layerscope._kernel import is_open

_STATIC = Path(__file__).parent / "static"


@cache
def static_bytes(name: str) -> bytes:
    """Return a built file.

    Raises
    ------
    InputError
        When the front end was not built.
    """
    try:
        return (_STATIC / name).read_bytes()
    except FileNotFoundError as error:
        raise InputError(f"The front end lacks {name}.", "Run node scripts/build.mjs in the project.") from error


@cache
def manifest() -> dict[str, Any]:
    """Return the version of the build and the hashes that name its parts in a page."""
    read: dict[str, Any] = json.loads(static_bytes("manifest.json"))
    return read


def core_key() -> str:
    """Name the shared code in a page: two versions in one page do not mix."""
    key: str = manifest()["files"]["core.js.gz"]
    return key


def loader() -> str:
    """Return the module of every model, which fetches the shared code."""
    return static_bytes("loader.js").decode()


class Asset(anywidget.AnyWidget):
    """The shared code as a model, one a kernel.

    An `AnyWidget`, because JupyterLab loses the binary traits of other widgets when it saves their state.
    """

    _esm = traitlets.Unicode().tag(sync=True)
    _core_key = traitlets.Unicode().tag(sync=True)
    contents = traitlets.Bytes().tag(sync=True)


class _Kernel:
    """What this process has opened already."""

    asset: Asset | None = None


def asset() -> Asset:
    """Return the kernel's asset, made when first asked for."""
    comm = None if _Kernel.asset is None else _Kernel.asset.comm
    if _Kernel.asset is None or not is_open(comm):
        _Kernel.asset = Asset(_esm=loader(), _core_key=core_key(), contents=static_bytes("core.js.gz"))
    return _Kernel.asset
