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


@pytest.mark.parametrize("kernel", [True, False])
def test_in_a_kernel_the_pages_code_goes_ahead_of_the_widget_that_is_imported(kernel):
    pretend = "import ipykernel.ipkernel" if kernel else ""
    watch = """
import layerscope as ls, layerscope._asset as asset
made = asset.Asset.__init__
def note(self, **traits):
    print("made", "layerscope._mosaic" in sys.modules)
    made(self, **traits)
asset.Asset.__init__ = note
ls.Mosaic
"""
    assert modules_after(f"{pretend}\n{watch}")[: 2 if kernel else 1] == (["made", "False"] if kernel else ["sys"])
