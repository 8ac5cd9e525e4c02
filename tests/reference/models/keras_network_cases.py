"""A network of each family of Keras Applications, whole, on small pictures; weights by formula."""

from collections.abc import Callable

import keras
from keras import applications, layers
from keras.src import backend
from keras.src.applications import nasnet


class AnyBackend:
    """Keras refuses NASNet on PyTorch by name; what it is made of runs there."""

    def __getattr__(self, name: str) -> object:
        return getattr(backend, name)

    def backend(self) -> str:
        return "any"


def nasnet_mobile(**options: object) -> keras.Model:
    nasnet.backend = AnyBackend()
    return nasnet.NASNetMobile(**options)


def tiny_vit(input_shape: tuple, classes: int, **_: object) -> keras.Model:
    """A vision transformer as `keras.layers` alone can say it."""
    inputs = keras.Input(input_shape)
    x = layers.Reshape((-1, 48))(layers.Conv2D(48, 8, 8, name="patches")(inputs))
    for block in range(3):
        normal = layers.LayerNormalization(epsilon=1e-6, name=f"block{block}_norm1")(x)
        x = x + layers.MultiHeadAttention(4, 12, name=f"block{block}_attention")(normal, normal)
        hidden = layers.Dense(96, "gelu", name=f"block{block}_up")(
            layers.LayerNormalization(name=f"block{block}_norm2")(x)
        )
        x = layers.Add(name=f"block{block}_out")([x, layers.Dense(48, name=f"block{block}_down")(hidden)])
    x = layers.LayerNormalization(name="norm")(x)
    return keras.Model(inputs, layers.Dense(classes, name="head")(layers.GlobalAveragePooling1D()(x)))


def network(make: Callable, side: int, **options: object) -> dict:
    def build() -> keras.Model:
        return make(weights=None, input_shape=(side, side, 3), classes=10, **options)

    return {"name": make.__name__, "build": build, "batch": 1, "ranges": [(0, 255)]}


def application_cases() -> list[dict]:
    # Scores, not shares: those of a net without training are all one class's.
    scores = {"classifier_activation": None}
    return [
        network(applications.ConvNeXtTiny, 32),
        network(applications.DenseNet121, 32, **scores),
        network(applications.EfficientNetB0, 32),
        network(applications.EfficientNetV2B0, 32),
        network(applications.InceptionResNetV2, 75, **scores),
        network(applications.InceptionV3, 75),
        network(applications.MobileNet, 32),
        network(applications.MobileNetV2, 32, alpha=0.35),
        network(applications.MobileNetV3Small, 32),
        network(nasnet_mobile, 32, **scores),
        network(applications.ResNet50, 32, **scores),
        network(applications.ResNet50V2, 32, **scores),
        network(applications.VGG16, 32),
        network(applications.Xception, 71, **scores),
        network(tiny_vit, 32),
    ]
