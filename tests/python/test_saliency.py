import layerscope as ls
import numpy as np
import pytest

IMAGE = np.arange(4 * 4 * 3, dtype=np.uint8).reshape(4, 4, 3)


@pytest.fixture
def page(notebook):
    page = notebook(ls.Model({"lab.onnx": b"graph"}))
    page.is_done()
    return page


def asked(page):
    return [content["options"] for content, _ in page.heard if content["kind"] == "command"]


def answered(*names, pictures=1, raw=False):
    """Write an answer with a map of 2 × 2 for each picture of each run, numbered through, and of 3 × 2 × 2 if raw."""
    arrays, content = [], b""
    runs = []
    for place, name in enumerate(names):
        told = []
        for row in range(pictures):
            shapes = [("map", (2, 2)), ("raw", (3, 2, 2))] if raw else [("map", (2, 2))]
            for kind, shape in shapes:
                values = np.full(shape, place + row / 10, "<f4")
                arrays.append(
                    {"name": f"{kind}/{place}/{row}", "dtype": "float32", "shape": list(shape), "offset": len(content)}
                )
                content += values.tobytes()
            told.append(
                {"score": 2.5, "baselineScore": 0.5, "completeness": {"sum": 1.9, "difference": 2, "error": -0.1}}
            )
        runs.append({"name": name, "layer": "conv", "notes": ["The final Softmax is left out."], "pictures": told})
    return {"saliency": ({"arrays": arrays, "runs": runs}, content)}


async def test_a_picture_gives_a_map_and_a_list_a_list(page):
    smap = ls.SaliencyMap(page.widget, class_idx=np.int64(2))
    one = smap.vanilla(IMAGE)
    page.answer_all(**answered("vanilla"))
    found = await one
    assert (found.shape, found.dtype) == ((2, 2), np.dtype("float32"))
    found[0, 0] = 7  # it is the reader's own
    (options,) = asked(page)
    assert options["images"]["$images"]["length"] == 1
    assert {name: options[name] for name in ("target", "of", "runs", "options", "raw", "workers")} == {
        "target": {"class": 2},
        "of": "logits",
        "runs": [{"name": "vanilla", "method": "vanilla", "smooth": False}],
        "options": {},
        "raw": False,
        "workers": None,
    }
    for several in ([IMAGE, IMAGE], np.stack([IMAGE, IMAGE])):
        question = smap.get(several, ls.SaliencyMap.BLUR_INTEGRATED_GRADIENTS_SMOOTH)
        page.answer_all(**answered("blur_integrated_gradients", pictures=2))
        first, second = await question
        assert (first.max(), second.max()) == (0, np.float32(0.1))
    run = {"name": "blur_integrated_gradients", "method": "blur_integrated_gradients", "smooth": True}
    assert asked(page)[-1]["runs"] == [run]


async def test_raw_carries_what_the_map_was_made_of(page):
    smap = ls.SaliencyMap(page.widget, (1, 0), of="probabilities")
    question = smap.integrated_gradients(
        IMAGE.astype(float), 50, method="gausslegendre", x_baseline=np.ones((4, 4, 3)), raw=True, workers=2
    )
    (options,) = asked(page)
    assert np.array_equal(page.read(options["options"]["xBaseline"]), np.ones((4, 4, 3)))
    page.answer_all(**answered("integrated_gradients", raw=True))
    found = await question
    assert (found.raw.shape, found.score, found.baseline_score, found.layer) == ((3, 2, 2), 2.5, 0.5, "conv")
    assert found.completeness == (1.9, 2, -0.1)
    assert np.array_equal(np.asarray(found), found.map)
    assert repr(found) == "Attribution(2 × 2: score 2.5, sum 1.9 of 2, at conv)"
    assert options["target"] == {"class": 1, "minus": 0}
    assert {**options["options"], "xBaseline": None} == {"xSteps": 50, "method": "gausslegendre", "xBaseline": None}
    assert (options["of"], options["raw"], options["workers"]) == ("probabilities", True, 2)


async def test_all_is_slideflows_eight(page):
    question = ls.SaliencyMap(page.widget, 0).all(IMAGE, nsamples=3)
    (options,) = asked(page)
    names = [run["name"] for run in options["runs"]]
    page.answer_all(**answered(*names))
    maps = await question
    assert list(maps) == [
        "Vanilla",
        "Vanilla (Smoothed)",
        "Integrated Gradients",
        "Integrated Gradients (Smooth)",
        "Guided Integrated Gradients",
        "Guided Integrated Gradients (Smooth)",
        "Blur Integrated Gradients",
        "Blur Integrated Gradients (Smooth)",
    ]
    assert [run["smooth"] for run in options["runs"]] == [False, True] * 4
    assert options["options"] == {"nsamples": 3}
    assert maps["Integrated Gradients"].max() == 2


