from __future__ import annotations

import numpy as np
import pytest

from retrieval.encoder.adapted import wheel_weights
from retrieval.encoder.embedded import EmbeddedEncoder, tokeniser
from retrieval.encoder.network import Network
from tests.retrieval.encoder.conformance import TEXTS


@pytest.fixture(scope="module")
def tokens() -> list[np.ndarray]:
    encode = tokeniser().encode
    return [np.array(encode(text, out_type=int, add_bos=True, add_eos=True)) for text in TEXTS]


@pytest.fixture(scope="module")
def network() -> Network:
    return Network(wheel_weights()).eval()


def test_its_vectors_are_those_of_the_numpy_path(
    network: Network, tokens: list[np.ndarray], embedded: EmbeddedEncoder
) -> None:
    np.testing.assert_allclose(network(tokens).detach().numpy(), embedded.encode(TEXTS), atol=1e-5)


def test_a_text_does_not_see_its_neighbours(network: Network, tokens: list[np.ndarray]) -> None:
    together, alone = network(tokens), network(tokens[:1])
    np.testing.assert_allclose(together[:1].detach().numpy(), alone.detach().numpy(), atol=1e-6)


def test_the_table_of_token_vectors_is_not_trained(network: Network) -> None:
    names = set(network.trained())
    assert {"cnn_W", "d3", "w1_2"} <= names
    assert not names & {"q1", "scale", "lo", "eps", "bits"}
