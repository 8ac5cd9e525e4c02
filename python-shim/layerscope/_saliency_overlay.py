"""What of a picture a model's answer stands on, over the picture."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple, Unpack

from layerscope._about_pictures import AboutPictures, opened
from layerscope._blocks import Block
from layerscope._errors import InputError
from layerscope._map_pictures import encode_map_pictures
from layerscope._option_checks import Numbers, check_choice
from layerscope._overlay_options import (
    Arrangement,
    Blend,
    ClassIdx,
    Methods,
    SaliencyColormap,
    Underlay,
    encode_maps,
    wire_class_idx,
    wire_look,
    wire_methods,
    wire_shown,
)
from layerscope._packed_arrays import unpack_arrays
from layerscope._question import Question
from layerscope._saliency import Of
from layerscope._saliency_options import OverlayOptions, wire_every_option
from layerscope._theme import Theme, check_theme

if TYPE_CHECKING:
    import numpy as np

_OF = ("logits", "probabilities")


class Curves(NamedTuple):
    """What becomes of a class as the most salient places go, or come: after RISE (Petsiuk, Das and Saenko 2018).

    Parameters
    ----------
    shares
        Of the picture, from 0 to 1.
    deletion
        The class's probability with that share of the places blurred away, the most salient first.
    insertion
        The same with that share put into the blurred picture.
    deletion_area, insertion_area
        The areas under them, 0 to 1: of a faithful map the first is small and the second large.
    """

    shares: "np.ndarray[Any, Any]"
    deletion: "np.ndarray[Any, Any]"
    insertion: "np.ndarray[Any, Any]"
    deletion_area: float
    insertion_area: float


class SaliencyOverlay(AboutPictures):
    """Maps of what a model's answer stands on, over the picture, with the means to judge them.

    The page runs the model and its gradient. A click on a class shows the map of that class; the eraser takes the most
    salient places away while the class's bar falls.

    Parameters
    ----------
    model
        A `Model`, or whatever that takes: a path, bytes, a ``torch.nn.Module``, a ``keras.Model``. None with `maps`.
    images
        A path, encoded bytes, a PIL picture or an array; or several of them, each a row. 8-bit pictures get the model's
        preprocessing, floats are taken as prepared.
    class_idx
        The class that maps are about, by its number or its name; several, each a column; None: of each picture the one
        that the model finds likeliest.
    method
        A method of `SaliencyMap` by its name, or several, each a column: "vanilla", "gradient_x_input",
        "integrated_gradients", "guided_integrated_gradients", "blur_integrated_gradients", "xrai", "xrai_fast",
        "gradcam", "gradcam_plus_plus", "layercam" or "occlusion".
    smooth
        Whether they are smoothed (SmoothGrad), those that can be; or a list that says so of each.
    of
        "logits", what comes before a final softmax or sigmoid; "probabilities", what comes after.
    shown
        The number of the picture on show, or several; None: all of up to four, else the first.
    arrangement
        Picture and map "side" by side; as an "overlay" alone; or with one sliding "edge" between them.
    colormap
        "inferno", "oranges", "viridis", "grey"; "signed" tells what speaks against the class from what speaks for it.
    under
        What is seen through a map: its "picture" in grey, or "nothing".
    blend
        "layerscope": the picture in grey, the map over it by its strength; "slideflow": as Slideflow draws it, byte for
        byte.
    opacity
        Of the map where it is strongest, 0 to 1.
    percentile
        Of a hundred places so many lie below the brightest colour, 1 to 100.
    contours
        Draw lines around what is above a quarter, a half and three quarters.
    top
        Show the most salient so many per cent of the places alone; None: all.
    maps
        Maps that were made elsewhere, 0 to 1, in the place of a model's: height × width for one picture, or
        pictures × columns × height × width.
    map_names
        What their columns are called.
    names
        What the pictures are called; the names of their files unless given.
    title
        Stands over the maps.
    theme
        "auto" follows the notebook; "light" or "dark".
    **options
        Those of the methods, as in `SaliencyMap`; each takes its own: ``x_steps``, ``x_baseline``, ``steps``,
        ``nsamples``, ``layer`` and so on. How a path is summed up is called ``rule`` here ("riemann" or
        "gausslegendre").

    Examples
    --------
    >>> overlay = ls.SaliencyOverlay("lab.h5", "dog.1100.jpg", method=["integrated_gradients", "gradcam"])
    >>> mask = await overlay.mask()  # as it is drawn, 0 to 1
    >>> (await overlay.curves()).deletion_area
    >>> await overlay.save("dog.pdf")

    Raises
    ------
    InputError
        When something passed can't be used; says what, where, and what to do. Whether there is such a class or layer,
        and whether the model can be differentiated, the page knows.
    TypeError
        On an unknown argument, with the nearest known one.
    """

    _called = "overlay"
    _formats: ClassVar[tuple[str, ...]] = ("png", "svg", "pdf", "npy", "csv")
    _data_props: ClassVar[frozenset[str]] = AboutPictures._data_props | {"maps", "options"}

    def __init__(  # noqa: PLR0913 - what people may give
        self,
        model: object,
        images: object,
        class_idx: ClassIdx = None,
        method: Methods = "integrated_gradients",
        *,
        smooth: bool | Sequence[bool] = False,
        of: Of = "logits",
        shown: int | Sequence[int] | None = None,
        arrangement: Arrangement = "side",
        colormap: SaliencyColormap = "inferno",
        under: Underlay = "picture",
        blend: Blend = "layerscope",
        opacity: float = 0.85,
        percentile: float = 99,
        contours: bool = False,
        top: float | None = None,
        maps: object = None,
        map_names: Sequence[str] | None = None,
        names: Sequence[str] | None = None,
        title: str | None = None,
        theme: Theme = "auto",
        **options: Unpack[OverlayOptions],
    ) -> None:
        check_theme(theme)
        check_choice("of", of, _OF)
        asked = {"classIdx": wire_class_idx(class_idx), "methods": wire_methods(method, smooth), "of": of}
        drawn = wire_look(
            arrangement=arrangement,
            colormap=colormap,
            under=under,
            blend=blend,
            opacity=opacity,
            percentile=percentile,
            contours=contours,
            top=top,
        )
        wired = wire_every_option(dict(options))
        given = encode_map_pictures(images, names)
        self._maps = encode_maps(maps, given.pictures.rows)
        self._option_blocks = wired.blocks
        self.model = None if model is None and self._maps is not None else opened(model)
        told = {
            **asked,
            **drawn,
            "options": wired.options or None,
            "shown": wire_shown(shown, given.pictures.rows),
            "maps": None if self._maps is None else self._maps.reference,
            "mapNames": _map_names(map_names, None if self._maps is None else self._maps.shape[1]),
            "title": title,
            "theme": theme,
        }
        super().__init__("saliency-overlay", self.model, given, told)

    @property
    def class_idx(self) -> int | str | list[int | str] | None:
        """The class that a reader looks at; None: of each picture the likeliest. Set it to look at another."""
        if "classIdx" in self._told:
            told = self._told["classIdx"]
            return None if told is None else int(told)
        asked: list[int | str] | None = self._props.get("classIdx")
        return asked[0] if asked is not None and len(asked) == 1 else asked

    @class_idx.setter
    def class_idx(self, class_idx: ClassIdx) -> None:
        wired = wire_class_idx(class_idx)
        self._put("classIdx", wired[0] if wired and len(wired) == 1 else wired, {"classIdx": wired})

    def mask(self) -> "Question[np.ndarray[Any, Any]]":
        """Return the maps on show as they are drawn: clipped at the percentile, 0 to 1 (0.5 is zero where signed).

        Returns
        -------
        Question
            `await` it for height × width, single precision; of several pictures or columns for
            pictures × columns × height × width.
        """
        return self._ask("mask", {}, _read_grid, "mask()")

    def raw(self) -> "Question[np.ndarray[Any, Any]]":
        """Return the maps on show unclipped: what each place brings, summed over the channels, with its sign.

        Returns
        -------
        Question
            `await` it for an array of the shape that `mask` has.
        """
        return self._ask("raw", {}, _read_grid, "raw()")

    def curves(self, picture: int = 0, column: int = 0) -> Question[Curves]:
        """Judge a map: take the most salient places away, step by step, and put them into the blurred picture.

        Parameters
        ----------
        picture, column
            Which of those on show, from 0.

        Returns
        -------
        Question
            `await` it for the `Curves`.

        Raises
        ------
        InputError
            On what is no place; when awaited, where there is no such map.
        """
        place = {"picture": picture, "column": column}
        for name, number in place.items():
            Numbers(integer=True, least=0).check(name, number)
        return self._ask("curves", place, _read_curves, f"curves({picture}, {column})")

    def __repr__(self) -> str:
        columns = self._props.get("mapNames") or [_method_words(each) for each in self._props["methods"]]
        of = "maps given" if self.model is None else self._model_words
        return f"SaliencyOverlay({self._picture_words}, {of}, {', '.join(columns)}): {self._page.sentence}"

    # What the base asks for

    def _first_shown(self) -> int:
        return int(self._props.get("shown", [0])[0])

    def _showing(self, number: int) -> Mapping[str, Any]:
        return {"shown": [number]}

    def _held_blocks(self) -> Mapping[str, Block]:
        maps = () if self._maps is None else self._maps.blocks
        return {**super()._held_blocks(), **{block.key: block for block in (*maps, *self._option_blocks)}}


def _map_names(names: object, columns: int | None) -> list[str] | None:
    if names is None:
        return None
    if columns is None:
        raise InputError("map_names are given without maps.", "Pass maps as well.")
    listed = [str(name) for name in names] if isinstance(names, (list, tuple)) else [str(names)]
    if len(listed) != columns:
        raise InputError(f"{len(listed)} map_names for {columns} columns of maps.", "Pass one a column.")
    return listed


def _method_words(asked: Mapping[str, Any]) -> str:
    return str(asked["method"]).replace("_", " ") + (" (smooth)" if asked["smooth"] else "")


def _read_grid(header: Mapping[str, Any], content: bytes) -> "np.ndarray[Any, Any]":
    import numpy as np

    # A copy: what is had is the reader's own, to be written to.
    grid = np.frombuffer(content, "<f4").reshape(tuple(header["shape"])).copy()
    return grid[0, 0] if grid.shape[:2] == (1, 1) else grid


def _read_curves(header: Mapping[str, Any], content: bytes) -> Curves:
    import numpy as np

    arrays = {name: np.array(array) for name, array in unpack_arrays(header, content).items()}
    areas = {"deletion_area": float(header["deletionArea"]), "insertion_area": float(header["insertionArea"])}
    return Curves(arrays["shares"], arrays["deletion"], arrays["insertion"], **areas)