def test_each_method_passes_its_own_arguments(page):
    smap = ls.SaliencyMap(page.widget, ("conv", 3))
    smap.gradcam(IMAGE, -2, should_resize=False)
    smap.gradcam_plus_plus(IMAGE, "conv")
    smap.layercam(IMAGE)
    smap.guided_integrated_gradients(IMAGE, 7, 0.5, 0.25)
    smap.blur_integrated_gradients(IMAGE, max_sigma=8, steps=4, grad_step=0.5, sqrt=True)
    smap.xrai(IMAGE, area_threshold=0.5, min_pixel_diff=1, segments=np.zeros((4, 4), int))
    smap.xrai_fast(IMAGE, steps=5)
    smap.gradient_x_input(IMAGE, smooth=True, stdev_spread=0.2, nsamples=5, magnitude=False, seed=3)
    smap.occlusion(IMAGE, 3, 2, 0.5)
    told = [(options["runs"][0]["method"], options["options"]) for options in asked(page)]
    segments = told[5][1].pop("segments")["$array"]
    assert (segments["dtype"], segments["shape"]) == ("int32", [4, 4])
    assert told == [
        ("gradcam", {"layer": -2, "shouldResize": False}),
        ("gradcam_plus_plus", {"layer": "conv"}),
        ("layercam", {}),
        ("guided_integrated_gradients", {"xSteps": 7, "maxDist": 0.5, "fraction": 0.25}),
        ("blur_integrated_gradients", {"maxSigma": 8, "steps": 4, "gradStep": 0.5, "sqrt": True}),
        ("xrai", {"areaThreshold": 0.5, "minPixelDiff": 1}),
        ("xrai_fast", {"steps": 5}),
        ("gradient_x_input", {"stdevSpread": 0.2, "nsamples": 5, "magnitude": False, "seed": 3}),
        ("occlusion", {"size": 3, "stride": 2, "value": 0.5}),
    ]
    assert asked(page)[0]["target"] == {"layer": "conv", "channel": 3}


@pytest.mark.parametrize(
    ("call", "error", "sentence"),
    [
        (lambda smap: smap.vanilla(IMAGE, steps=3), TypeError, r"^unknown argument: steps\. "),
        (
            lambda smap: smap.vanilla(IMAGE, nsample=3),
            TypeError,
            r"^unknown argument: nsample\. Did you mean nsamples\?$",
        ),
        (lambda smap: smap.get(IMAGE, 10), ls.InputError, r"^method: expected a number from 0 to 9, got 10$"),
        (
            lambda smap: smap.integrated_gradients(IMAGE, 0),
            ls.InputError,
            r"^x_steps: expected an integer from 1 to 10000",
        ),
        (
            lambda smap: smap.integrated_gradients(IMAGE, x_baseline="grey"),
            ls.InputError,
            r'^Unknown x_baseline: "grey"',
        ),
        (lambda smap: smap.integrated_gradients(IMAGE, method="simpson"), ls.InputError, r'^Unknown method: "simpson"'),
        (
            lambda smap: smap.guided_integrated_gradients(IMAGE, fraction=2),
            ls.InputError,
            r"^fraction: expected a number",
        ),
        (lambda smap: smap.xrai(IMAGE, segments=[1, 2]), ls.InputError, r"^segments is of 2\. Pass labels"),
        (lambda smap: smap.vanilla(None), ls.InputError, r"^There is no picture\."),
    ],
)
def test_what_has_no_meaning_is_refused(page, call, error, sentence):
    with pytest.raises(error, match=sentence):
        call(ls.SaliencyMap(page.widget, 0))
    assert asked(page) == []


@pytest.mark.parametrize("target", [-1, "conv", True, (0, 1, 2), ("conv", 1, 2), ("conv", -1), None])
def test_a_target_is_a_class_two_classes_or_a_unit(target):
    with pytest.raises(ls.InputError, match=r"^class_idx: expected "):
        ls.SaliencyMap(ls.Model(b"\x08"), target)


async def test_the_gradient_is_a_file(page, tmp_path):
    question = page.widget.gradient_graph(("conv", 1, 2, 3), at="conv0", of="probabilities", batch=2)
    assert asked(page) == [
        {
            "target": {"layer": "conv", "channel": 1, "row": 2, "column": 3},
            "at": "conv0",
            "of": "probabilities",
            "batch": 2,
        }
    ]
    header = {
        "name": "lab.onnx",
        "inputs": [{"name": "x", "shape": [2, 3, 4, 4]}],
        "outputs": [{"name": "y", "shape": [2, 5]}, {"name": "gradient", "shape": [2, 3, 4, 4]}],
        "notes": ["The final Softmax is left out."],
    }
    page.answer_all(gradientGraph=(header, b"graph"))
    graph = await question
    assert (graph.output_names, graph.inputs[0].shape, graph.notes) == (
        ["y", "gradient"],
        (2, 3, 4, 4),
        ("The final Softmax is left out.",),
    )
    assert graph.save(tmp_path / "gradient.onnx").read_bytes() == graph.bytes == b"graph"
    assert repr(graph) == "GradientGraph(lab.onnx: x (2, 3, 4, 4) → y (2, 5), gradient (2, 3, 4, 4), 5 bytes)"
    with pytest.raises(ls.InputError, match=r"^There is no folder "):
        graph.save(tmp_path / "none" / "gradient.onnx")
    with pytest.raises(ls.InputError, match=r"^batch: expected an integer from 1 to 4096, got 0$"):
        page.widget.gradient_graph(batch=0)
