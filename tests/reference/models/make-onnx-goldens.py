"""Write small ONNX files of many kinds and what they compute, for tests/unit/model/{onnx,layers}/.

Run with the environment of oracles.txt, in one thread:
OMP_NUM_THREADS=1 .oracle-models/bin/python tests/reference/models/make-onnx-goldens.py
"""

from __future__ import annotations

import base64
import gzip
import json
import logging
import warnings
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import onnx
import onnxruntime
import torch
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantFormat, QuantType, quantize_dynamic, quantize_static
from small_nets import families
from torch import nn
from torch.nn.attention import SDPBackend, sdpa_kernel
from torch.utils.flop_counter import FlopCounterMode

HERE = Path(__file__).parent
warnings.filterwarnings("ignore")
logging.disable(logging.WARNING)
torch.set_num_threads(1)
torch.manual_seed(7)
random = np.random.default_rng(7)


def shake(net: nn.Module) -> nn.Module:
    """Weights that are neither 0 nor 1 (exporters merge equal ones), so that a normalisation left out shows."""
    for module in net.modules():
        if isinstance(module, nn.LayerNorm):
            module.weight.data.uniform_(0.5, 1.5)
            module.bias.data.normal_(0, 0.3)
        if isinstance(module, nn.BatchNorm2d):
            module.running_mean.normal_(0, 0.3)
            module.running_var.uniform_(0.5, 1.5)
            module.weight.data.uniform_(0.5, 1.5)
            module.bias.data.normal_(0, 0.3)
    return net.eval()


def text(content: bytes) -> str:
    """Packed as tests unpack it."""
    return base64.b64encode(gzip.compress(content, 9, mtime=0)).decode()


def floats(values: np.ndarray) -> str:
    return base64.b64encode(np.ascontiguousarray(values, "<f4").tobytes()).decode()


def picture(*shape: int) -> np.ndarray:
    return random.standard_normal(shape).astype("f4")


pictures = picture(2, 3, 16, 16)
one = pictures[:1]


def taken(x: np.ndarray) -> dict[str, Any]:
    """What a model takes: the pictures of all, or numbers of its own."""
    return {"dims": list(x.shape)} if x.ndim == 4 else {"dims": list(x.shape), "values": floats(x)}


def without_traces(model: onnx.ModelProto) -> onnx.ModelProto:
    """Without lines of Python, which are most of what PyTorch's exporter writes for a small model."""
    for node in model.graph.node:
        kept = [each for each in node.metadata_props if each.key.endswith(("name_scopes", "class_hierarchy"))]
        del node.metadata_props[:]
        node.metadata_props.extend(kept)
    for value in [*model.graph.value_info, *model.graph.input, *model.graph.output, *model.graph.initializer]:
        del value.metadata_props[:]
    return model


def export(net: nn.Module, x: np.ndarray, **options: Any) -> dict[str, bytes]:
    """The files that an export leaves, by name."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "model.onnx"
        torch.onnx.export(net, (torch.from_numpy(x),), path, **options)
        model = onnx.load(path, load_external_data=False)
        path.write_bytes(without_traces(model).SerializeToString())
        return {each.name: each.read_bytes() for each in sorted(Path(folder).iterdir())}


def run_all(files: dict[str, bytes], x: np.ndarray) -> list[dict[str, Any]]:
    """What every operator of a model answers, by onnxruntime: mean square root and the first 64 numbers."""
    with TemporaryDirectory() as folder:
        for name, content in files.items():
            (Path(folder) / name).write_bytes(content)
        model = onnx.load(Path(folder) / "model.onnx")
    there = {each.name for each in model.graph.output}
    names = [name for node in model.graph.node for name in node.output if name and name not in there]
    model.graph.output.extend(helper.make_empty_tensor_value_info(name) for name in names)
    options = onnxruntime.SessionOptions()
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
    session = onnxruntime.InferenceSession(model.SerializeToString(), options)
    answers = session.run(None, {session.get_inputs()[0].name: x})
    return [
        {"tensor": each.name, "dims": list(value.shape), "first": floats(value.reshape(-1)[:64].astype("f4"))}
        for each, value in zip(session.get_outputs(), answers, strict=True)
        if value.dtype in (np.float32, np.float16)
    ]


def entry(name: str, files: dict[str, bytes], x: np.ndarray) -> dict[str, Any]:
    return {
        "name": name,
        "files": {each: text(content) for each, content in files.items()},
        "input": taken(x),
        "answers": run_all(files, x),
    }


def multiply_adds(net: nn.Module, x: np.ndarray) -> int:
    """By PyTorch's own counter, which counts two operations each."""
    # Attention in one piece is not counted on a CPU, its two products are.
    with FlopCounterMode(display=False) as counter, torch.no_grad(), sdpa_kernel(SDPBackend.MATH):
        net(torch.from_numpy(x))
    return counter.get_total_flops() // 2


