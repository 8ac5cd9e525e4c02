"""A small net for every layer that is converted, with its options."""

from collections.abc import Callable

import keras
from keras import layers, ops

PICTURE = (8, 9, 6)
PLANES = (6, 8, 9)
SEQUENCE = (10, 6)
VOLUME = (5, 6, 4, 3)


def one(layer: Callable[[], keras.Layer], shape: tuple, **more: object) -> dict:
    """A Sequential net of one layer; `layer` makes it anew, for names and weights start afresh."""

    def build() -> keras.Model:
        return keras.Sequential([keras.Input(shape, dtype=more.get("dtype", "float32")), layer()])

    return {"build": build, **{key: value for key, value in more.items() if key != "dtype"}}


def graph(shapes: list[tuple], body: Callable, **more: object) -> dict:
    """A Functional net: `body` makes its outputs of its inputs."""

    def build() -> keras.Model:
        inputs = [keras.Input(shape) for shape in shapes]
        return keras.Model(inputs, body(*inputs))

    return {"build": build, **more}


def convolutions() -> dict:
    first = {"data_format": "channels_first"}
    return {
        "Conv2D valid": one(lambda: layers.Conv2D(4, 3, activation="relu"), PICTURE),
        "Conv2D same, stride 2": one(lambda: layers.Conv2D(4, (3, 2), 2, "same", use_bias=False), PICTURE),
        "Conv2D same, stride 3 over 1": one(lambda: layers.Conv2D(4, 1, 3, "same"), PICTURE),
        "Conv2D dilated, same": one(lambda: layers.Conv2D(4, 3, padding="same", dilation_rate=(2, 3)), PICTURE),
        "Conv2D in groups": one(lambda: layers.Conv2D(8, 3, groups=2), PICTURE),
        "Conv2D channels first": one(lambda: layers.Conv2D(4, 3, 2, "same", activation="tanh", **first), PLANES),
        "Conv1D valid": one(lambda: layers.Conv1D(4, 3, 2), SEQUENCE),
        "Conv1D same": one(lambda: layers.Conv1D(4, 4, padding="same"), SEQUENCE),
        "Conv1D causal, dilated": one(lambda: layers.Conv1D(4, 3, padding="causal", dilation_rate=2), SEQUENCE),
        "Conv1D causal, stride 2": one(lambda: layers.Conv1D(4, 3, 2, padding="causal"), SEQUENCE),
        "Conv3D": one(lambda: layers.Conv3D(4, (2, 3, 2), 2, "same"), VOLUME),
        "DepthwiseConv2D": one(lambda: layers.DepthwiseConv2D(3, depth_multiplier=2, activation="relu"), PICTURE),
        "DepthwiseConv2D same, stride 2": one(lambda: layers.DepthwiseConv2D(3, 2, "same", use_bias=False), PICTURE),
        "DepthwiseConv2D channels first": one(lambda: layers.DepthwiseConv2D(3, padding="same", **first), PLANES),
        "DepthwiseConv1D": one(lambda: layers.DepthwiseConv1D(3, 2, "same", depth_multiplier=2), SEQUENCE),
        "SeparableConv2D": one(lambda: layers.SeparableConv2D(5, 3, 2, "same", depth_multiplier=2), PICTURE),
        "SeparableConv2D without bias": one(lambda: layers.SeparableConv2D(5, (3, 2), use_bias=False), PICTURE),
        "SeparableConv1D": one(lambda: layers.SeparableConv1D(5, 3, padding="same", activation="elu"), SEQUENCE),
        "Conv2DTranspose valid": one(lambda: layers.Conv2DTranspose(4, 3), PICTURE),
        "Conv2DTranspose valid, stride 2": one(lambda: layers.Conv2DTranspose(4, 3, 2), PICTURE),
        "Conv2DTranspose stride past kernel": one(lambda: layers.Conv2DTranspose(4, 2, 3), PICTURE),
        "Conv2DTranspose same, stride 2": one(lambda: layers.Conv2DTranspose(4, 3, 2, "same"), PICTURE),
        "Conv2DTranspose same, even kernel": one(lambda: layers.Conv2DTranspose(4, 4, 2, "same"), PICTURE),
        "Conv2DTranspose same, stride 3": one(lambda: layers.Conv2DTranspose(4, 2, 3, "same"), PICTURE),
        "Conv2DTranspose output padding": one(
            lambda: layers.Conv2DTranspose(4, 3, 2, "same", output_padding=1), PICTURE
        ),
        "Conv2DTranspose no output padding": one(
            lambda: layers.Conv2DTranspose(4, 3, 2, "same", output_padding=(0, 1)), PICTURE
        ),
        "Conv2DTranspose valid, output padding": one(
            lambda: layers.Conv2DTranspose(4, 3, 2, output_padding=1, activation="relu"), PICTURE
        ),
        "Conv2DTranspose dilated": one(lambda: layers.Conv2DTranspose(4, 3, dilation_rate=2), PICTURE),
        "Conv2DTranspose channels first": one(lambda: layers.Conv2DTranspose(4, 3, 2, "same", **first), PLANES),
        "Conv1DTranspose": one(lambda: layers.Conv1DTranspose(4, 3, 2, "same"), SEQUENCE),
    }


