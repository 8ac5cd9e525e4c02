import subprocess
import sys
from pathlib import Path

import layerscope as ls
import pytest

SOURCE = Path(__file__).parent.parent.parent / "python-shim"


def modules_after(code):
    """What a fresh Python has imported once it has run this."""
    script = f"import sys; sys.path.insert(0, {str(SOURCE)!r})\n{code}\nprint(*sys.modules)"
    ran = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True)  # noqa: S603 - ours
    return ran.stdout.split()


def test_a_widget_is_imported_when_it_is_asked_for_and_none_but_it():
    package = modules_after("import layerscope")
    assert "layerscope._errors" in package
    assert not {"ipywidgets", "numpy", "layerscope._mosaic"} & {*package}
    mosaic = modules_after("import layerscope; layerscope.Mosaic")
    assert {"ipywidgets", "layerscope._mosaic"} < {*mosaic}
    assert not {"numpy", "layerscope._box_plot", "layerscope._export", "layerscope._umap_scatter"} & {*mosaic}


def test_a_widget_over_arrays_takes_no_more_of_numpy_than_arrays():
    shown = modules_after("import layerscope, numpy; layerscope.UmapScatter(numpy.zeros((4, 2)))")
    assert "numpy" in shown
    assert not {"numpy.ma", "pandas"} & {*shown}


def test_every_name_is_there_and_known_before_it_is_imported():
    names = modules_after("import layerscope; print(*dir(layerscope))")
    assert {*ls.__all__} <= {*names}
    assert all(getattr(ls, name) is not None for name in ls.__all__)


def test_a_name_that_is_not_there_is_refused_with_those_that_are():
    with pytest.raises(AttributeError, match=r'^layerscope has no "Mosaik" \(expected Activations, .*to_html\)\.$'):
        _ = ls.Mosaik


def test_no_garbage_is_collected_while_a_widget_is_imported_and_then_as_before():
    watch = """
import gc
import layerscope as ls
seen = []
gc.set_threshold(1, 1, 1)
gc.callbacks.append(lambda phase, info: seen.append(phase))
gc.collect()
seen.clear()
ls.Mosaic
print(len(seen) < 9, gc.isenabled())
"""
    assert modules_after(watch)[:2] == ["True", "True"]
    assert (
        modules_after("import gc; gc.disable()\nimport layerscope as ls; ls.Mosaic; print(gc.isenabled())")[0]
        == "False"
    )


AHEAD = """
import comm, layerscope as ls
opened = []
create = comm.create_comm
def note(**told):
    name = told["data"]["state"]["_model_name"]
    opened.append((name, "ipywidgets" in sys.modules, "layerscope._mosaic" in sys.modules))
    return create(**told)
comm.create_comm = note
"""


def opened_in_a_kernel(code):
    """What models `ls.Mosaic` opens: their names, whether ipywidgets was imported, and whether the widget was."""
    found = modules_after(f"import ipykernel.ipkernel\n{AHEAD}\n{code}\nprint(len(opened), *sum(opened, ()))")
    return found[1 : 1 + 3 * int(found[0])]


def test_in_a_kernel_the_pages_code_goes_ahead_of_all_that_is_imported():
    assert opened_in_a_kernel("ls.Mosaic; ls.UmapScatter") == ["AnyModel", "False", "False"]
    assert opened_in_a_kernel("import ipywidgets; ls.Mosaic; ls.UmapScatter") == ["AnyModel", "True", "False"]
    assert modules_after(f"{AHEAD}\nls.Mosaic; print(len(opened))")[0] == "0"


@pytest.mark.parametrize(
    ("before", "sent"),
    [
        ("sys.modules['google.colab'] = sys", ["True"]),
        ("import layerscope._asset_ahead as a; a.version = lambda _: '0.0.1'", ["False", "True"]),
        ("import layerscope._asset_ahead as a; a.PROTOCOL = '1'", ["False", "True"]),
    ],
)
def test_a_model_that_the_notebook_would_not_know_is_opened_in_the_usual_way(before, sent):
    told = f"{before}\nls.Mosaic\nfrom layerscope._asset import asset\nopened.append((asset().comm._closed,) * 3)"
    assert opened_in_a_kernel(told)[1::3] == [*sent, "False"]


def test_what_goes_ahead_is_what_the_model_says_of_itself():
    code = """
import ipykernel.ipkernel, layerscope as ls, layerscope._asset_ahead as ahead
taken = []
take = ahead.take_ahead
ahead.take_ahead = lambda: taken.append(take()) or taken[-1]
ls.Mosaic
from layerscope._asset import asset
print(asset().comm is taken[0].comm, asset().get_state() == taken[0].state)
"""
    assert modules_after(code)[:2] == ["True", "True"]