def family(name: str, net: nn.Module, module: str, averaged: bool) -> list[dict[str, Any]]:
    """A family exported both ways, with the answer of its postconv layer in PyTorch itself."""
    shake(net)
    x = pictures
    found: list[torch.Tensor] = []
    hook = net.get_submodule(module).register_forward_hook(lambda _module, _taken, answer: found.append(answer))
    with torch.no_grad():
        net(torch.from_numpy(x))
    hook.remove()
    wanted = (found[0].mean((2, 3)) if averaged else found[0]).numpy()
    more = {
        "postconv": {"dims": list(wanted.shape), "values": floats(wanted)},
        "multiplyAdds": multiply_adds(net, x[:1]),
        "parameters": sum(each.numel() for each in net.parameters()),
        "normalized": any(isinstance(each, nn.BatchNorm2d) for each in net.modules()),
    }
    dynamic = {"dynamic_axes": {"input": {0: "batch"}}, "input_names": ["input"]}
    return [
        {
            "name": f"{name}, {how}",
            "files": {each: text(content) for each, content in files.items()},
            "input": taken(x),
            **more,
        }
        for how, files in {
            "torch.export": export(net, x, dynamo=True, dynamic_shapes=({0: torch.export.Dim("batch")},)),
            "TorchScript": export(net, x, dynamo=False, opset_version=17, **dynamic),
        }.items()
    ]


def half_weights(files: dict[str, bytes]) -> dict[str, bytes]:
    """The same graph with its weights in half precision, cast where they are used."""
    model = onnx.load_from_string(files["model.onnx"])
    casts = []
    for tensor in model.graph.initializer:
        if tensor.data_type == TensorProto.FLOAT and len(tensor.dims) > 0:
            name = tensor.name
            tensor.CopyFrom(numpy_helper.from_array(numpy_helper.to_array(tensor).astype("f2"), f"{name}_half"))
            casts.append(helper.make_node("Cast", [f"{name}_half"], [name], f"cast_{name}", to=TensorProto.FLOAT))
    nodes = [*casts, *model.graph.node]
    del model.graph.node[:]
    model.graph.node.extend(nodes)
    return {"model.onnx": model.SerializeToString()}


def typed_fields() -> dict[str, bytes]:
    """Weights in protobuf's typed fields, listed among the inputs as files of IR version 3 do."""
    weight, bias = picture(2, 3), picture(2)
    graph = helper.make_graph(
        [
            helper.make_node("Gemm", ["x", "w", "b"], ["y"], "gemm", transB=1, alpha=0.5),
            helper.make_node("Reshape", ["y", "shape"], ["z"], "reshape"),
            helper.make_node("Mul", ["z", "half"], ["scaled"], "mul"),
        ],
        "typed",
        [
            helper.make_tensor_value_info("x", TensorProto.FLOAT, ["n", 3]),
            helper.make_tensor_value_info("w", TensorProto.FLOAT, [2, 3]),
            helper.make_tensor_value_info("b", TensorProto.FLOAT, [2]),
            helper.make_tensor_value_info("shape", TensorProto.INT64, [3]),
            helper.make_tensor_value_info("half", TensorProto.FLOAT, []),
        ],
        [helper.make_tensor_value_info("scaled", TensorProto.FLOAT, ["n", 1, 2])],
        [
            helper.make_tensor("w", TensorProto.FLOAT, [2, 3], weight.reshape(-1)),
            helper.make_tensor("b", TensorProto.FLOAT, [2], bias),
            helper.make_tensor("shape", TensorProto.INT64, [3], [-1, 1, 2]),
            helper.make_tensor("half", TensorProto.FLOAT, [], [0.5]),
        ],
    )
    model = helper.make_model(graph, ir_version=3, opset_imports=[helper.make_opsetid("", 9)])
    return {"model.onnx": model.SerializeToString()}