def dense() -> dict:
    return {
        "Dense": one(lambda: layers.Dense(5, "softmax"), (7,)),
        "Dense without bias": one(lambda: layers.Dense(5, use_bias=False), (7,)),
        "Dense of sequences": one(lambda: layers.Dense(5, "gelu"), SEQUENCE),
        "Dense of pictures": one(lambda: layers.Dense(5), PICTURE),
        "EinsumDense": one(lambda: layers.EinsumDense("abc,cd->abd", (None, 5), bias_axes="d"), SEQUENCE),
        "EinsumDense of two axes": one(
            lambda: layers.EinsumDense("...x,xyz->...yz", (2, 3), bias_axes="yz", activation="relu"), SEQUENCE
        ),
        "TimeDistributed Dense": one(lambda: layers.TimeDistributed(layers.Dense(4, "relu")), SEQUENCE),
        "TimeDistributed Conv2D": one(lambda: layers.TimeDistributed(layers.Conv2D(4, 2)), VOLUME),
        "Embedding": one(lambda: layers.Embedding(11, 4), (6,), dtype="int32", ranges=[(0, 11)]),
        "Embedding of floats": one(lambda: layers.Embedding(11, 4), (6,), ranges=[(0, 11)]),
    }


def pools() -> dict:
    first = {"data_format": "channels_first"}
    cases = {
        "MaxPooling2D": one(lambda: layers.MaxPooling2D(2), PICTURE),
        "MaxPooling2D same, stride 2": one(lambda: layers.MaxPooling2D(3, 2, "same"), PICTURE),
        "MaxPooling2D overlapping": one(lambda: layers.MaxPooling2D((3, 2), 1), PICTURE),
        "MaxPooling2D channels first": one(lambda: layers.MaxPooling2D(3, 2, "same", **first), PLANES),
        "AveragePooling2D": one(lambda: layers.AveragePooling2D(2), PICTURE),
        "AveragePooling2D same, stride 1": one(lambda: layers.AveragePooling2D(3, 1, "same"), PICTURE),
        "AveragePooling2D channels first": one(lambda: layers.AveragePooling2D(3, 1, "same", **first), PLANES),
        "MaxPooling1D same": one(lambda: layers.MaxPooling1D(3, 2, "same"), SEQUENCE),
        "AveragePooling1D": one(lambda: layers.AveragePooling1D(3, 2), SEQUENCE),
        "MaxPooling3D": one(lambda: layers.MaxPooling3D(2), VOLUME),
        "AveragePooling3D": one(lambda: layers.AveragePooling3D(2), VOLUME),
    }
    for kind in ("GlobalAveragePooling", "GlobalMaxPooling"):
        for sides, shape in ((1, SEQUENCE), (2, PICTURE), (3, VOLUME)):
            pool = getattr(layers, f"{kind}{sides}D")
            cases[f"{kind}{sides}D"] = one(lambda pool=pool: pool(), shape)
        pool = getattr(layers, f"{kind}2D")
        cases[f"{kind}2D keepdims"] = one(lambda pool=pool: pool(keepdims=True), PICTURE)
        cases[f"{kind}2D channels first"] = one(lambda pool=pool: pool(data_format="channels_first"), PLANES)
        cases[f"{kind}2D after a convolution"] = graph(
            [PICTURE], lambda x, pool=pool: layers.Dense(3)(pool(keepdims=True)(layers.Conv2D(4, 3)(x)))
        )
    return cases


