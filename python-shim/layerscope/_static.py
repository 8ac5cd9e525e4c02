"""The built files of the front end, which come with the wheel."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from layerscope._errors import InputError

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


def core() -> bytes:
    """Return the shared code, packed."""
    return static_bytes("core.js.gz")


def loader() -> str:
    """Return the module of every model, which fetches the shared code."""
    return static_bytes("loader.js").decode()
