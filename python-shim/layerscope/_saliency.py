"""What of a picture a model's answer stands on, by Slideflow's interface."""

from collections.abc import Mapping
from typing import Any, ClassVar, Literal, Unpack

from layerscope._errors import InputError
from layerscope._layer_names import LayerName
from layerscope._map_pictures import encode_map_pictures
from layerscope._marimo import unwrapped
from layerscope._model import Model
from layerscope._option_checks import check_choice, wrong
from layerscope._question import Question
from layerscope._requests import Enclosed
from layerscope._saliency_answer import read_maps
from layerscope._saliency_options import SaliencyOptions, wire_options
from layerscope._target import Target, wire_target

Of = Literal["logits", "probabilities"]

_OF = ("logits", "probabilities")


class SaliencyMap:
    """Maps of what a model's score for a class stands on: Slideflow's ``SaliencyMap``, computed in the page.

    Each method takes a picture, or a list of them whose maps are stretched together, and is awaited: for an array of
    height × width from 0 to 1, of a list for a list of them. 8-bit pictures get the model's preprocessing, floats are
    taken as prepared.

    Parameters
    ----------
    model
        A `Model`, or whatever that takes: a path, bytes, a ``torch.nn.Module``, a ``keras.Model``.
    class_idx
        The class whose score is looked at; ``(a, b)``, class a less class b; ``(layer, channel)``, the mean of a
        channel, such as `FeatureMapGrid.channel`; ``(layer, channel, row, column)``, one place of it.
    of
        "logits", what comes before a final softmax or sigmoid; "probabilities", what comes after.

    Notes
    -----
    Whatever the method, by name: ``raw=True`` gives `Attribution` objects, which carry the signed attribution, the
    score, and of methods along a path the completeness; ``workers``, how many share the work, which changes no bit of
    the result. With ``smooth=True`` (SmoothGrad): ``stdev_spread`` (0.15 of the picture's range), ``nsamples`` (25),
    ``magnitude`` (True: squares are averaged), ``seed``.

    After ``slideflow.grad.SaliencyMap`` (Slideflow 3), whose maps are PAIR's (``saliency`` 0.2.1). Where this differs:
    noise is seeded; `get` with ``BLUR_INTEGRATED_GRADIENTS_SMOOTH`` is smoothed; `gradcam` may be called for one layer
    after another, and finds the layer itself; a map without any difference is 0 everywhere, not NaN.

    Examples
    --------
    >>> smap = ls.SaliencyMap("lab.h5", class_idx=0)
    >>> plt.imshow(await smap.integrated_gradients(image), cmap="inferno")
    >>> found = await smap.integrated_gradients(image, x_steps=50, method="gausslegendre", raw=True)
    >>> found.completeness
    >>> maps = await smap.all(image)

    Raises
    ------
    InputError
        On an option without meaning, and when there is no such file. Whether there is such a class or layer, and
        whether the model can be differentiated, the page knows.
    """

    VANILLA: ClassVar[int] = 0
    VANILLA_SMOOTH: ClassVar[int] = 1
    INTEGRATED_GRADIENTS: ClassVar[int] = 2
    INTEGRATED_GRADIENTS_SMOOTH: ClassVar[int] = 3
    GUIDED_INTEGRATED_GRADIENTS: ClassVar[int] = 4
    GUIDED_INTEGRATED_GRADIENTS_SMOOTH: ClassVar[int] = 5
    BLUR_INTEGRATED_GRADIENTS: ClassVar[int] = 6
    BLUR_INTEGRATED_GRADIENTS_SMOOTH: ClassVar[int] = 7
    XRAI: ClassVar[int] = 8
    XRAI_FAST: ClassVar[int] = 9

    def __init__(self, model: object, class_idx: Target, *, of: Of = "logits") -> None:
        check_choice("of", of, _OF)
        given = unwrapped(model)
        if given is None:
            raise InputError("There is no model.", "Pass a Model, or the path of one.")
        self._target = wire_target("class_idx", class_idx)
        self.model = given if isinstance(given, Model) else Model(given)
        self.class_idx = class_idx
        self.of = of

    def vanilla(self, img: object, smooth: bool = False, **options: Unpack[SaliencyOptions]) -> Question[Any]:  # noqa: FBT001, FBT002 - as Slideflow has it
        """How the score changes with each place (Simonyan et al. 2013)."""
        return self._map("vanilla", img, {"smooth": smooth, **options})

    def gradient_x_input(self, img: object, smooth: bool = False, **options: Unpack[SaliencyOptions]) -> Question[Any]:  # noqa: FBT001, FBT002 - as its siblings
        """How much of the score each number of the picture brings: gradient × input (Shrikumar et al. 2016)."""
        return self._map("gradient_x_input", img, {"smooth": smooth, **options})

    def gradcam(
        self,
        img: object,
        layer: LayerName | None = None,
        smooth: bool = False,  # noqa: FBT001, FBT002 - as Slideflow has it
        **options: Unpack[SaliencyOptions],
    ) -> Question[Any]:
        """Grad-CAM (Selvaraju et al. 2017) at a layer; None: the last one with places.

        ``should_resize=False`` gives the layer's own places, ``raw=True`` says which layer it was.
        """
        return self._map("gradcam", img, {"layer": layer, "smooth": smooth, **options})

    def gradcam_plus_plus(
        self,
        img: object,
        layer: LayerName | None = None,
        smooth: bool = False,  # noqa: FBT001, FBT002 - as its siblings
        **options: Unpack[SaliencyOptions],
    ) -> Question[Any]:
        """Grad-CAM++ (Chattopadhay et al. 2018), called as `gradcam`."""
        return self._map("gradcam_plus_plus", img, {"layer": layer, "smooth": smooth, **options})

    def layercam(
        self,
        img: object,
        layer: LayerName | None = None,
        smooth: bool = False,  # noqa: FBT001, FBT002 - as its siblings
        **options: Unpack[SaliencyOptions],
    ) -> Question[Any]:
        """LayerCAM (Jiang et al. 2021), called as `gradcam`."""
        return self._map("layercam", img, {"layer": layer, "smooth": smooth, **options})

    def integrated_gradients(
        self,
        img: object,
        x_steps: int = 25,
        batch_size: int = 20,
        smooth: bool = False,  # noqa: FBT001, FBT002 - as Slideflow has it
        *,
        method: Literal["riemann", "gausslegendre"] = "riemann",
        **options: Unpack[SaliencyOptions],
    ) -> Question[Any]:
        """Integrated gradients (Sundararajan et al. 2017) along a straight line from a baseline.

        ``x_baseline``: "zeros" of what the model takes, "black", "white", "mean", "blur", or a picture as it takes one;
        ``method``: "riemann" as PAIR, "gausslegendre" as Captum. `batch_size` is Slideflow's and changes nothing.
        """
        given = {"x_steps": x_steps, "batch_size": batch_size, "smooth": smooth, "method": method, **options}
        return self._map("integrated_gradients", img, given)

    def guided_integrated_gradients(
        self,
        img: object,
        x_steps: int = 25,
        max_dist: float = 1.0,
        fraction: float = 0.5,
        smooth: bool = False,  # noqa: FBT001, FBT002 - as Slideflow has it
        **options: Unpack[SaliencyOptions],
    ) -> Question[Any]:
        """Guided integrated gradients (Kapishnikov et al. 2021): what matters least is changed first.

        ``x_baseline`` as in `integrated_gradients`.
        """
        given = {"x_steps": x_steps, "max_dist": max_dist, "fraction": fraction, "smooth": smooth, **options}
        return self._map("guided_integrated_gradients", img, given)

    def blur_integrated_gradients(
        self,
        img: object,
        batch_size: int = 20,
        smooth: bool = False,  # noqa: FBT001, FBT002 - as Slideflow has it
        **options: Unpack[SaliencyOptions],
    ) -> Question[Any]:
        """Blur integrated gradients (Xu et al. 2020): from a blurred picture to the sharp one.

        ``max_sigma`` (50), ``steps`` (100), ``grad_step`` (0.01), ``sqrt`` (False).
        """
        return self._map("blur_integrated_gradients", img, {"batch_size": batch_size, "smooth": smooth, **options})

    def xrai(self, img: object, batch_size: int = 20, **options: Unpack[SaliencyOptions]) -> Question[Any]:
        """XRAI (Kapishnikov et al. 2019): segments, ranked by their integrated gradients.

        ``steps`` (100 for each of two baselines), ``area_threshold`` (1.0), ``min_pixel_diff`` (50), ``segments``:
        labels of height × width, or masks of n × height × width, in the place of Felzenszwalb's.
        """
        return self._map("xrai", img, {"batch_size": batch_size, **options})

    def xrai_fast(self, img: object, batch_size: int = 20, **options: Unpack[SaliencyOptions]) -> Question[Any]:
        """XRAI with segments ranked once, called as `xrai`."""
        return self._map("xrai_fast", img, {"batch_size": batch_size, **options})

    def occlusion(
        self, img: object, size: int = 15, stride: int = 1, value: float = 0, **options: Unpack[SaliencyOptions]
    ) -> Question[Any]:
        """How the score falls where a patch of `size` pixels is covered with `value` (Zeiler and Fergus 2014).

        With a stride of 1 the model runs as often as there are pixels.
        """
        return self._map("occlusion", img, {"size": size, "stride": stride, "value": value, **options})

    def all(self, img: object, **options: Unpack[SaliencyOptions]) -> Question[dict[str, Any]]:
        """Slideflow's eight, by their names there: four methods, each plain and smoothed."""
        eight = list(_NUMBERED.values())[:_EIGHT]
        runs = [{"name": name, "method": method, "smooth": smooth} for name, method, smooth in eight]
        return self._ask(img, runs, dict(options), "all(img)")

    def get(self, img: object, method: int, **options: Unpack[SaliencyOptions]) -> Question[Any]:
        """Run a method by its number: `VANILLA`, `INTEGRATED_GRADIENTS_SMOOTH`, `XRAI` and so on."""
        if method not in _NUMBERED:
            raise wrong("method", f"a number from 0 to {len(_NUMBERED) - 1}", method)
        _, name, smooth = _NUMBERED[method]
        return self._map(name, img, {**({"smooth": True} if smooth else {}), **options})

    def __repr__(self) -> str:
        return f"SaliencyMap({self.model.name or 'no model yet'}, {self.class_idx}, of={self.of})"

    def _map(self, method: str, img: object, given: dict[str, Any]) -> Question[Any]:
        runs = [{"name": method, "method": method, "smooth": bool(given.get("smooth", False))}]
        return self._ask(img, runs, given, f"{method}(img)")

    def _ask(self, img: object, runs: list[dict[str, Any]], given: dict[str, Any], call: str) -> Question[Any]:
        wired = wire_options(runs[0]["method"], given)
        pictures = encode_map_pictures(img)
        raw = bool(given.get("raw", False))
        asked = {
            "images": pictures.pictures.reference,
            "target": self._target,
            "of": self.of,
            "runs": runs,
            "options": wired.options,
            "raw": raw,
            "workers": wired.workers,
        }
        enclosed = Enclosed((*pictures.pictures.blocks, *wired.blocks), pictures.pictures.images)

        def finish(header: Mapping[str, Any], content: bytes) -> Any:  # noqa: ANN401 - one map, several, or some of each kind
            maps = read_maps(header, content, is_one=pictures.is_one, raw=raw)
            return maps if len(runs) > 1 else maps[runs[0]["name"]]

        return self.model._ask("saliency", asked, finish, call, enclosed)


