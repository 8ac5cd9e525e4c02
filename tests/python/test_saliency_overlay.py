import json
import re
from pathlib import Path

import layerscope as ls
import numpy as np
import pytest
from layerscope._saliency_options import METHODS

IMAGE = np.arange(4 * 5 * 3, dtype=np.uint8).reshape(4, 5, 3)
SOURCE = Path(__file__).parent.parent.parent / "src"
DRAWN = {
    "arrangement": "side",
    "colormap": "inferno",
    "blend": "layerscope",
    "under": "picture",
    "opacity": 0.85,
    "percentile": 99,
    "contours": False,
}


@pytest.fixture
def model(notebook):  # noqa: ARG001 - widgets speak to it
    return ls.Model({"lab.onnx": b"graph"}, size=4, backend="wasm")


@pytest.fixture
def page(notebook, model):
    return notebook(ls.SaliencyOverlay(model, IMAGE))


def props_of(overlay, *left):
    props = overlay._props
    json.dumps(props, allow_nan=False)
    return {name: value for name, value in props.items() if name not in {"model", "images", "preprocessing", *left}}


def test_left_alone_it_says_what_the_page_would_say_itself(page):
    assert props_of(page.widget) == {
        "methods": [{"method": "integrated_gradients", "smooth": False}],
        "of": "logits",
        **DRAWN,
        "theme": "auto",
    }
    assert page.widget._props["model"]["$model"]["name"] == "lab.onnx"
    assert page.widget._props["preprocessing"] == {"size": {"height": 4, "width": 4}}
    assert repr(page.widget) == "SaliencyOverlay(1 picture, lab.onnx, integrated gradients): waiting to be shown"


def test_properties_cross_under_the_names_of_the_page(notebook, model):
    baseline = np.zeros((4, 4, 3), "f4")
    overlay = ls.SaliencyOverlay(
        model,
        [IMAGE, IMAGE[::-1]],
        ["dog", np.int64(3)],
        ["integrated_gradients", "gradcam", "xrai"],
        smooth=True,
        of="probabilities",
        shown=[1],
        arrangement="edge",
        colormap="signed",
        blend="slideflow",
        under="nothing",
        opacity=0.5,
        percentile=90,
        contours=True,
        top=20,
        names=["a dog", "a cat"],
        title="Why",
        theme="dark",
        x_steps=50,
        rule="gausslegendre",
        x_baseline=baseline,
        layer="conv1",
        nsamples=5,
        area_threshold=0.5,
    )
    page = notebook(overlay)
    options = overlay._props["options"]
    assert page.read(options["xBaseline"]).shape == (4, 4, 3)
    assert {name: value for name, value in options.items() if name != "xBaseline"} == {
        "xSteps": 50,
        "method": "gausslegendre",
        "layer": "conv1",
        "nsamples": 5,
        "areaThreshold": 0.5,
    }
    assert props_of(overlay, "options") == {
        "classIdx": ["dog", 3],
        "methods": [
            {"method": "integrated_gradients", "smooth": True},
            {"method": "gradcam", "smooth": True},
            {"method": "xrai", "smooth": False},
        ],
        "of": "probabilities",
        "shown": [1],
        "arrangement": "edge",
        "colormap": "signed",
        "blend": "slideflow",
        "under": "nothing",
        "opacity": 0.5,
        "percentile": 90,
        "contours": True,
        "top": 20,
        "imageNames": ["a dog", "a cat"],
        "title": "Why",
        "theme": "dark",
    }


def test_the_page_takes_every_property_that_python_writes():
    text = (SOURCE / "widgets/saliency-overlay/props.ts").read_text()
    (defaults,) = re.findall(r"saliencyOverlayDefaults: SaliencyOverlayProps = \{(.*?)\n\};", text, re.DOTALL)
    known = set(re.findall(r"^  (\w+):", defaults, re.MULTILINE))
    overlay = ls.SaliencyOverlay(
        None, IMAGE, 0, maps=np.zeros((4, 5)), map_names=["mine"], top=5, names=["a"], title="a", shown=0, x_steps=5
    )
    assert set(overlay._props) - known == set()
    told = json.loads(json.dumps(overlay._props))
    written = {name: re.findall(rf"^  {name}: (.*),$", defaults, re.MULTILINE)[0] for name in DRAWN}
    plain = ls.SaliencyOverlay(None, IMAGE, maps=np.zeros((4, 5)))._props
    assert {name: json.loads(value) for name, value in written.items()} == {name: plain[name] for name in DRAWN}
    assert told["mapNames"] == ["mine"]


