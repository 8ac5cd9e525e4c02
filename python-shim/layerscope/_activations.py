"""What layers of a model answer to pictures, computed in the page."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NoReturn, Self

from layerscope._arrays import encode_numpy
from layerscope._blocks import Block
from layerscope._encoded_activations import EncodedActivations
from layerscope._errors import InputError, NotReadyError, count
from layerscope._pictures import EncodedImages
from layerscope._requests import Request
from layerscope._widget import Widget

if TYPE_CHECKING:
    import numpy as np

    from layerscope._model import Model


class Activations(Widget):
    """Activations, or predictions, of pictures: n × d numbers that stay in the page until they are awaited.

    What `Features` gives. Pass it to `UmapScatter`, `Mosaic` or `BoxPlot` as it is: the page runs the model once for
    all of them, and nothing comes back to Python.

    Parameters
    ----------
    encoded
        The model, the pictures and what is wanted of them.
    model
        The model, whose widget stays for as long as these do.

    Examples
    --------
    >>> acts = features(images)
    >>> ls.UmapScatter(acts, images=images)
    >>> values = (await acts).numpy()
    """

    _called = "acts"

    def __init__(self, encoded: EncodedActivations, model: "Model") -> None:
        self._encoded = encoded
        self._model = model
        self._told: Mapping[str, Any] = {}
        self._request: Request | None = None
        super().__init__("activations", encoded.pictures.rows, {"activations": encoded.reference})

    @property
    def shape(self) -> tuple[int, int | None]:
        """Rows and columns; None for the columns until they have been awaited."""
        rows, columns = self._encoded.shape
        return rows, columns or None

    @property
    def columns(self) -> list[str] | None:
        """Names of the columns: the model's classes, of predictions, where these were named; else None."""
        return self._encoded.columns

    @property
    def layers(self) -> list[str]:
        """The layers whose columns stand one after another.

        Raises
        ------
        NotReadyError
            Until they have been awaited.
        """
        if not self._told:
            raise self._unready("layers")
        return [str(name) for name in self._told.get("layers", [])]

    @property
    def processor(self) -> str:
        """What ran the model.

        Raises
        ------
        NotReadyError
            Until they have been awaited.
        """
        if not self._told:
            raise self._unready("processor")
        return str(self._told.get("processor", ""))

    def numpy(self) -> "np.ndarray[Any, Any]":
        """Return the values, n × d, single precision; they can't be written to.

        Raises
        ------
        NotReadyError
            Until they have been awaited; says how far the page is and what to write.
        """
        if self._encoded.known.array is None:
            raise NotReadyError(
                f"No {self._encoded.part} here yet: {self._page.sentence}. Write await acts, then acts.numpy()."
            )
        return self._encoded.numpy()

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> "np.ndarray[Any, Any]":  # noqa: ANN401, FBT001 - NumPy's protocol
        import numpy as np

        return np.array(self.numpy(), dtype, copy=copy)

    def __len__(self) -> int:
        return self._rows

    def __repr__(self) -> str:
        columns = self.shape[1]
        size = f"{count(self._rows)} rows" if columns is None else f"{count(self._rows)} × {count(columns)}"
        layers = ", ".join(map(str, self._encoded.options["layers"]))
        of = f" of {layers}" if self._encoded.part == "activations" else ""
        return f"Activations({size}, {self._encoded.part}{of}, {self._encoded.model_name}): {self._page.sentence}"

    # Waiting

    async def _wait_until_done(self) -> Self:
        if self._encoded.known.array is None and (self._request is None or self._request.error is not None):
            # Only now: values that nobody awaits never leave the page.
            self._request = Request("values", {"part": self._encoded.part}, self._take_values)
            self._talk.requests.add(self._request)
            if self._talk.page_has_results:
                self._talk.requests.send_waiting()
        await super()._wait_until_done()
        if self._request is not None and self._request.error is not None:
            raise self._request.error
        return self

    def _has_results(self) -> bool:
        return self._request is None or self._request.done

    def _take_values(self, header: Mapping[str, Any], content: bytes) -> None:
        import numpy as np

        values = np.frombuffer(content, "<f4").reshape(tuple(header["shape"]))
        self._told = header
        self._encoded.known.array = encode_numpy(values, "float32")

    # What the base asks for

    def _held_blocks(self) -> Mapping[str, Block]:
        return {block.key: block for block in self._encoded.blocks}

    def _held_images(self) -> Mapping[str, EncodedImages]:
        return {images.key: images for images in self._encoded.images}

    def _export(self, **_: object) -> NoReturn:
        raise InputError(
            "Activations are a line that says how far they are, and no picture.", "Write to_html of a widget over them."
        )
