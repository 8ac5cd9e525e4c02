import marimo

__generated_with = "0.25.2"
app = marimo.App(width="medium", app_title="Layerscope: a tour")


@app.cell(hide_code=True)
def _(mo):
    mo.md("""
    # Layerscope: a tour

    A map of 1,797 handwritten digits, computed in this page. No server does it, and nothing leaves your machine.
    """)
    return


@app.cell
def _():
    import json
    from itertools import pairwise

    import layerscope as ls
    import marimo as mo
    import numpy as np
    from sklearn.datasets import load_digits

    return json, load_digits, ls, mo, np, pairwise


@app.cell
def _(load_digits, ls, mo):
    digits = load_digits()
    scatter = mo.ui.anywidget(ls.UmapScatter(digits.data, labels=digits.target, images=digits.images, title="Digits"))
    scatter
    return digits, scatter


@app.cell(hide_code=True)
def _(mo):
    mo.md("""
    Point at a mark to see its digit and, by the thin lines, its true nearest neighbours. Long lines show where the map
    lies.

    Draw around some marks: **drag** selects, **Shift** adds, **Alt** subtracts, **Esc** clears. The next cell follows,
    because it names `scatter`, which `mo.ui.anywidget` made.
    """)
    return


@app.cell
def _(digits, mo, scatter):
    rows = scatter.selected
    mo.plain_text(f"{len(rows)} rows selected, their digits: {sorted(set(digits.target[rows].tolist()))}")
    return


@app.cell(hide_code=True)
def _(mo):
    mo.md("""
    The page computes, Python awaits: `await scatter.widget` stops the cell and runs it again when the map is done.
    """)
    return


@app.cell
async def _(mo, scatter):
    await scatter.widget
    mo.plain_text(f"{scatter.widget}\n{scatter.embedding[:3]}")
    return


@app.cell(hide_code=True)
def _(mo):
    mo.md("""
    ## Inside a network

    A small network was trained to tell ten pictures of scikit-image apart by 64-pixel crops of their left parts. Here
    are 1,000 crops of the right parts, which it had never seen, and what its last 96 units answered. The second map
    shows the same crops coloured by the network's own answer. Linked, they share what you point at and what you select.
    """)
    return


@app.cell
def _(json, mo, np, pairwise):
    folder = mo.notebook_dir().parent / "data" / "picture-network"
    about = json.loads((folder / "crops.json").read_text())
    packed = (folder / "crops.bin").read_bytes()

    crops = [packed[start:end] for start, end in pairwise(about["offsets"])]
    activations = np.load(folder / "activations.npy")
    names = np.array(about["names"])
    truth, predicted = names[about["labels"]], names[about["predicted"]]
    return activations, crops, folder, names, predicted, truth


@app.cell
def _(activations, crops, ls, mo, predicted, truth):
    seen = mo.ui.anywidget(ls.UmapScatter(activations, labels=truth, images=crops, title="What it is"))
    said = mo.ui.anywidget(ls.UmapScatter(activations, labels=predicted, images=crops, title="What the network says"))
    ls.link(seen, said)
    mo.vstack([seen, said])
    return said, seen


@app.cell
def _(mo, seen, truth):
    chosen = truth[seen.selected]
    mo.plain_text(f"{len(chosen)} crops selected, of {len(set(chosen.tolist()))} pictures")
    return


@app.cell(hide_code=True)
def _(mo):
    mo.md("""
    ## The pictures themselves

    The same crops on the same map, as pictures: one of each cell is on show, framed in the colour of the cell's
    commonest class. What is selected here is selected in both maps. **Click** a cell to open a sheet of its crops.
    """)
    return


@app.cell
def _(crops, ls, mo, seen, truth):
    mosaic = mo.ui.anywidget(ls.Mosaic(crops, seen, num_tiles_x=24, labels=truth))
    mosaic
    return (mosaic,)


@app.cell
async def _(mo, mosaic, truth):
    await mosaic.widget
    cell = mosaic.points_at_grid_index(22, 16)
    mo.plain_text(f"{len(cell)} crops in cell 22, 16, of {', '.join(sorted(set(truth[cell].tolist())))}")
    return


@app.cell(hide_code=True)
def _(mo):
    mo.md("""
    ## What each unit tells

    Which of the 96 units tell the ten pictures apart? Each is tested, the best are drawn. **Click** a unit to colour maps
    and mosaic by it; **click** a box to select its crops everywhere. Draw around crops in a map or the mosaic: a box of
    their own, and the units are ranked by what tells them from the rest.

    Every class here is a single picture, and crops of one picture are alike: the p say nothing of other pictures. Where
    `slides` are passed, slides or patients are counted instead of their tiles.
    """)
    return


@app.cell
def _(activations, ls, mo, mosaic, said, seen, truth):
    box = mo.ui.anywidget(ls.BoxPlot(activations, truth, title="Units of the network"))
    ls.link(seen, said, mosaic, box)
    box
    return (box,)


@app.cell
async def _(box, mo):
    await box.widget
    mo.plain_text(f"These tell the pictures apart: {box.ranking['unit'][:6].tolist()}")
    return


@app.cell(hide_code=True)
def _(mo):
    mo.md("""
    ## The network itself

    So far the activations came from a file. Here is the network that gave them, read and run in this page: its layers as
    a table. **Click** one to see all of it, a column's name sorts. What the file doesn't say of pictures is said here:
    values from 0 to 1, and no more done to them.
    """)
    return


@app.cell
def _(folder, ls, mo, names):
    model = mo.ui.anywidget(
        ls.Model(folder / "network.onnx", mean=0, std=1, classes=names.tolist(), title="The network")
    )
    model
    return (model,)


@app.cell(hide_code=True)
def _(mo):
    mo.md("""
    What does an early layer see? Its activations go straight into a map, a mosaic and box plots: the page runs the
    network once for all three.
    """)
    return


@app.cell
def _(crops, ls, mo, model, truth):
    few, kinds = crops[::3], truth[::3]
    early = ls.Features(model, "node_relu_2", pooling="avg")(few)
    early_map = mo.ui.anywidget(ls.UmapScatter(early, labels=kinds, images=few, title="As an early layer sees them"))
    early_tiles = mo.ui.anywidget(ls.Mosaic(few, early_map, num_tiles_x=16, labels=kinds))
    early_box = mo.ui.anywidget(ls.BoxPlot(early, kinds, title="Units of an early layer"))
    ls.link(early_map, early_tiles, early_box)
    mo.vstack([early_map, early_tiles, early_box])
    return


@app.cell(hide_code=True)
def _(mo):
    mo.md("""
    ## Keep it

    A figure for a paper (PNG, SVG or PDF by its suffix), and a page that needs neither Python nor a network. Both are
    also in the toolbar's *Save* menu.
    """)
    return


@app.cell
async def _(mo, seen):
    await seen.widget
    figure = await seen.save(mo.notebook_dir() / "picture-network.pdf")
    page = seen.to_html(mo.notebook_dir() / "picture-network.html")
    mo.plain_text(f"{figure.name} and {page.name} are there")
    return


if __name__ == "__main__":
    app.run()
