"""What this process runs in, and whether a page can answer while a cell runs."""

from typing import Any

_FIRST_THAT_LISTENS = 7


def page_can_exist(comm: object) -> bool:
    """Say whether anything outside hears this process: not in a plain script."""
    return comm is not None and type(comm).__name__ != "DummyComm"


def is_open(comm: object) -> bool:
    """Say whether a model is still on its line: marimo closes it when the cell that made it runs again."""
    return comm is not None and not getattr(comm, "_closed", False)


def hears_during_cell() -> bool:
    """Say whether what a page sends arrives while a cell runs: ipykernel before 7 keeps it until the cell has ended."""
    shell = _shell()
    if shell is None or getattr(shell, "kernel", None) is None:
        return True
    version = _version()
    return version is None or int(version.split(".")[0]) >= _FIRST_THAT_LISTENS


def kernel_name() -> str:
    """Name the kernel for a sentence."""
    version = _version()
    return "This kernel" if version is None else f"ipykernel {version}"


def cell_number() -> int | None:
    """Return the number of the cell that runs; None outside IPython."""
    shell = _shell()
    return None if shell is None else shell.execution_count


def _version() -> str | None:
    import importlib.metadata

    try:
        return importlib.metadata.version("ipykernel")
    except importlib.metadata.PackageNotFoundError:
        return None


def _shell() -> Any:  # noqa: ANN401 - IPython ships no types
    try:
        from IPython import get_ipython
    except ImportError:
        return None
    return get_ipython()