def normalizations() -> dict:
    return {
        "BatchNormalization of pictures": one(lambda: layers.BatchNormalization(), PICTURE),
        "BatchNormalization of vectors": one(lambda: layers.BatchNormalization(epsilon=0.1), (7,)),
        "BatchNormalization of sequences": one(lambda: layers.BatchNormalization(scale=False), SEQUENCE),
        "BatchNormalization of planes": one(lambda: layers.BatchNormalization(axis=1, center=False), PLANES),
        "BatchNormalization after a convolution": graph(
            [PICTURE], lambda x: layers.BatchNormalization(scale=False, center=False)(layers.Conv2D(4, 3)(x))
        ),
        "LayerNormalization": one(lambda: layers.LayerNormalization(), PICTURE),
        "LayerNormalization of two axes": one(lambda: layers.LayerNormalization(axis=(-2, -1), epsilon=1e-6), PICTURE),
        "LayerNormalization of separate axes": one(lambda: layers.LayerNormalization(axis=(1, 3)), PICTURE),
        "LayerNormalization bare": one(lambda: layers.LayerNormalization(center=False, scale=False), SEQUENCE),
        "LayerNormalization after a convolution": graph(
            [PICTURE], lambda x: layers.LayerNormalization()(layers.Conv2D(4, 3)(x))
        ),
        "LayerNormalization rms_scaling": one(lambda: layers.LayerNormalization(rms_scaling=True), SEQUENCE),
        "RMSNormalization": one(lambda: layers.RMSNormalization(), PICTURE),
        "GroupNormalization": one(lambda: layers.GroupNormalization(3), PICTURE),
        "GroupNormalization by instance": one(lambda: layers.GroupNormalization(-1, scale=False), PICTURE),
        "GroupNormalization of planes": one(lambda: layers.GroupNormalization(2, axis=1), PLANES),
        "GroupNormalization of vectors": one(lambda: layers.GroupNormalization(2, center=False), (8,)),
        "UnitNormalization": one(lambda: layers.UnitNormalization(), PICTURE),
        "UnitNormalization of two axes": one(lambda: layers.UnitNormalization(axis=[1, 2]), PICTURE),
        "Normalization adapted": one(lambda: layers.Normalization(), PICTURE),
        "Normalization given": one(lambda: layers.Normalization(mean=[1, 2, 3], variance=[4, 5, 6]), (4, 5, 3)),
        "Normalization of one number": one(lambda: layers.Normalization(axis=None, mean=1.5, variance=4), PICTURE),
        "Normalization inverted": one(
            lambda: layers.Normalization(mean=[1, 2, 3], variance=[4, 0, 6], invert=True), (4, 5, 3)
        ),
        "Normalization after a convolution": graph(
            [PICTURE], lambda x: layers.Normalization(mean=[1, 2], variance=[4, 5])(layers.Conv2D(2, 3)(x))
        ),
        "Rescaling": one(lambda: layers.Rescaling(1 / 127.5, -1), PICTURE, ranges=[(0, 255)]),
        "Rescaling by channel": one(lambda: layers.Rescaling([1.0, 2.0, 3.0], [0.0, 1.0, 2.0]), (4, 5, 3)),
        "Rescaling of bytes": one(lambda: layers.Rescaling(1 / 255), PICTURE, dtype="uint8", ranges=[(0, 255)]),
    }