def test_the_methods_have_the_same_names_here_and_in_the_page():
    text = (SOURCE / "compute/saliency/saliency-method.ts").read_text()
    (listed,) = re.findall(r"SALIENCY_METHODS = \[(.*?)\] as const", text, re.DOTALL)
    assert tuple(re.findall(r'"(\w+)"', listed)) == METHODS


@pytest.mark.parametrize(
    ("maps", "pictures", "shape"),
    [
        (np.zeros((4, 5)), IMAGE, [1, 1, 4, 5]),
        (np.zeros((2, 4, 5)), IMAGE, [1, 2, 4, 5]),
        (np.zeros((2, 4, 5)), [IMAGE, IMAGE], [2, 1, 4, 5]),
        (np.zeros((2, 3, 4, 5)), [IMAGE, IMAGE], [2, 3, 4, 5]),
    ],
)
def test_maps_that_were_made_elsewhere_need_no_model(notebook, maps, pictures, shape):
    page = notebook(ls.SaliencyOverlay(None, pictures, maps=maps + 0.25))
    given = page.read(page.widget._props["maps"])
    assert (list(given.shape), given.dtype, given.max()) == (shape, np.dtype("float32"), 0.25)
    assert "model" not in page.widget._props
    assert "maps given" in repr(page.widget)


@pytest.mark.parametrize(
    ("given", "error", "sentence"),
    [
        ({"method": "gradcamm"}, ls.InputError, r'^Unknown method: "gradcamm"\. Pass vanilla, .* or occlusion\.$'),
        ({"method": []}, ls.InputError, r"^There is no method\."),
        ({"method": "xrai", "smooth": True}, ls.InputError, r"^xrai is not smoothed\. Leave smooth out\.$"),
        ({"method": ["vanilla", "xrai"], "smooth": [True]}, ls.InputError, r"^smooth: expected True, False"),
        ({"method": ["vanilla", "xrai"], "smooth": [False, True]}, ls.InputError, r"^xrai is not smoothed\."),
        ({"class_idx": -1}, ls.InputError, r"^class_idx: expected classes"),
        ({"class_idx": 1.5}, ls.InputError, r"^class_idx: expected classes"),
        ({"class_idx": []}, ls.InputError, r"^class_idx: expected classes"),
        ({"of": "scores"}, ls.InputError, r"^Unknown of"),
        ({"shown": 1}, ls.InputError, r"^shown: expected an integer from 0 to 0, got 1$"),
        ({"shown": []}, ls.InputError, r"^shown: expected numbers of pictures"),
        ({"arrangement": "below"}, ls.InputError, r"^Unknown arrangement"),
        ({"colormap": "jet"}, ls.InputError, r"^Unknown colormap"),
        ({"blend": "multiply"}, ls.InputError, r"^Unknown blend"),
        ({"opacity": 2}, ls.InputError, r"^opacity: expected a number from 0 to 1, got 2$"),
        ({"percentile": 0}, ls.InputError, r"^percentile: expected a number from 1 to 100, got 0$"),
        ({"top": 101}, ls.InputError, r"^top: expected"),
        ({"contours": "yes"}, ls.InputError, r"^contours: expected True or False"),
        ({"maps": np.zeros((2, 4, 5, 1))}, ls.InputError, r"^maps are of 2 × 4 × 5 × 1 for 1 picture\."),
        ({"maps": 3}, ls.InputError, r"^maps are of one number for 1 picture\."),
        ({"map_names": ["mine"]}, ls.InputError, r"^map_names are given without maps\."),
        ({"maps": np.zeros((4, 5)), "map_names": ["a", "b"]}, ls.InputError, r"^2 map_names for 1 columns"),
        ({"x_steps": 0}, ls.InputError, r"^x_steps: expected an integer from 1"),
        ({"rule": "simpson"}, ls.InputError, r"^Unknown rule"),
        ({"x_step": 5}, TypeError, r"^unknown argument: x_step\. Did you mean x_steps\?$"),
        ({"names": ["a", "b"]}, ls.InputError, r"^2 names for 1 picture\."),
    ],
)
def test_what_can_not_be_used_is_refused_in_a_sentence(model, given, error, sentence):
    with pytest.raises(error, match=sentence):
        ls.SaliencyOverlay(model, IMAGE, **given)


def test_without_a_model_and_without_maps_there_is_nothing_to_show():
    with pytest.raises(ls.InputError, match=r"^There is no model\."):
        ls.SaliencyOverlay(None, IMAGE)


