import re
import sys
from pathlib import Path

import layerscope as ls
import nbformat
import pytest
from nbclient import NotebookClient

SOURCE = Path(__file__).parent.parent.parent / "python-shim"


@pytest.fixture
def told(front_end, tmp_path, monkeypatch):
    """What a kernel tells of the error in the last of some cells."""
    (tmp_path / "mine.py").write_text("def show(ls, points):\n    return ls.UmapScatter(points, labels=[1])\n")
    monkeypatch.setenv("PYTHONPATH", f"{SOURCE}:{tmp_path}")
    start = f"""import pathlib, numpy as np, layerscope as ls
from layerscope import _static
_static._STATIC = pathlib.Path({str(front_end)!r})
points = np.zeros((4, 2))"""

    def run(*cells):
        notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in (start, *cells)])
        NotebookClient(notebook, timeout=60, allow_errors=True).execute()
        (error,) = [output for output in notebook.cells[-1].outputs if output.output_type == "error"]
        return error.ename, error.traceback

    return run


def test_a_notebook_shows_the_sentence_under_the_readers_own_line_and_nothing_of_the_stack(told):
    name, traceback = told("# the labels of one row\nls.UmapScatter(points, labels=[1, 2, 3])")
    assert name == "InputError"
    assert traceback == [
        "Cell In[2], line 2: ls.UmapScatter(points, labels=[1, 2, 3])",
        "InputError: 3 labels for 4 rows. Pass one a row in labels.",
    ]


def test_every_line_of_the_readers_that_led_there_is_shown_also_those_in_modules(told):
    _, traceback = told("import mine\nmine.show(ls, points)")
    first, second, sentence = traceback
    assert first == "Cell In[2], line 2: mine.show(ls, points)"
    assert re.fullmatch(r"File .*mine\.py, line 2: return ls\.UmapScatter\(points, labels=\[1\]\)", second)
    assert sentence.startswith("InputError: ")


def test_what_is_awaited_fails_in_a_sentence_as_well(told):
    name, traceback = told("scatter = ls.UmapScatter(points)\nscatter.embedding")
    assert name == "NotReadyError"
    assert len(traceback) == 2
    assert traceback[0] == "Cell In[2], line 2: scatter.embedding"


def test_an_unknown_argument_is_told_as_shortly_and_is_still_a_type_error(told):
    name, traceback = told("ls.UmapScatter(points, n_neigbors=3)")
    assert (name, len(traceback)) == ("ArgumentError", 2)
    assert traceback[1] == "ArgumentError: unknown argument: n_neigbors. Did you mean n_neighbors?"
    with pytest.raises(TypeError):
        ls.UmapScatter([[1.0, 2.0]], n_neigbors=3)


def test_who_asks_for_verbose_tracebacks_gets_the_whole_one(told):
    _, traceback = told("%xmode Verbose", "ls.UmapScatter(points, labels=[1])")
    assert "_row_facts.py" in "".join(traceback)


def test_plain_python_shows_its_own_traceback(capsys):
    with pytest.raises(ls.InputError) as caught:
        ls.UmapScatter([[1.0, 2.0]], labels=[1, 2, 3])
    sys.__excepthook__(*caught._excinfo)
    shown = capsys.readouterr().err
    assert shown.startswith("Traceback (most recent call last):")
    assert "_row_facts.py" in shown