def activations() -> dict:
    names = [
        "celu", "elu", "exponential", "gelu", "glu", "hard_shrink", "hard_sigmoid", "hard_silu", "hard_tanh",
        "leaky_relu", "linear", "log_sigmoid", "log_softmax", "mish", "relu", "relu6", "selu", "sigmoid", "silu",
        "soft_shrink", "softmax", "softplus", "softsign", "sparse_plus", "sparse_sigmoid", "sparsemax", "squareplus",
        "tanh", "tanh_shrink",
    ]  # fmt: skip
    wide = [(-8, 8)]
    cases = {
        f"Activation {name}": one(lambda name=name: layers.Activation(name), SEQUENCE, ranges=wide) for name in names
    }
    return cases | {
        "ReLU": one(lambda: layers.ReLU(), PICTURE),
        "ReLU of 6": one(lambda: layers.ReLU(6), PICTURE, ranges=wide),
        "ReLU with a slope": one(lambda: layers.ReLU(negative_slope=0.1), PICTURE),
        "ReLU with a threshold": one(lambda: layers.ReLU(threshold=0.5), PICTURE),
        "ReLU with all options": one(lambda: layers.ReLU(3.0, 0.2, 1.0), PICTURE, ranges=wide),
        "ReLU with slope and highest": one(lambda: layers.ReLU(3.0, 0.2), PICTURE, ranges=wide),
        "LeakyReLU": one(lambda: layers.LeakyReLU(), PICTURE),
        "LeakyReLU steep": one(lambda: layers.LeakyReLU(0.7), PICTURE),
        "ELU": one(lambda: layers.ELU(0.7), PICTURE),
        "PReLU": one(lambda: layers.PReLU(), PICTURE),
        "PReLU shared": one(lambda: layers.PReLU(shared_axes=[1, 2]), PICTURE),
        "PReLU after a convolution": graph([PICTURE], lambda x: layers.PReLU(shared_axes=[2])(layers.Conv2D(4, 3)(x))),
        "Softmax": one(lambda: layers.Softmax(), PICTURE, ranges=wide),
        "Softmax of an inner axis": one(lambda: layers.Softmax(axis=1), PICTURE, ranges=wide),
        "Softmax of two axes": one(lambda: layers.Softmax(axis=(1, 2)), PICTURE, ranges=wide),
        "Softmax after a convolution": graph([PICTURE], lambda x: layers.Softmax()(layers.Conv2D(4, 3)(x))),
        "Conv2D with an activation layer": one(lambda: layers.Conv2D(4, 3, activation=layers.LeakyReLU(0.4)), PICTURE),
    }


