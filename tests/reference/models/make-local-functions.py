"""Write a network of local functions, what onnx.inliner makes of it, and its gradient, for
tests/unit/gradient/local-functions.test.ts.

The gradient is PyTorch's in double precision, of the same network written out: of the logits of class 1.

Run with the environment of oracles.txt: .oracle-models/bin/python tests/reference/models/make-local-functions.py
"""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import onnx.inliner
import torch
from onnx import FunctionProto, GraphProto, ModelProto, NodeProto, TensorProto, helper, numpy_helper

HERE = Path(__file__).parent
DOMAIN = "local"
OPSETS = [helper.make_opsetid("", 17), helper.make_opsetid(DOMAIN, 1)]
RNG = np.random.default_rng(9)
WEIGHTS = {
    "w": RNG.normal(size=(4, 5)),
    "b": RNG.normal(size=5),
    "v": RNG.normal(size=(5, 3)),
    "c": RNG.normal(size=3),
    "scale": np.array(1.5),
}
PICTURES = RNG.normal(size=(2, 4))


def referring(node: NodeProto, key: str, to: str, kind: int) -> NodeProto:
    """The operator with an attribute that is the call's."""
    attribute = node.attribute.add()
    attribute.name, attribute.ref_attr_name, attribute.type = key, to, kind
    return node


def functions() -> list[FunctionProto]:
    """One with a default, one that calls it, one with graphs in it, one that ends in a Softmax."""
    floats = onnx.AttributeProto.FLOAT
    leaky = referring(helper.make_node("LeakyRelu", ["x"], ["y"]), "alpha", "alpha", floats)
    inner = referring(helper.make_node("Leaky", ["s"], ["y"], domain=DOMAIN), "alpha", "slope", floats)
    soft = referring(helper.make_node("Softmax", ["s"], ["soft"]), "axis", "axis", onnx.AttributeProto.INT)
    dense = [
        helper.make_node("MatMul", ["x", "w"], ["t"], "product"),
        helper.make_node("Add", ["t", "b"], ["s"]),
        inner,
        soft,
    ]
    branches = {
        f"{name}_branch": helper.make_graph(
            [helper.make_node(operator, ["scale", "scale"], ["t"])],
            name,
            [],
            [helper.make_tensor_value_info("t", TensorProto.FLOAT, [])],
        )
        for name, operator in (("then", "Add"), ("else", "Mul"))
    }
    choice = [helper.make_node("If", ["yes"], ["t"], **branches), helper.make_node("Mul", ["x", "t"], ["y"])]
    head = [helper.make_node("Mul", ["x", "scale"], ["t"]), helper.make_node("Softmax", ["t"], ["y"])]
    make = helper.make_function
    return [
        make(DOMAIN, "Leaky", ["x"], ["y"], [leaky], OPSETS, [], [helper.make_attribute("alpha", 0.1)]),
        make(DOMAIN, "Dense", ["x", "w", "b"], ["y", "soft"], dense, OPSETS, ["slope", "axis"]),
        make(DOMAIN, "Choice", ["x", "scale", "yes"], ["y"], choice, OPSETS),
        make(DOMAIN, "Head", ["x", "scale"], ["y"], head, OPSETS),
    ]


def network() -> ModelProto:
    """Names of its own tensors are those in the functions, too."""
    nodes = [
        helper.make_node("Flatten", ["x"], ["flat"]),
        helper.make_node("Dense", ["flat", "w", "b"], ["t", "s"], "first", domain=DOMAIN, slope=0.3, axis=0),
        helper.make_node("Dense", ["t", "v", "c"], ["u", "unused"], domain=DOMAIN),
        helper.make_node("Mul", ["u", "u"], ["squares"]),
        helper.make_node("Choice", ["squares", "scale", "yes"], ["half"], "choice", domain=DOMAIN),
        helper.make_node("ReduceMean", ["s"], ["mean"], axes=[1], keepdims=1),
        helper.make_node("Add", ["half", "u"], ["sum"]),
        helper.make_node("Add", ["sum", "mean"], ["all"]),
        helper.make_node("Head", ["all", "scale"], ["y"], "head", domain=DOMAIN),
    ]
    weights = [numpy_helper.from_array(each.astype(np.float32), name) for name, each in WEIGHTS.items()]
    graph = helper.make_graph(
        nodes,
        "functions",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, [2, 1, 2, 2])],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, [2, 3])],
        [*weights, numpy_helper.from_array(np.array(True), "yes")],
    )
    model = helper.make_model(graph, functions=functions(), ir_version=10, opset_imports=OPSETS)
    onnx.checker.check_model(model)
    return model


def written_out(x: torch.Tensor) -> torch.Tensor:
    """The same network in PyTorch, its Softmax left out."""
    at = {name: torch.from_numpy(each.astype(np.float32)).double() for name, each in WEIGHTS.items()}
    first = x @ at["w"] + at["b"]
    u = torch.nn.functional.leaky_relu(first, 0.3) @ at["v"] + at["c"]
    u = torch.nn.functional.leaky_relu(u, 0.1)
    return (u * u * 2 * at["scale"] + u + torch.softmax(first, 0).mean(1, keepdim=True)) * at["scale"]


def form(graph: GraphProto, outside: dict[str, str]) -> list[dict[str, Any]]:
    """Operators by what they take: an input or weight by its name, else "which operator:which answer"."""
    made = dict(outside)
    for value in [*graph.input, *graph.initializer]:
        made[value.name] = value.name
    found = []
    for place, node in enumerate(graph.node):
        settings, graphs = {}, {}
        for attribute in node.attribute:
            value = helper.get_attribute_value(attribute)
            if isinstance(value, GraphProto):
                graphs[attribute.name] = form(value, made)
            else:
                settings[attribute.name] = value
        # onnx.inliner forgets what a function says of attributes that a call leaves out; ONNX Runtime does not.
        if node.op_type == "LeakyRelu":
            settings.setdefault("alpha", float(np.float32(0.1)))
        taken = [made[name] for name in node.input]
        found.append({"type": node.op_type, "taken": taken, "settings": settings, "graphs": graphs})
        for answer, name in enumerate(node.output):
            made[name] = f"{len(outside)}/{place}:{answer}"
    return found


def main() -> None:
    """Write the golden file."""
    model = network()
    inlined = onnx.inliner.inline_local_functions(model)
    x = torch.from_numpy(PICTURES.astype(np.float32)).double().requires_grad_()
    logits = written_out(x)
    logits[:, 1].sum().backward()
    assert x.grad is not None
    golden = {
        "versions": {"onnx": onnx.__version__, "torch": torch.__version__},
        "file": base64.b64encode(model.SerializeToString()).decode(),
        "form": form(inlined.graph, {}),
        "x": x.detach().flatten().tolist(),
        "logits": logits.detach().flatten().tolist(),
        "gradient": x.grad.flatten().tolist(),
    }
    (HERE / "local-functions.json").write_text(json.dumps(golden, indent=1) + "\n")


if __name__ == "__main__":
    main()