_NUMBERED = {
    SaliencyMap.VANILLA: ("Vanilla", "vanilla", False),
    SaliencyMap.VANILLA_SMOOTH: ("Vanilla (Smoothed)", "vanilla", True),
    SaliencyMap.INTEGRATED_GRADIENTS: ("Integrated Gradients", "integrated_gradients", False),
    SaliencyMap.INTEGRATED_GRADIENTS_SMOOTH: ("Integrated Gradients (Smooth)", "integrated_gradients", True),
    SaliencyMap.GUIDED_INTEGRATED_GRADIENTS: ("Guided Integrated Gradients", "guided_integrated_gradients", False),
    SaliencyMap.GUIDED_INTEGRATED_GRADIENTS_SMOOTH: (
        "Guided Integrated Gradients (Smooth)",
        "guided_integrated_gradients",
        True,
    ),
    SaliencyMap.BLUR_INTEGRATED_GRADIENTS: ("Blur Integrated Gradients", "blur_integrated_gradients", False),
    SaliencyMap.BLUR_INTEGRATED_GRADIENTS_SMOOTH: (
        "Blur Integrated Gradients (Smooth)",
        "blur_integrated_gradients",
        True,
    ),
    SaliencyMap.XRAI: ("XRAI", "xrai", False),
    SaliencyMap.XRAI_FAST: ("XRAI (Fast)", "xrai_fast", False),
}
"""Slideflow's numbers, with the names under which its `all` gives the first eight."""

_EIGHT = 8