def shapes() -> dict:
    first = {"data_format": "channels_first"}
    return {
        "Flatten": one(lambda: layers.Flatten(), PICTURE),
        "Flatten of numbers": one(lambda: layers.Flatten(), ()),
        "Flatten after a convolution": graph(
            [PICTURE], lambda x: layers.Dense(3)(layers.Flatten()(layers.Conv2D(4, 3)(x)))
        ),
        "Flatten channels first": one(lambda: layers.Flatten(**first), PLANES),
        "Flatten after planes": graph(
            [PLANES], lambda x: layers.Dense(3)(layers.Flatten(**first)(layers.Conv2D(4, 3, **first)(x)))
        ),
        "Reshape": one(lambda: layers.Reshape((6, 12, 6)), PICTURE),
        "Reshape to the rest": one(lambda: layers.Reshape((-1, 6)), PICTURE),
        "Reshape after a convolution": graph([PICTURE], lambda x: layers.Reshape((-1, 4))(layers.Conv2D(4, 3)(x))),
        "Reshape to a pixel": graph(
            [(7,), PICTURE],
            lambda x, y: layers.Multiply()(
                [layers.Conv2D(4, 1, activation="sigmoid")(layers.Reshape((1, 1, 7))(x)), layers.Conv2D(4, 3)(y)]
            ),
        ),
        "Permute": one(lambda: layers.Permute((3, 1, 2)), PICTURE),
        "Permute after a convolution": graph([PICTURE], lambda x: layers.Permute((2, 1, 3))(layers.Conv2D(4, 3)(x))),
        "RepeatVector": one(lambda: layers.RepeatVector(3), (5,)),
        "ZeroPadding1D": one(lambda: layers.ZeroPadding1D((1, 2)), SEQUENCE),
        "ZeroPadding2D": one(lambda: layers.ZeroPadding2D(((1, 0), (2, 3))), PICTURE),
        "ZeroPadding2D channels first": one(lambda: layers.ZeroPadding2D((1, 2), **first), PLANES),
        "ZeroPadding2D amid convolutions": graph(
            [PICTURE], lambda x: layers.Conv2D(3, 3)(layers.ZeroPadding2D(((1, 0), (2, 3)))(layers.Conv2D(4, 3)(x)))
        ),
        "ZeroPadding3D": one(lambda: layers.ZeroPadding3D(1), VOLUME),
        "Cropping1D": one(lambda: layers.Cropping1D((1, 2)), SEQUENCE),
        "Cropping2D": one(lambda: layers.Cropping2D(((1, 0), (2, 3))), PICTURE),
        "Cropping2D amid convolutions": graph(
            [PICTURE], lambda x: layers.Conv2D(3, 2)(layers.Cropping2D(((1, 0), (2, 1)))(layers.Conv2D(4, 3)(x)))
        ),
        "Cropping3D": one(lambda: layers.Cropping3D(1), VOLUME),
        "UpSampling1D": one(lambda: layers.UpSampling1D(3), SEQUENCE),
        "UpSampling2D": one(lambda: layers.UpSampling2D((2, 3)), PICTURE),
        "UpSampling2D channels first": one(lambda: layers.UpSampling2D(2, **first), PLANES),
        "UpSampling2D bilinear": one(lambda: layers.UpSampling2D((2, 3), interpolation="bilinear"), PICTURE),
        "UpSampling2D bicubic": one(lambda: layers.UpSampling2D(2, interpolation="bicubic"), PICTURE),
        "UpSampling3D": one(lambda: layers.UpSampling3D(2), VOLUME),
        "Resizing up": one(lambda: layers.Resizing(13, 17), PICTURE),
        "Resizing down": one(lambda: layers.Resizing(3, 5), PICTURE),
        "Resizing nearest": one(lambda: layers.Resizing(5, 20, "nearest"), PICTURE),
        "Resizing bicubic": one(lambda: layers.Resizing(5, 20, "bicubic"), PICTURE),
        "Resizing antialiased": one(lambda: layers.Resizing(3, 4, antialias=True), PICTURE),
        "Resizing antialiased, bicubic": one(lambda: layers.Resizing(3, 12, "bicubic", antialias=True), PICTURE),
        "Resizing cropped": one(lambda: layers.Resizing(6, 4, crop_to_aspect_ratio=True), PICTURE),
        "Resizing padded": one(lambda: layers.Resizing(6, 4, pad_to_aspect_ratio=True, fill_value=0.5), PICTURE),
        "Resizing channels first": one(lambda: layers.Resizing(5, 7, **first), PLANES),
        "CenterCrop": one(lambda: layers.CenterCrop(5, 4), PICTURE),
        "CenterCrop of small pictures": one(lambda: layers.CenterCrop(12, 10), PICTURE),
    }


