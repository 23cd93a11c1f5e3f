"""A torch module becomes an ONNX graph with weights in 8 bits. Needs torch and onnx: set-up only."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.matmul_nbits_quantizer import DefaultWeightOnlyQuantConfig, MatMulNBitsQuantizer

BLOCK = 128
"""Weights that share a scale, where they are quantised in blocks."""
LEAST_COSINE = 0.98
"""An int8 vector less like the original than this is refused."""
SENTENCES = (
    "在吗",
    "什么时候发货",
    "这个裙子有没有XL码，我165高120斤穿多大合适？",
    "昨天付的款怎么现在还没有发出来，急用，能不能今天发顺丰",
    "能开专票吗，抬头和税号我等下发给你",
    "收到货发现少发了一件，而且外包装是破的，你们给个说法",
    "七天无理由退货运费谁出",
    "亲，满300减50的券怎么领不了",
)
"""Questions over which an encoder in 8 bits is compared with the original."""


class _ByPosition(torch.nn.Module):
    """A module that takes its inputs by position, whatever it calls them; dynamic shapes are given likewise."""

    def __init__(self, module: torch.nn.Module) -> None:
        super().__init__()
        self.module = module

    def forward(self, *inputs: torch.Tensor) -> torch.Tensor:
        """What the module gives."""
        given: torch.Tensor = self.module(*inputs)
        return given


def write_graph(
    module: torch.nn.Module, inputs: Mapping[str, torch.Tensor], free: Sequence[int], output: str, path: Path
) -> None:
    """Writes the module, in evaluation, as a float graph; of each input the first `free` dimensions may have any size.

    Raises what tracing the module's code raises.
    """
    dimensions = [dict.fromkeys(range(count), torch.export.Dim.DYNAMIC) for count in free]
    with quiet():
        torch.onnx.export(
            _ByPosition(module).eval(),
            tuple(inputs.values()),
            path,
            input_names=list(inputs),
            output_names=[output],
            dynamic_shapes=(tuple(dimensions),),
            external_data=False,
            dynamo=True,
            verbose=False,
        )
    forget_origin(path)


def forget_origin(graph: Path) -> None:
    """Removes from a graph where in the source code each node came from: it would make every machine's file differ."""
    model = onnx.load(graph)
    for part in (model, model.graph, *model.graph.node, *model.graph.value_info, *model.graph.input):
        del part.metadata_props[:]
    for node in model.graph.node:
        node.doc_string = ""
    onnx.save(model, graph)


def quantise(graph: Path, target: Path, likeness: Callable[[], float]) -> float:
    """Writes `graph` with its weights in 8 bits to `target`; the `likeness` of what is written then to the original.

    Weights are tried in 8 bits, then in 7 where that is less like the original than LEAST_COSINE: processors without
    VNNI instructions overflow on 8. What is returned may still be less.
    """
    cosine = -1.0
    for seven_bits in (False, True):
        with quiet():
            quantize_dynamic(graph, target, weight_type=QuantType.QInt8, per_channel=True, reduce_range=seven_bits)
        cosine = likeness()
        if cosine >= LEAST_COSINE:
            break
    return cosine


def in_blocks(graph: Path) -> None:
    """Puts the weights of a float graph into 8 bits, each BLOCK of them with a scale of its own.

    What they are multiplied with is rounded likewise, row by row: nearly the vectors of 32 bits, in half the time
    (docs/decisions/0009).
    """
    with quiet():
        quantiser = MatMulNBitsQuantizer(
            onnx.load(graph),
            algo_config=DefaultWeightOnlyQuantConfig(block_size=BLOCK, is_symmetric=True, accuracy_level=4, bits=8),
        )
        quantiser.process()
        quantiser.model.save_model_to_file(str(graph))


@contextmanager
def quiet() -> Iterator[None]:
    """Keeps the exporter's and quantiser's remarks about their own inner workings from the user."""
    before = logging.root.manager.disable
    logging.disable(logging.WARNING)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logging.disable(before)
