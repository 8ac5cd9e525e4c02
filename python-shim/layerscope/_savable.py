"""A widget whose picture can be kept: as a file, in the notebook, as a page of its own."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, ClassVar

from layerscope._errors import InputError
from layerscope._exported import Exported
from layerscope._freeze import frozen_output
from layerscope._marimo import in_marimo
from layerscope._question import Question
from layerscope._widget import Widget


def file_format(path: str | Path, *formats: str) -> str:
    """Tell by a path's suffix what is to be written.

    Raises
    ------
    InputError
        When it is none of these formats.
    """
    suffix = Path(path).suffix.lstrip(".").lower()
    if suffix not in formats:
        expected = " or ".join(filter(None, (", ".join(formats[:-1]), formats[-1])))
        raise InputError(f'unknown format: "{suffix}" (expected {expected}).', "Change the suffix.")
    return suffix


class Savable(Widget):
    """Such a widget."""

    _formats: ClassVar[tuple[str, ...]] = ("png", "svg", "pdf", "csv")

    def save(self, path: str | Path, **options: Any) -> Question[Path]:  # noqa: ANN401 - the page knows its options
        """Save a figure or a table; the page draws it, and the file is there when the call has been awaited.

        Parameters
        ----------
        path
            Where to; the suffix decides what: .png, .svg, .pdf or .csv, and .txt of a `Model`, as Keras prints it.
        **options
            ``size`` ("column", "page" or millimetres), ``dpi``, ``theme``, ``transparent``, ``title``, ``caption``.

        Returns
        -------
        Question
            `await` it for the path.

        Raises
        ------
        InputError
            On another suffix, and on a folder that is not there.
        """
        told = {"format": file_format(path, *self._formats), **options}
        return self._ask_for_file("save", told, path, f"save({str(path)!r})")

    def _ask_for_file(self, name: str, options: dict[str, Any], path: str | Path, call: str) -> Question[Path]:
        target = Path(path)
        if not target.resolve().parent.is_dir():
            raise InputError(f"There is no folder {target.resolve().parent}.", "Make it first.")

        def finish(_: Mapping[str, Any], content: bytes) -> Path:
            target.write_bytes(content)
            return target

        return self._ask(name, options, finish, call)

    def freeze(self) -> Question[None]:
        """Replace the widget on show by a picture, which stays in the notebook whoever opens it.

        Returns
        -------
        Question
            `await` it to have it done.

        Raises
        ------
        InputError
            In marimo, whose notebooks hold no outputs.
        """
        if in_marimo():
            raise InputError("marimo keeps no outputs that a picture could replace.", "Write save(path) instead.")

        def finish(_: Mapping[str, Any], content: bytes) -> None:
            self._frozen = content
            from IPython.display import display

            data, metadata = frozen_output(content, repr(self))
            display(data, metadata=metadata, raw=True, display_id=self._display_id, update=True)

        return self._ask("save", {"format": "png"}, finish, "freeze()")

    def to_html(
        self, path: str | Path, *, points: bool | None = None, images: bool | None = None, title: str | None = None
    ) -> Path:
        """Write a page that opens from disk, with no kernel and no network, and still works.

        Parameters
        ----------
        path
            Where to.
        points
            Whether the data themselves go along, so that the page can compute again. Unless given: up to 64 MB; of a
            `Model`, whose files need the engine (9 MB) as well, only where its table has not been on show.
        images
            Whether the pictures go along. Unless given: up to 64 MB.
        title
            Title of the page; the widget's own unless given.
        """
        from layerscope._export import to_html

        return to_html(path, self, points=points, images=images, title=title)

    def _export(self, *, points: bool | None, images: bool | None, shared: frozenset[str]) -> Exported:
        """Return what an exported page needs of this widget.

        Parameters
        ----------
        points, images
            Whether these go along; None: by their size.
        shared
            Names of the layouts that widgets in the page share.
        """
        raise NotImplementedError