def merges() -> dict:
    pair = [PICTURE, PICTURE]
    cases = {
        kind: graph(pair, lambda x, y, kind=kind: getattr(layers, kind)()([x, y]))
        for kind in ("Add", "Subtract", "Multiply", "Average", "Maximum", "Minimum", "Concatenate")
    }
    return cases | {
        "Add of three": graph([(5,)] * 3, lambda *x: layers.Add()(list(x))),
        "Average of three": graph([(5,)] * 3, lambda *x: layers.Average()(list(x))),
        "Add across layouts": graph(pair, lambda x, y: layers.Add()([layers.Conv2D(6, 1)(x), y])),
        "Multiply by a pixel": graph([PICTURE, (1, 1, 6)], lambda x, y: layers.Multiply()([layers.Conv2D(6, 3)(x), y])),
        "Add of other ranks": graph([SEQUENCE, (6,)], lambda x, y: layers.Add()([x, y])),
        "Concatenate rows": graph(pair, lambda x, y: layers.Concatenate(axis=1)([x, y])),
        "Concatenate across layouts": graph(pair, lambda x, y: layers.Concatenate()([layers.Conv2D(4, 1)(x), y])),
        "Concatenate columns of convolutions": graph(
            pair, lambda x, y: layers.Concatenate(axis=2)([layers.Conv2D(4, 1)(x), layers.Conv2D(4, 1)(y)])
        ),
        "Dot of vectors": graph([(5,), (5,)], lambda x, y: layers.Dot(axes=1)([x, y])),
        "Dot normalized": graph([(5,), (5,)], lambda x, y: layers.Dot(axes=1, normalize=True)([x, y])),
        "Dot of sequences": graph([SEQUENCE, (7, 6)], lambda x, y: layers.Dot(axes=(2, 2))([x, y])),
        "Dot with a vector": graph([SEQUENCE, (6,)], lambda x, y: layers.Dot(axes=(2, 1))([x, y])),
    }


def attentions() -> dict:
    return {
        "MultiHeadAttention": graph([SEQUENCE], lambda x: layers.MultiHeadAttention(2, 3)(x, x)),
        "MultiHeadAttention crossed": graph(
            [SEQUENCE, (7, 5)],
            lambda x, y: layers.MultiHeadAttention(2, 3, value_dim=4, output_shape=5, use_bias=False)(x, y),
        ),
        "MultiHeadAttention with a key": graph(
            [SEQUENCE, (7, 5), (7, 4)], lambda x, y, z: layers.MultiHeadAttention(2, 3)(x, y, key=z)
        ),
        "MultiHeadAttention causal": graph(
            [SEQUENCE], lambda x: layers.MultiHeadAttention(2, 3)(x, x, use_causal_mask=True)
        ),
        "MultiHeadAttention in a window": graph(
            [SEQUENCE], lambda x: layers.MultiHeadAttention(2, 3, sliding_window=3)(x, x)
        ),
        "MultiHeadAttention masked": graph(
            [SEQUENCE, (10, 10)],
            lambda x, m: layers.MultiHeadAttention(2, 3)(x, x, attention_mask=m),
            ranges=[(-1, 1), (0, 4)],
        ),
        "MultiHeadAttention gated": graph([SEQUENCE], lambda x: layers.MultiHeadAttention(2, 3, use_gate=True)(x, x)),
        "MultiHeadAttention with its scores": graph(
            [SEQUENCE], lambda x: layers.MultiHeadAttention(2, 3)(x, x, return_attention_scores=True)
        ),
        "GroupedQueryAttention": graph([SEQUENCE], lambda x: layers.GroupQueryAttention(3, 4, 2)(x, x)),
        "Attention": graph([SEQUENCE, (7, 6)], lambda x, y: layers.Attention()([x, y])),
        "Attention scaled": graph([SEQUENCE, (7, 6)], lambda x, y: layers.Attention(use_scale=True)([x, y])),
    }


