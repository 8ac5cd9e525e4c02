"""Write three small networks and what ONNX Runtime answers, for tests/browser/model-engine/.

Run with the environment of oracles.txt, in one thread:
OMP_NUM_THREADS=1 .oracle-models/bin/python tests/reference/models/make-engine-goldens.py

What WebGPU and WebAssembly must agree on: LeNet's second convolution (6 to 16 channels, wrong in onnxruntime-web's
default layout), depthwise and strided convolutions with a residual, and a block of attention. Inputs are the numbers of
src/compute/model/engine/sample-numbers.ts.
"""

from __future__ import annotations

import base64
import json
from importlib.metadata import version
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
from onnx import TensorProto, helper, numpy_helper

FOLDER = Path(__file__).parent
random = np.random.default_rng(11)


class Graph:
    """Nodes and weights as they come."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.weights: list[onnx.TensorProto] = []

    def weight(self, name: str, *dims: int, scale: float | None = None) -> str:
        fan_in = int(np.prod(dims[1:])) or 1
        values = random.standard_normal(dims) * (scale or fan_in**-0.5)
        self.weights.append(numpy_helper.from_array(values.astype(np.float32), name))
        return name

    def add(self, operator: str, inputs: list[str], output: str, **attributes: object) -> str:
        self.nodes.append(helper.make_node(operator, inputs, [output], name=output, **attributes))
        return output

    def file(self, name: str, dims: list[int], classes: int) -> bytes:
        inputs = [helper.make_tensor_value_info("x", TensorProto.FLOAT, ["n", *dims])]
        outputs = [helper.make_tensor_value_info("scores", TensorProto.FLOAT, ["n", classes])]
        graph = helper.make_graph(self.nodes, name, inputs, outputs, self.weights)
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
        onnx.checker.check_model(model, full_check=True)
        return model.SerializeToString()


def lenet() -> tuple[bytes, list[int], list[str]]:
    graph = Graph()
    graph.add("Conv", ["x", graph.weight("w1", 6, 1, 3, 3), graph.weight("b1", 6, scale=0.1)], "conv1")
    graph.add("Relu", ["conv1"], "relu1")
    graph.add("Conv", ["relu1", graph.weight("w2", 16, 6, 3, 3), graph.weight("b2", 16, scale=0.1)], "conv2")
    graph.add("Relu", ["conv2"], "relu2")
    graph.add("MaxPool", ["relu2"], "pool2", kernel_shape=[2, 2], strides=[2, 2])
    graph.add("Flatten", ["pool2"], "flat")
    graph.add("Gemm", ["flat", graph.weight("w3", 5, 256), graph.weight("b3", 5, scale=0.1)], "scores", transB=1)
    return graph.file("lenet", [1, 12, 12], 5), [1, 12, 12], ["conv2", "pool2"]


def separable() -> tuple[bytes, list[int], list[str]]:
    graph = Graph()
    graph.add("Conv", ["x", graph.weight("w1", 8, 3, 3, 3)], "conv1", pads=[1, 1, 1, 1], strides=[2, 2])
    graph.add("HardSwish", ["conv1"], "swish1")
    graph.add("Conv", ["swish1", graph.weight("w2", 8, 1, 3, 3)], "depthwise", pads=[1, 1, 1, 1], group=8)
    graph.add("Conv", ["depthwise", graph.weight("w3", 8, 8, 1, 1)], "pointwise")
    graph.add("Add", ["pointwise", "swish1"], "sum")
    graph.add("GlobalAveragePool", ["sum"], "pool")
    graph.add("Flatten", ["pool"], "flat")
    graph.add("Gemm", ["flat", graph.weight("w4", 4, 8)], "scores", transB=1)
    return graph.file("separable", [3, 16, 16], 4), [3, 16, 16], ["depthwise", "sum"]


def attention() -> tuple[bytes, list[int], list[str]]:
    graph = Graph()
    graph.add("LayerNormalization", ["x", graph.weight("gamma", 16), graph.weight("beta", 16, scale=0.1)], "norm")
    for name in ("query", "key", "value"):
        graph.add("MatMul", ["norm", graph.weight(f"w_{name}", 16, 16)], name)
    graph.add("Transpose", ["key"], "turned", perm=[0, 2, 1])
    graph.add("MatMul", ["query", "turned"], "products")
    graph.add("Softmax", ["products"], "attended", axis=-1)
    graph.add("MatMul", ["attended", "value"], "mixed")
    graph.add("Add", ["mixed", "x"], "sum")
    graph.add("ReduceMean", ["sum"], "mean", axes=[1], keepdims=0)
    graph.add("MatMul", ["mean", graph.weight("w_head", 16, 3)], "scores")
    return graph.file("attention", [9, 16], 3), [9, 16], ["attended", "sum"]


def sample_numbers(count: int) -> np.ndarray:
    return ((np.arange(1, count + 1) * 0.6180339887498949) % 1).astype(np.float32)


def run(file: bytes, dims: list[int], hidden: list[str]) -> dict[str, object]:
    model = onnx.load_from_string(file)
    for name in hidden:
        model.graph.output.append(helper.make_empty_tensor_value_info(name))
    session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    pictures = sample_numbers(2 * int(np.prod(dims))).reshape(2, *dims)
    names = ["scores", *hidden]
    answers = session.run(names, {"x": pictures})
    return {
        "file": base64.b64encode(file).decode(),
        "dims": dims,
        "answers": {
            name: {"dims": answer.shape, "data": base64.b64encode(answer.astype("<f4").tobytes()).decode()}
            for name, answer in zip(names, answers, strict=True)
        },
    }


def main() -> None:
    goldens = {
        "from": f"ONNX {version('onnx')}, ONNX Runtime {version('onnxruntime')}; two pictures each",
        "networks": {make.__name__: run(*make()) for make in (lenet, separable, attention)},
    }
    (FOLDER / "engine-goldens.json").write_text(json.dumps(goldens, indent=1) + "\n")


if __name__ == "__main__":
    main()
