"""A model's gradient, as an ordinary ONNX file."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from layerscope._errors import InputError, plural


@dataclass(frozen=True)
class GraphTensor:
    """What a graph takes, or answers with, by its name.

    Parameters
    ----------
    name
        Under which it is fed or fetched.
    shape
        With the batch.
    """

    name: str
    shape: tuple[int, ...]


@dataclass(frozen=True)
class GradientGraph:
    """A model with the gradient of one of its scores, as an ONNX file that any runtime runs.

    Parameters
    ----------
    name
        The model's.
    inputs
        What it takes: the model's own inputs.
    outputs
        What it answers with: what was differentiated, then the gradient.
    notes
        What should be known of it, a sentence each.
    bytes
        The file, its weights in it.

    Examples
    --------
    >>> graph = await model.gradient_graph(target=0)
    >>> graph.save("gradient.onnx")
    >>> session = onnxruntime.InferenceSession(graph.bytes)
    >>> scores, gradient = session.run(graph.output_names, {graph.inputs[0].name: batch})
    """

    name: str
    inputs: tuple[GraphTensor, ...]
    outputs: tuple[GraphTensor, ...]
    notes: tuple[str, ...]
    bytes: bytes = field(repr=False)

    @property
    def output_names(self) -> list[str]:
        """What it answers with, by name: the output that was differentiated, then the gradient."""
        return [output.name for output in self.outputs]

    def save(self, path: str | Path) -> Path:
        """Write the file.

        Parameters
        ----------
        path
            Where to.

        Returns
        -------
        Path
            The same.

        Raises
        ------
        InputError
            When there is no such folder.
        """
        target = Path(path)
        if not target.resolve().parent.is_dir():
            raise InputError(f"There is no folder {target.resolve().parent}.", "Make it first.")
        target.write_bytes(self.bytes)
        return target

    def __repr__(self) -> str:
        def told(tensors: tuple[GraphTensor, ...]) -> str:
            return ", ".join(f"{tensor.name} {tensor.shape}" for tensor in tensors)

        size = plural(len(self.bytes), "byte")
        return f"GradientGraph({self.name}: {told(self.inputs)} → {told(self.outputs)}, {size})"


def read_gradient_graph(header: Mapping[str, Any], content: bytes) -> GradientGraph:
    """Take the page's answer."""

    def tensors(told: list[Mapping[str, Any]]) -> tuple[GraphTensor, ...]:
        return tuple(GraphTensor(str(each["name"]), tuple(map(int, each["shape"]))) for each in told)

    notes = tuple(map(str, header["notes"]))
    return GradientGraph(str(header["name"]), tensors(header["inputs"]), tensors(header["outputs"]), notes, content)
