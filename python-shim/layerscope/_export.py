"""One file that opens from disk, with no kernel and no network, and still works."""

import base64
import gzip
import html
import json
from pathlib import Path
from typing import Any

from layerscope._errors import InputError
from layerscope._exported import Container, Exportable
from layerscope._marimo import unwrapped
from layerscope._static import core_key, static_bytes

POLICY = (
    "default-src 'none'; script-src 'unsafe-inline' 'wasm-unsafe-eval' blob:; worker-src blob:; "
    "style-src 'unsafe-inline'; img-src data: blob:; font-src data:; connect-src data: blob:"
)
"""What the page may do: run what is in it. It can ask for nothing from anywhere."""

_PARTS = {"core": "core.js.gz", "part-plotly": "plotly.js.gz", "part-pdf": "pdf.js.gz"}
_ENGINE = {"part-engine": "engine.js.gz", "part-engine-wasm": "engine.wasm.gz"}


def to_html(
    path: str | Path,
    *widgets: Exportable | Container,
    points: bool | None = None,
    images: bool | None = None,
    title: str | None = None,
) -> Path:
    """Write widgets into one page; those that are linked stay linked.

    Parameters
    ----------
    path
        Where to.
    *widgets
        In the order in which they stand in the page; what `explore` gives stands as it is laid out.
    points
        Whether the data themselves go along where the map is known already, so that the page can compute it again.
        Unless given: up to 64 MB.
    images
        Whether the pictures go along. Unless given: up to 64 MB.
    title
        Title of the page.

    Raises
    ------
    InputError
        When there is no widget.
    """
    if not widgets:
        raise InputError("There is no widget to write.", "Pass one or more.")
    models: dict[str, dict[str, Any]] = {}
    blocks: dict[str, bytes | memoryview] = {}
    notes: list[str] = []
    parts = dict(_PARTS)
    given = tuple(map(unwrapped, widgets))
    asked: dict[Exportable, bool | None] = {}
    for one in given:
        if isinstance(one, Container):
            models[one._id] = {
                "_widget": one._widget,
                "_id": one._id,
                "_core_key": core_key(),
                "_members": [member._id for member in one._members],
                "_heading": one._heading,
            }
            asked |= dict.fromkeys(one._members, one._points_in_page(points))
        else:
            asked[one] = points
    members = tuple(asked)
    shared = frozenset(str(widget._props["shares"]) for widget in members if widget._props.get("shares"))
    for widget in members:
        exported = widget._export(points=asked[widget], images=images, shared=shared)
        notes += exported.notes
        parts |= _ENGINE if exported.runs_models else {}
        models[widget._id] = {
            "_widget": widget._widget,
            "_id": widget._id,
            "_core_key": core_key(),
            "_props": exported.props,
            "_group": widget._group,
            # Alone it shows what it showed with the others.
            "_link_how": _bytes(widget._link_how) if {*widget._mirrors} & {*members} else "",
            "_own": _bytes(widget._own),
            "_selected": _bytes(widget._selected),
            "_saved": _bytes(widget._saved),
        }
        blocks.update(exported.blocks)
    target = Path(path)
    shown = [one._id for one in given]
    target.write_text(_page(models, shown, blocks, parts, notes, title or "layerscope"), encoding="utf-8")
    return target


def _page(  # noqa: PLR0913, PLR0917 - what a page holds
    models: dict[str, dict[str, Any]],
    shown: list[str],
    blocks: dict[str, bytes | memoryview],
    parts: dict[str, str],
    notes: list[str],
    title: str,
) -> str:
    packed = {name: base64.b64encode(static_bytes(file)).decode() for name, file in parts.items()}
    # Level 6: twice as fast as 9 for a hundredth of the size.
    packed |= {key: base64.b64encode(gzip.compress(data, 6, mtime=0)).decode() for key, data in blocks.items()}
    lines = [
        "<!doctype html>",
        '<html lang="en">',
        '<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">',
        '<meta name="viewport" content="width=device-width">',
        '<meta name="color-scheme" content="light dark">',
        f"<title>{html.escape(title)}</title>",
        "<style>body { max-width: 1200px; margin: 16px auto; padding: 0 16px; font-family: system-ui }</style>",
        *(f'<div data-ls-view="{model_id}"></div>' for model_id in shown),
        *(f"<p>{html.escape(note)}</p>" for note in notes),
        *(f'<script type="text/plain" id="ls-{key}">{text}</script>' for key, text in packed.items()),
        f'<script type="application/json" id="ls-state">{_json({"models": models})}</script>',
        f'<script type="module">{_script(static_bytes("standalone.js").decode())}</script>',
        "</html>",
    ]
    return "\n".join(lines)


def _bytes(value: bytes) -> dict[str, str] | str:
    return {"$bytes": base64.b64encode(value).decode()} if value else ""


def _json(value: object) -> str:
    """JSON that can't end the script it stands in, whatever the labels say."""
    return json.dumps(value).replace("<", "\\u003c")


def _script(code: str) -> str:
    return code.replace("</script", "<\\/script")