def random_layers() -> dict:
    made = {
        "Dropout": lambda: layers.Dropout(0.5),
        "SpatialDropout2D": lambda: layers.SpatialDropout2D(0.5),
        "AlphaDropout": lambda: layers.AlphaDropout(0.5),
        "GaussianDropout": lambda: layers.GaussianDropout(0.5),
        "GaussianNoise": lambda: layers.GaussianNoise(0.5),
        "ActivityRegularization": lambda: layers.ActivityRegularization(0.1),
        "Identity": lambda: layers.Identity(),
        "RandomFlip": lambda: layers.RandomFlip(),
        "RandomRotation": lambda: layers.RandomRotation(0.2),
        "RandomZoom": lambda: layers.RandomZoom(0.2),
        "RandomTranslation": lambda: layers.RandomTranslation(0.2, 0.2),
        "RandomContrast": lambda: layers.RandomContrast(0.2),
        "RandomBrightness": lambda: layers.RandomBrightness(0.2),
        "RandomHue": lambda: layers.RandomHue(0.2),
        "RandomSaturation": lambda: layers.RandomSaturation(0.2),
        "RandomColorJitter": lambda: layers.RandomColorJitter(0.2),
        "RandomColorDegeneration": lambda: layers.RandomColorDegeneration(0.2),
        "RandomGrayscale": lambda: layers.RandomGrayscale(0.5),
        "RandomGaussianBlur": lambda: layers.RandomGaussianBlur(),
        "RandomPosterization": lambda: layers.RandomPosterization(4),
        "RandomSharpness": lambda: layers.RandomSharpness(0.2),
        "RandomShear": lambda: layers.RandomShear(0.2, 0.2),
        "RandomPerspective": lambda: layers.RandomPerspective(),
        "RandomElasticTransform": lambda: layers.RandomElasticTransform(),
        "RandomErasing": lambda: layers.RandomErasing(),
        "RandomInvert": lambda: layers.RandomInvert(),
        "MixUp": lambda: layers.MixUp(),
        "CutMix": lambda: layers.CutMix(),
        "AugMix": lambda: layers.AugMix(),
        "RandAugment": lambda: layers.RandAugment(),
    }
    # What follows shows that nothing of it is lost.
    return {
        name: graph([(8, 9, 3)], lambda x, make=make: layers.Rescaling(2.0)(make()(x)), ranges=[(0, 255)])
        for name, make in made.items()
    }


def operations() -> dict:
    def numbers(x: keras.KerasTensor) -> keras.KerasTensor:
        return ops.sqrt(ops.abs((2.0 - x) * 3.0 / (x**2 + 1.5) + x - 0.25)) - ops.exp(-x)

    return {
        "arithmetic with numbers": graph([PICTURE], lambda x: numbers(layers.Conv2D(4, 3)(x))),
        "parts of an axis": graph(
            [SEQUENCE], lambda x: [x[:, 0], x[:, -1], x[:, 2:8:3], x[:, :, None, 1:-1], x[..., 0]]
        ),
        "parts of a convolution": graph([PICTURE], lambda x: layers.Conv2D(4, 3)(x)[:, 1:, ::2]),
        "means": graph(
            [PICTURE],
            lambda x: [
                ops.mean(x, axis=[1, 2]),
                ops.max(layers.Conv2D(4, 3)(x), axis=(1, 2), keepdims=True),
                ops.sum(layers.Conv2D(4, 3)(x), axis=-1),
                ops.min(x, axis=1),
            ],
        ),
        "other shapes": graph(
            [SEQUENCE],
            lambda x: [
                ops.reshape(x, (-1, 5, 12)),
                ops.transpose(x, (0, 2, 1)),
                ops.squeeze(ops.expand_dims(x, 1), 1),
                ops.concatenate([x, x * 2.0], axis=1),
                ops.stack([x, x], axis=1),
                ops.clip(x, -0.5, 0.25),
            ],
        ),
        "operations of two": graph(
            [SEQUENCE, SEQUENCE],
            lambda x, y: [x + y, x * y, x - y, ops.maximum(x, y), ops.matmul(x, ops.transpose(y, (0, 2, 1)))],
        ),
        "activations as operations": graph(
            [SEQUENCE], lambda x: [ops.relu(x), ops.hard_sigmoid(x), ops.gelu(x), ops.softmax(x, axis=1), ops.silu(x)]
        ),
    }


