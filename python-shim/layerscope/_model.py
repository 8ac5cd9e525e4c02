"""A trained model, read and run in the page."""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Literal, NamedTuple

from layerscope._arrays import Reference
from layerscope._blocks import Block
from layerscope._errors import InputError
from layerscope._exported import Exported
from layerscope._gradient_graph import GradientGraph, read_gradient_graph
from layerscope._later import Later
from layerscope._model_declared import refuse_other_size, wire_classes, wire_shape
from layerscope._model_files import ModelFiles, encode_model_files, read_model_files
from layerscope._model_layer import ModelLayer, read_layer_table, read_layers
from layerscope._model_pictures import encode_model_pictures
from layerscope._option_checks import Numbers, check_choice
from layerscope._pictures import EncodedImages
from layerscope._prepared_pictures import PreparedPictures, read_prepared
from layerscope._preprocessing import BatchLayout, Channels, Resize, StainMethod, Standardization, wire_preprocessing
from layerscope._question import Question
from layerscope._requests import Enclosed
from layerscope._savable import Savable
from layerscope._saved_module import export_torch, is_keras_model, is_torch_module, save_keras
from layerscope._target import Target, wire_target
from layerscope._theme import Theme, check_theme

ModelBackend = Literal["auto", "webgpu", "wasm", "cpu"]

_BACKENDS = ("auto", "webgpu", "wasm", "cpu")
_BATCH = Numbers(integer=True, least=1, most=4096, optional=True)


class _Dropped(NamedTuple):
    """What a reader has dropped on the table; the page finds it by its key."""

    name: str
    key: str