@pytest.mark.parametrize("name", ["mask", "raw"])
async def test_the_maps_come_as_an_array_of_one_or_of_several(page, name):
    page.is_done()
    question = getattr(page.widget, name)()
    values = np.arange(12, dtype="<f4")
    page.answer_all(**{name: ({"shape": [1, 1, 3, 4], "names": ["picture 1"]}, values.tobytes())})
    found = await question
    assert found.tolist() == values.reshape(3, 4).tolist()
    found[0, 0] = 7  # it is the reader's own
    question = getattr(page.widget, name)()
    page.say("answer", id="head", of=page.last("command")[0]["id"], header={"shape": [2, 1, 2, 3]}, total=48)
    page.say("answer-chunk", values.tobytes(), id="chunk", of=page.last("command")[0]["id"], offset=0)
    assert (await question).shape == (2, 1, 2, 3)


async def test_a_map_is_judged_by_its_curves(page):
    page.is_done()
    question = page.widget.curves(0, 1)
    assert page.last("command")[0]["options"] == {"picture": 0, "column": 1}
    arrays, content = [], b""
    for name in ("shares", "deletion", "insertion"):
        arrays.append({"name": name, "dtype": "float32", "shape": [3], "offset": len(content)})
        content += np.array([0, 0.5, 1], "<f4").tobytes()
    header = {"arrays": arrays, "deletionArea": 0.25, "insertionArea": 0.75}
    page.answer_all(curves=(header, content))
    curves = await question
    assert curves.deletion.tolist() == [0, 0.5, 1]
    assert (curves.deletion_area, curves.insertion_area) == (0.25, 0.75)
    with pytest.raises(ls.InputError, match=r"^column: expected an integer of at least 0, got -1$"):
        page.widget.curves(0, -1)


def test_what_a_reader_looks_at_is_known_and_set_from_here(notebook, model):
    page = notebook(ls.SaliencyOverlay(model, [IMAGE, IMAGE, IMAGE], 2, shown=1))
    overlay = page.widget
    assert (overlay.image, overlay.class_idx) == (1, 2)
    page.say("told", facts={"image": 0, "classIdx": 1})
    assert (overlay.image, overlay.class_idx) == (0, 1)
    page.say("told", facts={"image": None, "classIdx": None})
    assert (overlay.image, overlay.class_idx) == (None, None)
    before = len(overlay.comm.sent)
    overlay.image = 1
    overlay.class_idx = 2
    assert (overlay.image, overlay.class_idx) == (1, 2)
    assert (overlay._props["shown"], overlay._props["classIdx"]) == ([1], [2])
    # A page hears only of what changes, and a reader had changed both.
    assert len(overlay.comm.sent) - before == 4
    overlay.class_idx = None
    assert (overlay.class_idx, overlay._props["classIdx"]) == (None, None)
    with pytest.raises(ls.InputError, match=r"^image: expected an integer from 0 to 2, got 3$"):
        overlay.image = 3


def test_a_page_has_the_model_its_engine_and_the_pictures(page, tmp_path):
    text = page.widget.to_html(tmp_path / "why.html").read_text()
    held = (*page.widget._held_blocks(), *page.widget._held_images())
    assert all(f'id="ls-{key}"' in text for key in ("part-engine", *held))


def test_a_page_of_maps_that_were_given_needs_no_engine(tmp_path):
    overlay = ls.SaliencyOverlay(None, IMAGE, maps=np.zeros((4, 5)))
    text = overlay.to_html(tmp_path / "maps.html").read_text()
    assert f'id="ls-{overlay._maps.key}"' in text
    assert "ls-part-engine" not in text


def test_a_page_without_the_model_shows_what_was_kept(page, tmp_path):
    with pytest.raises(ls.InputError, match=r"^No picture of the maps is kept yet.* Write await overlay, then"):
        page.widget.to_html(tmp_path / "early.html", points=False)
    page.write("_saved", b"picture")
    text = page.widget.to_html(tmp_path / "late.html", points=False).read_text()
    assert "are not in this page" in text
    assert not [part for part in ("$model", "$images", "ls-part-engine") if part in text]


@pytest.mark.parametrize("suffix", ["png", "svg", "pdf", "npy", "csv"])
def test_every_file_is_asked_for_by_its_suffix(page, tmp_path, suffix):
    page.is_done()
    page.widget.save(tmp_path / f"map.{suffix}")
    assert page.last("command")[0]["options"]["format"] == suffix
