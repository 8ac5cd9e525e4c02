"""What a model is given: pictures to be prepared in the page, or floats that are prepared already."""

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from layerscope._arrays import EncodedArray, Reference, encode_numpy, to_numpy
from layerscope._blocks import Block
from layerscope._errors import InputError, plural
from layerscope._images import encode_images
from layerscope._picture_array import PictureArray
from layerscope._pictures import EncodedImages

if TYPE_CHECKING:
    import numpy as np

_BATCH = 4
_GREY = 3
_COLORS = (3, 4)


@dataclass(frozen=True)
class ModelPictures:
    """Either of them, in the form that crosses."""

    rows: int
    given: EncodedImages | EncodedArray

    @property
    def reference(self) -> Reference:
        """What stands for them in a widget's properties."""
        return self.given.reference

    @property
    def blocks(self) -> tuple[Block, ...]:
        """Floats that the page may ask for."""
        return (self.given.block,) if isinstance(self.given, EncodedArray) else ()

    @property
    def images(self) -> tuple[EncodedImages, ...]:
        """Pictures that the page may ask for."""
        return (self.given,) if isinstance(self.given, EncodedImages) else ()


def encode_model_pictures(images: Any) -> ModelPictures:  # noqa: ANN401 - whatever holds pictures
    """Take a batch of pictures.

    Parameters
    ----------
    images
        8-bit pictures in any form that `UmapScatter` takes, or floats of n × height × width × channels or n × channels
        × height × width, which count as prepared.

    Raises
    ------
    InputError
        When there is none, when one is no picture, and when numbers are neither 8-bit pixels nor floats.
    """
    _refuse_no_batch(images)
    array = _as_array(images)
    if array is None:
        pictures = encode_images(images, len(images))
        if not isinstance(pictures.pictures, PictureArray) and None in pictures.pictures:
            row = pictures.pictures.index(None)
            raise InputError(f"Image {row} is missing.", "A model answers to pictures alone: leave it out.")
        return _some(ModelPictures(len(pictures.pictures), pictures))
    if array.dtype == "uint8" or array.dtype.kind == "f":
        _refuse_one(array)
    if array.dtype == "uint8":
        return _some(ModelPictures(len(array), encode_images(images, len(array))))
    if array.dtype.kind != "f":
        raise InputError(
            f"images is of dtype {array.dtype}, neither 8-bit pictures nor floats.",
            "Pass uint8 from 0 to 255, or floats as the model takes them.",
        )
    # Grey ones go without their channel: whether three of them are one of three channels, the page knows.
    if array.ndim not in (_GREY, _BATCH):
        raise InputError(
            f"images has {plural(array.ndim, 'dimension')}, expected {_BATCH}.",
            "Pass n × height × width × channels, or n × channels × height × width.",
        )
    return _some(ModelPictures(len(array), encode_numpy(array, "float32", source=images)))


def _as_array(images: Any) -> "np.ndarray[Any, Any] | None":  # noqa: ANN401
    """Return a batch's numbers; None for a list of pictures that are no arrays of one kind."""
    import numpy as np

    if not isinstance(images, (list, tuple)):
        array = to_numpy(images, "images")
        return None if array.dtype == object else array
    if not images or not all(hasattr(image, "shape") and not hasattr(image, "mode") for image in images):
        return None
    arrays = [to_numpy(image, f"image {row}") for row, image in enumerate(images)]
    kinds = {str(array.dtype) for array in arrays}
    if kinds == {"uint8"}:
        return None
    if len({array.shape for array in arrays}) > 1 or len(kinds) > 1:
        raise InputError(
            "images are floats of different shapes or dtypes.", "Pass floats of one shape, or 8-bit pictures."
        )
    return np.stack(arrays)


def _refuse_no_batch(images: Any) -> None:  # noqa: ANN401
    if images is None:
        raise InputError("There are no pictures.", "Pass images, a list or an array.")
    if hasattr(images, "convert") and hasattr(images, "mode"):
        raise InputError("images is one picture.", "Pass a list: [picture].")
    if isinstance(images, Iterator):
        raise InputError(f"images is a {type(images).__name__}, which can be read once only.", "Pass list(images).")
    if isinstance(images, (str, bytes, Mapping, AbstractSet)):
        raise InputError(f"images is a {type(images).__name__}, and no list of pictures.", "Pass a list or an array.")


def _refuse_one(array: "np.ndarray[Any, Any]") -> None:
    if array.ndim == _GREY and array.shape[-1] in _COLORS:
        raise InputError(
            f"images is one picture of {' × '.join(map(str, array.shape))}.", "Pass a batch: images[None], or a list."
        )


def _some(pictures: ModelPictures) -> ModelPictures:
    if not pictures.rows:
        raise InputError("There are no pictures.", "Pass one at least.")
    return pictures