def local_function() -> dict[str, bytes]:
    """An operator of the file's own, and one that has graphs inside."""
    double = helper.make_function(
        "own", "Twice", ["a"], ["b"], [helper.make_node("Add", ["a", "a"], ["b"])], [helper.make_opsetid("", 17)]
    )
    branch = [
        helper.make_graph(
            [helper.make_node(kind, ["doubled"], [f"{kind}_out"], f"inner_{kind}")],
            kind,
            [],
            [helper.make_tensor_value_info(f"{kind}_out", TensorProto.FLOAT, ["n", 4])],
        )
        for kind in ("Relu", "Neg")
    ]
    yes = numpy_helper.from_array(np.array(True), "yes")
    graph = helper.make_graph(
        [
            helper.make_node("Twice", ["x"], ["doubled"], "twice", domain="own"),
            helper.make_node("If", ["yes"], ["y"], "choose", then_branch=branch[0], else_branch=branch[1]),
        ],
        "functions",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, ["n", 4])],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, ["n", 4])],
        [yes],
    )
    opsets = [helper.make_opsetid("", 17), helper.make_opsetid("own", 1)]
    model = helper.make_model(graph, functions=[double], ir_version=10, opset_imports=opsets)
    helper.set_model_props(model, {"names": "{0: 'cat', 1: 'dog'}"})
    onnx.checker.check_model(model)
    return {"model.onnx": model.SerializeToString()}


class Pictures:
    """What a calibration asks for."""

    def __init__(self) -> None:
        self.left = [{"input": picture(1, 3, 16, 16)} for _ in range(4)]

    def get_next(self) -> dict[str, np.ndarray] | None:
        return self.left.pop() if self.left else None


def quantized(files: dict[str, bytes], how: str) -> dict[str, bytes]:
    with TemporaryDirectory() as folder:
        given, made = Path(folder) / "model.onnx", Path(folder) / "quantized.onnx"
        given.write_bytes(files["model.onnx"])
        if how == "dynamic":
            quantize_dynamic(given, made, weight_type=QuantType.QInt8)
        else:
            style = QuantFormat.QDQ if how == "pairs" else QuantFormat.QOperator
            quantize_static(given, made, Pictures(), quant_format=style, per_channel=how == "pairs")
        return {"model.onnx": made.read_bytes()}


nets = families()
resnet, vit = shake(nets["ResNet"][0]), shake(nets["ViT"][0])
named = {"input_names": ["input"], "dynamic_axes": {"input": {0: "batch"}}}
script = {opset: export(resnet, one, dynamo=False, opset_version=opset, **named) for opset in (9, 13, 17, 20)}
whole = script[17]
goldens = {
    "from": f"PyTorch {version('torch')}, ONNX {version('onnx')}, ONNX Runtime {version('onnxruntime')}",
    "pictures": floats(pictures),
    "models": [
        entry("torch.export", export(resnet, one, dynamo=True), one),
        entry("torch.export, opset 23", export(vit, one, dynamo=True, opset_version=23), one),
        *(entry(f"TorchScript, opset {opset}", files, one) for opset, files in script.items()),
        entry("weights in half precision", half_weights(whole), one),
        entry("half precision", export(resnet.half(), one.astype("f2"), dynamo=True), one.astype("f2")),
        entry("typed fields, IR version 3", typed_fields(), picture(2, 3)),
        entry("a local function and a choice", local_function(), picture(3, 4)),
        entry("quantised, with operators of its own", quantized(whole, "operators"), one),
        entry("quantised, with pairs around each step", quantized(whole, "pairs"), one),
        entry("quantised as it runs", quantized(whole, "dynamic"), one),
    ],
    "families": [each for name, built in families().items() for each in family(name, *built)],
}


def check_written() -> dict[str, list[float]]:
    """Judge what tests/unit/model/onnx/write-onnx.test.ts writes, and run it."""
    pixels = np.arange(1, 10, dtype="f4").reshape(1, 1, 3, 3) / 2
    answers = {}
    for name in ("written-model.onnx", "written-beside.onnx"):
        onnx.checker.check_model(str(HERE / name), full_check=True)
        session = onnxruntime.InferenceSession(HERE / name)
        names = [each.name for each in session.get_outputs()]
        answers[name] = {
            each: value.reshape(-1).tolist()
            for each, value in zip(names, session.run(None, {"pixels": pixels}), strict=True)
        }
    if answers["written-model.onnx"] != answers["written-beside.onnx"]:
        raise ValueError(answers)
    return answers["written-model.onnx"]


(HERE / "written-answers.json").write_text(json.dumps(check_written()) + "\n")
(HERE / "onnx-goldens.json").write_text(json.dumps(goldens, indent=1) + "\n")
