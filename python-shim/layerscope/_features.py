"""Activations of a model's layers, by Slideflow's interface."""

from collections.abc import Callable, Sequence
from typing import Any, Literal, TypeVar

from layerscope._activations import Activations
from layerscope._encoded_activations import EncodedActivations, Part
from layerscope._errors import ArgumentError, InputError
from layerscope._later import Later
from layerscope._layer_names import LayerName, wire_layers
from layerscope._marimo import unwrapped
from layerscope._model import Model
from layerscope._model_pictures import encode_model_pictures
from layerscope._option_checks import Numbers, check_choice

Pooling = Literal["avg", "max"]
Fact = TypeVar("Fact")

_BATCH = Numbers(integer=True, least=1, most=4096, optional=True)
_POSTCONV = "postconv"


class Features:
    """Activations of layers of a model for batches of pictures: Slideflow's ``Features``.

    Parameters
    ----------
    model
        A `Model`, or whatever that takes: a path, bytes, a ``torch.nn.Module``, a ``keras.Model``.
    layers
        One layer or several, whose columns stand one after another in the order given: names, numbers (-1 is the
        last), tensors of an ONNX graph, paths of PyTorch's modules. "postconv" is the layer after the last convolution,
        one number a channel. None: predictions alone.
    include_preds
        Give the model's predictions as well.
    pooling
        How a map becomes one number a channel: their mean ("avg") or the largest ("max"); None keeps every place, but
        in "postconv", which is a mean then.
    layer
        Another name of `layers`, by which Slideflow's documentation calls it.
    batch_size
        Pictures that are run at once; None: as many as suit their size.
    apply_softmax
        Turn predictions into probabilities, for models that end in logits. Unless True they are what the model answers,
        where Slideflow applies it to classifiers of PyTorch.

    Examples
    --------
    >>> features = ls.Features("lab.h5", layers="postconv")
    >>> acts = features(images)
    >>> ls.UmapScatter(acts, images=images)
    >>> features = ls.Features(model, layers=["block_13_expand_relu", "postconv"], include_preds=True, pooling="avg")
    >>> acts, predictions = features(images)
    >>> (await predictions).numpy()

    Raises
    ------
    InputError
        On an option without meaning, and when there is no such file. Whether there is such a layer, the page knows.

    Notes
    -----
    After ``slideflow.model.Features`` (Slideflow 3, slideflow/model/tensorflow.py and torch.py). Where this differs:

    - Several layers are concatenated along columns, where Slideflow gives a list.
    - 8-bit pictures get the model's preprocessing; Slideflow leaves that to the caller. Floats are taken as prepared.
    - A layer that is a map keeps every place unless pooled, and `num_features` counts what there is; Slideflow with
      TensorFlow counts the map's height.
    """

    def __init__(  # noqa: PLR0913 - Slideflow's, and two of the page's
        self,
        model: object,
        layers: LayerName | Sequence[LayerName] | None = _POSTCONV,
        include_preds: bool = False,  # noqa: FBT001, FBT002 - as Slideflow has it
        pooling: Pooling | None = None,
        *,
        layer: LayerName | Sequence[LayerName] | None = None,
        batch_size: int | None = None,
        apply_softmax: bool | None = None,
    ) -> None:
        if layer is not None and not (isinstance(layers, str) and layers == _POSTCONV):
            raise ArgumentError("layers and layer are the same: pass one of them.")
        wanted = wire_layers(layers if layer is None else layer)
        if not wanted and not include_preds:
            raise InputError("No layer is asked for, and no predictions.", 'Name a layer, such as "postconv".')
        if pooling is not None:
            check_choice("pooling", pooling, ("avg", "max"), " or None")
        _BATCH.check("batch_size", batch_size)
        given = unwrapped(model)
        if given is None:
            raise InputError("There is no model.", "Pass a Model, or the path of one.")
        self.model = given if isinstance(given, Model) else Model(given)
        self._options: dict[str, Any] = {
            "layers": wanted,
            "pooling": pooling,
            "includePredictions": bool(include_preds),
            "applySoftmax": bool(apply_softmax),
            "batchSize": None if batch_size is None else int(batch_size),
        }

    def __call__(self, images: object) -> Activations | tuple[Activations, Activations]:
        """Say whose activations are wanted; the page computes them when something shows or awaits them.

        Parameters
        ----------
        images
            n pictures of 8 bits, as `UmapScatter` takes them: an array, or a list of arrays, PIL pictures, encoded
            bytes or paths. Or n × height × width × channels (or channels first) floats, prepared already.

        Returns
        -------
        Activations
            With ``include_preds=True`` the pair ``(activations, predictions)``; predictions alone without layers.

        Raises
        ------
        InputError
            When one is no picture, and when no model has been dropped yet on the table that is to have it.
        """
        pictures = encode_model_pictures(images)

        def part(name: Part) -> Activations:
            encoded = EncodedActivations(
                model=self.model._reference,
                model_blocks=self.model._blocks,
                pictures=pictures,
                options=self._options,
                preprocessing=self.model._declared,
                part=name,
            )
            return Activations(encoded, self.model)

        if not self._options["includePredictions"]:
            return part("activations")
        if not self._options["layers"]:
            return part("predictions")
        return part("activations"), part("predictions")

    @property
    def num_features(self) -> Later[int]:
        """How many columns activations have; `await` it."""
        return self._fact("num_features", int, "num_features")

    @property
    def num_classes(self) -> Later[int]:
        """How many numbers the model answers to a picture; `await` it."""
        return self._fact("num_classes", int, "num_classes")

    @property
    def layers(self) -> Later[list[str]]:
        """The layers that are asked for, as the model names them; `await` it."""
        return self._fact("feature_layers", lambda names: [str(name) for name in names], "layers")

    def _fact(self, name: str, read: Callable[[Any], Fact], called: str) -> Later[Fact]:
        options = {"options": self._options}
        return Later(called, lambda: self.model._ask("facts", options, lambda header, _: read(header[name]), called))

    def __repr__(self) -> str:
        wanted: list[Any] = list(self._options["layers"])
        wanted += ["predictions"] if self._options["includePredictions"] else []
        pooled = "" if self._options["pooling"] is None else f", pooling={self._options['pooling']}"
        return f"Features({self.model.name or 'no model yet'}: {', '.join(map(str, wanted))}{pooled})"