def models() -> dict:
    def shared_layer(x: keras.KerasTensor, y: keras.KerasTensor) -> list:
        dense = layers.Dense(6, "relu", name="shared")
        return [layers.Concatenate()([dense(x), dense(y)]), dense(dense(x))]

    def nested(x: keras.KerasTensor) -> keras.KerasTensor:
        inner = keras.Sequential([keras.Input((6,)), layers.Dense(6, "tanh", name="inner")], name="block")
        still = keras.Input((6,), name="still")
        frozen = keras.Model(still, layers.Dense(6, name="inner")(still), name="frozen")
        frozen.trainable = False
        return layers.Add()([inner(x), frozen(layers.Dense(6)(inner(x)))])

    def picture_net() -> keras.Model:
        base = keras.Sequential(
            [keras.Input(PICTURE), layers.Conv2D(4, 3, name="conv"), layers.BatchNormalization(name="norm")],
            name="base",
        )
        return keras.Sequential([base, layers.Flatten(), layers.Dense(3, name="head")])

    def several(x: keras.KerasTensor) -> list:
        conv = layers.Conv2D(4, 3, name="conv")(x)
        return [conv, x, conv, layers.GlobalAveragePooling2D()(conv)]

    def open_sides() -> keras.Model:
        inputs = keras.Input((None, None, 3))
        x = layers.Conv2D(4, 3, 2, "same", activation="relu")(inputs)
        x = layers.MaxPooling2D(3, 2, "same")(layers.GroupNormalization(2)(x))
        x = layers.UpSampling2D(2)(layers.SeparableConv2D(5, 3)(layers.ZeroPadding2D(1)(x)))
        return keras.Model(inputs, [x, layers.GlobalAveragePooling2D()(x)])

    return {
        "a layer called three times": graph([(6,), (6,)], shared_layer),
        "models in models": graph([(6,)], nested),
        "a Sequential model of a model": {"build": picture_net},
        "an input and one tensor twice among the outputs": graph([PICTURE], several),
        "open sides": {"build": open_sides, "sides": (11, 14, 3)},
    }


def lab() -> dict:
    """The network of the lab on seeing activations, names and all (slimmer pictures: its weights are the same)."""

    def build() -> keras.Model:
        return keras.Sequential(
            [
                keras.Input((150, 150, 3)),
                layers.Conv2D(32, 3, activation="relu", name="conv2d_1"),
                layers.MaxPooling2D(2, name="max_pooling2d_1"),
                layers.Conv2D(64, 3, activation="relu", name="conv2d_2"),
                layers.MaxPooling2D(2, name="max_pooling2d_2"),
                layers.Conv2D(128, 3, activation="relu", name="conv2d_3"),
                layers.MaxPooling2D(2, name="max_pooling2d_3"),
                layers.Conv2D(128, 3, activation="relu", name="conv2d_4"),
                layers.MaxPooling2D(2, name="max_pooling2d_4"),
                layers.Flatten(name="flatten_1"),
                layers.Dense(512, activation="relu", name="dense_1"),
                layers.Dense(1, activation="sigmoid", name="dense_2"),
            ]
        )

    return {"the lab's network": {"build": build, "batch": 1}}


def layer_cases() -> list[dict]:
    groups = (
        convolutions, dense, pools, normalizations, activations, shapes, merges, attentions, random_layers, operations,
        models, lab,
    )  # fmt: skip
    return [{"name": name, **case} for group in groups for name, case in group().items()]
