from __future__ import annotations

from itertools import pairwise

import pytest
import torch

from retrieval.encoder.attention import Attention
from retrieval.encoder.network import FEATURES


@pytest.fixture
def attention() -> Attention:
    torch.manual_seed(3)
    return Attention(topics=4, width=8, layers=2, heads=2, dropout=0.5).eval()


def rows(*places: list[int], count: int) -> tuple[torch.Tensor, ...]:
    """One row each of these places, the first token of a row the agent's, filled up with `count`."""
    longest = max(len(row) for row in places)
    filled = torch.tensor([row + [count] * (longest - len(row)) for row in places])
    speakers, order = torch.zeros_like(filled), torch.arange(longest).expand_as(filled)
    speakers[:, 0] = 1
    return filled, speakers, order, order, filled < count


def test_what_a_row_is_filled_up_with_changes_nothing(attention: Attention) -> None:
    features = torch.randn(5, FEATURES)
    together = attention(features, *rows([0, 1], [0, 2, 3, 4], count=5))
    alone = attention(features, *rows([0, 1], count=5))
    torch.testing.assert_close(together[:1], alone)
    assert together.shape == (2, 4)


def test_another_line_before_or_another_order_is_read_otherwise(attention: Attention) -> None:
    features = torch.randn(5, FEATURES)
    read = attention(features, *rows([0, 2, 3], [1, 2, 3], [0, 3, 2], count=5))
    assert all(not torch.allclose(one, other, atol=1e-4) for one, other in pairwise(read))


def test_nothing_is_left_out_by_chance_but_in_training(attention: Attention) -> None:
    features, given = torch.randn(3, FEATURES), rows([0, 1, 2], count=3)
    torch.testing.assert_close(attention(features, *given), attention(features, *given))
    attention.train()
    assert not torch.allclose(attention(features, *given), attention(features, *given))
