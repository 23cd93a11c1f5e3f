from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
import pytest
import torch

from retrieval.encoder.quantising import LEAST_COSINE, quantise, write_graph
from retrieval.encoder.sessions import open_session


class Layers(torch.nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.first = torch.nn.Parameter(torch.randn(64, 128))
        self.second = torch.nn.Parameter(torch.randn(128, 32))

    def forward(self, inputs: torch.Tensor) -> torch.Tensor:
        return torch.relu(inputs @ self.first) @ self.second


@pytest.fixture(scope="module")
def layer() -> torch.nn.Module:
    torch.manual_seed(7)
    return Layers()


@pytest.fixture(scope="module")
def graph(layer: torch.nn.Module, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("graph") / "float.onnx"
    write_graph(layer, {"inputs": torch.zeros(2, 64)}, [1], "outputs", path)
    return path


def outputs(path: Path, inputs: np.ndarray) -> np.ndarray:
    return np.asarray(open_session(path, threads=1).run(["outputs"], {"inputs": inputs})[0])


def test_the_graph_gives_what_the_module_gives_for_any_number_of_rows(graph: Path, layer: torch.nn.Module) -> None:
    for rows in (1, 5):
        inputs = np.random.default_rng(rows).normal(size=(rows, 64)).astype(np.float32)
        expected = layer(torch.from_numpy(inputs)).detach().numpy()
        np.testing.assert_allclose(outputs(graph, inputs), expected, rtol=1e-4, atol=1e-3)


def test_nothing_in_it_tells_where_the_code_lies(graph: Path) -> None:
    assert not any(node.doc_string or node.metadata_props for node in onnx.load(graph).graph.node)


def test_seven_bits_are_tried_where_eight_are_not_like_it(graph: Path, tmp_path: Path) -> None:
    told = iter([LEAST_COSINE - 0.1, LEAST_COSINE])
    assert quantise(graph, tmp_path / "model.onnx", lambda: next(told)) == LEAST_COSINE
    assert next(told, None) is None


def test_eight_bits_are_kept_where_they_are_like_it(graph: Path, tmp_path: Path) -> None:
    target = tmp_path / "model.onnx"
    assert quantise(graph, target, lambda: 0.99) == 0.99
    inputs = np.random.default_rng(7).normal(size=(3, 64)).astype(np.float32)
    given, exact = outputs(target, inputs), outputs(graph, inputs)
    assert np.sum(given * exact) / np.linalg.norm(given) / np.linalg.norm(exact) > 0.999