class Model(Savable):
    """A trained model: its layers as a table, and whatever is to be known of it.

    The page reads the file and runs it, with onnxruntime-web: on WebGPU where that gives right numbers sooner, else in
    WebAssembly. Nothing of it runs in Python.

    Parameters
    ----------
    source
        A path, bytes or an open file: .onnx, .keras, or .h5 of Keras; several of these; contents by name; a
        ``torch.nn.Module`` (exported with ``torch.onnx.export``, needs onnx and onnxscript) or a ``keras.Model``
        (saved as .keras). With a path that ends in .onnx come the files of its weights beside it, such as
        ``lab.onnx.data``. None: an empty widget, on which a file can be dropped.
    external_data
        Paths of further files that an .onnx keeps its weights in, or their bytes by name.
    input_shape
        One picture's, as the model has it, such as (224, 224, 3): where the file leaves it open, and to export a
        ``torch.nn.Module``.
    example
        For a ``torch.nn.Module``, in the place of `input_shape`: a batch of two pictures or more.
    classes
        A name for each of the model's classes: what the columns of its predictions are called, in `BoxPlot` too.
    backend
        "auto"; "webgpu" or "wasm" ("cpu" is the same) where it is to be this one.
    size
        Pixels that pictures are resized to: a side, or (height, width).
    resize
        By what, to the byte as Pillow: "nearest" (as Keras' ``load_img``), "bilinear", "bicubic" or "lanczos".
    layout
        Where a batch has its channels: "NHWC" or "NCHW".
    channels
        What these are: "RGB", "BGR" or "grey".
    scale, mean, std
        A pixel's value v from 0 to 255 becomes (v · scale - mean) / std; mean and std one number, or one a channel.
    standardize
        In the place of these three, as Slideflow: "tensorflow", each picture less its mean, divided by its standard
        deviation (``tf.image.per_image_standardization``); "torch", v / 127.5 - 1.
    normalizer
        Stain normalisation after resizing, to Slideflow's own target ("v3"): "reinhard", "reinhard_fast",
        "reinhard_mask", "reinhard_fast_mask", "macenko" or "macenko_fast".
    title
        Stands over the table.
    theme
        "auto" follows the notebook; "light" or "dark".

    Notes
    -----
    What is not declared of the preprocessing is proposed from the file, and the widget says what it assumed. It applies
    to 8-bit pictures; floats are taken as prepared.

    Examples
    --------
    >>> model = ls.Model("lab.h5")
    >>> model  # the layer table
    >>> print(await model.summary())
    >>> features = ls.Features(model, layers="postconv")

    Raises
    ------
    InputError
        When there is no such file, when it can't be read or is too large for a page, when a module can't be exported,
        and on an option without meaning. What a file holds is judged by the page.
    """

    _called = "model"
    _formats: ClassVar[tuple[str, ...]] = ("csv", "txt", "png", "svg", "pdf")

    def __init__(  # noqa: PLR0913 - what people may declare
        self,
        source: object = None,
        *,
        external_data: object = None,
        input_shape: Sequence[int] | None = None,
        example: object = None,
        classes: Sequence[str] | None = None,
        backend: ModelBackend = "auto",
        size: int | tuple[int, int] | None = None,
        resize: Resize | None = None,
        layout: BatchLayout | None = None,
        channels: Channels | None = None,
        scale: float | None = None,
        mean: float | Sequence[float] | None = None,
        std: float | Sequence[float] | None = None,
        standardize: Standardization | None = None,
        normalizer: StainMethod | None = None,
        title: str | None = None,
        theme: Theme = "auto",
    ) -> None:
        check_theme(theme)
        check_choice("backend", backend, _BACKENDS)
        shape = None if input_shape is None else wire_shape(input_shape)
        self._preprocessing = wire_preprocessing(
            {
                "size": size,
                "resize": resize,
                "layout": layout,
                "channels": channels,
                "scale": scale,
                "mean": mean,
                "std": std,
                "standardize": standardize,
                "normalizer": normalizer,
            }
        )
        refuse_other_size(shape, self._preprocessing.get("size"))
        self._files = _find_files(source, external_data, shape, example)
        self._classes = None if classes is None else wire_classes(classes)
        opening = {"backend": "wasm" if backend == "cpu" else backend, "shape": shape, "classes": self._classes}
        self._opening = {name: part for name, part in opening.items() if part not in (None, "auto")}
        self._dropped: _Dropped | None = None
        self._shares = uuid.uuid4().hex
        told = {
            "model": None if self._files is None else self._files.reference,
            "preprocessing": self._preprocessing or None,
            **self._opening,
            "shares": self._shares,
            "title": title,
            "theme": theme,
        }
        super().__init__("model", 0, {name: part for name, part in told.items() if part is not None})

    @property
    def name(self) -> str | None:
        """What the model's file is called; None before one is dropped."""
        if self._dropped is not None:
            return self._dropped.name
        return None if self._files is None else self._files.name

    def summary(self) -> Question[str]:
        """Write the layer table as Keras prints it, with multiply-adds, type, kernel and stride.

        Returns
        -------
        Question
            `await` it for the text.
        """
        return self._ask("summary", {}, lambda header, _: str(header["text"]), "summary()")

    def layer_table(self) -> Question[Any]:
        """Tell of each layer its name, type, output shape, parameters, multiply-adds, dtype, kernel, stride and module.

        Returns
        -------
        Question
            `await` it for a pandas frame, with the totals in ``attrs["totals"]``; without pandas for a polars frame,
            without either for a dictionary of columns.
        """
        return self._ask("layers", {}, read_layer_table, "layer_table()")

    @property
    def layers(self) -> Later[list[ModelLayer]]:
        """The layers in the order in which they run; `await` it for a list of them."""
        return Later("layers", lambda: self._ask("layers", {}, read_layers, "layers"))

    def preprocess(self, images: object) -> Question[PreparedPictures]:
        """Prepare pictures as the model takes them: resized, normalised, scaled.

        Parameters
        ----------
        images
            8-bit pictures in any form that `UmapScatter` takes, which get what is declared; floats are taken as
            prepared.

        Returns
        -------
        Question
            `await` it for the values, which say whether the preprocessing was applied.

        Raises
        ------
        InputError
            When one is no picture.
        """
        given = encode_model_pictures(images)
        enclosed = Enclosed(given.blocks, given.images)
        return self._ask("preprocess", {"images": given.reference}, read_prepared, "preprocess(images)", enclosed)

    def gradient_graph(
        self,
        target: Target = 0,
        at: str = "input",
        of: Literal["logits", "probabilities"] = "logits",
        *,
        batch: int | None = None,
    ) -> Question[GradientGraph]:
        """Write the gradient of one of the model's scores as an ordinary ONNX file, which any runtime runs.

        Parameters
        ----------
        target
            What is differentiated: a class; ``(a, b)``, class a less class b; ``(layer, channel)``, the mean of a
            channel, such as `FeatureMapGrid.channel`; ``(layer, channel, row, column)``, one place of it.
        at
            With respect to what: "input", the pictures; or a layer's name.
        of
            "logits", what comes before a final softmax or sigmoid; "probabilities", what comes after.
        batch
            How many pictures the graph takes at a time, neither more nor fewer; None: one, or the model's own number.

        Returns
        -------
        Question
            `await` it for the graph: ``.save(path)``, ``.bytes``, ``.inputs``, ``.outputs``, ``.output_names``.

        Raises
        ------
        InputError
            On what is no target. Whether there are such a class and layer, and whether the model can be differentiated,
            the page knows.
        """
        check_choice("of", of, ("logits", "probabilities"))
        _BATCH.check("batch", batch)
        asked = {"target": wire_target("target", target), "at": str(at), "of": of}
        wired = asked if batch is None else {**asked, "batch": int(batch)}
        return self._ask("gradientGraph", wired, read_gradient_graph, "gradient_graph()")

    def __repr__(self) -> str:
        return f"Model({self.name or 'none yet'}): {self._page.sentence}"

    # What features of it need

    @property
    def _reference(self) -> Reference:
        """What stands for the model in the properties of others: its files, or the one that was dropped last.

        Raises
        ------
        InputError
            Where none was passed and none is known to have been dropped.
        """
        if self._dropped is not None:
            # How it is opened, the table says: what was declared of another model may not hold for it.
            named = {} if self._files is not None or self._classes is None else {"classes": self._classes}
            return {"$model": {"widget": self._shares, **self._dropped._asdict(), **named}}
        if self._files is None:
            raise InputError(
                "No model has been dropped on the table yet.", "Drop its file there, then run this cell again."
            )
        return {"$model": {**self._files.reference["$model"], **self._opening}}

    @property
    def _declared(self) -> Mapping[str, Any]:
        """What is declared of the preprocessing, here or by a reader, under the page's names."""
        return self._preprocessing

    @property
    def _blocks(self) -> tuple[Block, ...]:
        return () if self._files is None else self._files.blocks

    # What the base asks for

    def _held_blocks(self) -> Mapping[str, Block]:
        return {block.key: block for block in self._blocks}

    def _held_images(self) -> Mapping[str, EncodedImages]:
        return {}

    def _take_told(self, facts: Mapping[str, Any]) -> None:
        """Note what a reader has dropped on the table or set there: features that are made from now on go by it."""
        self._dropped = _Dropped(str(facts["name"]), str(facts["key"])) if facts["isDropped"] else None
        self._preprocessing = dict(facts["preprocessing"])

    def _export(self, *, points: bool | None, images: bool | None, shared: frozenset[str]) -> Exported:  # noqa: ARG002 - there are no pictures, and nothing is shared
        props = dict(self._props)
        # What is kept of the table is all that a page shows of it; the engine alone would take 9 MB.
        if self._saved and not points:
            props.pop("model", None)
            return Exported(props, {}, [])
        return Exported(props, {block.key: block.data for block in self._blocks}, [], runs_models=True)


def _find_files(
    source: object, external_data: object, input_shape: list[int] | None, example: object
) -> ModelFiles | None:
    if source is None:
        if external_data is not None:
            raise InputError("external_data is given without a model.", "Pass the .onnx file as well.")
        return None
    # With PyTorch under Keras its models are modules as well.
    if is_keras_model(source):
        return encode_model_files(save_keras(source))
    if is_torch_module(source):
        return encode_model_files(export_torch(source, input_shape, example))
    return encode_model_files(read_model_files(source, external_data))
