"""What reads topics off all tokens of a message and the lines before it at once, by self-attention. Needs torch.

Vaswani et al., Attention Is All You Need, 2017 (the layer, normalised before each part); the tokens' features are those
of the encoder's network, which learns with it.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional

from retrieval.encoder.network import FEATURES
from retrieval.encoder.talk import LINES, PLACES


class Attention(nn.Module):
    """Features of tokens to scores of topics."""

    def __init__(self, topics: int, width: int, layers: int, heads: int, dropout: float) -> None:
        """`width` numbers a token in each of `layers` layers of `heads` heads; `dropout` is a share, 0..1."""
        super().__init__()
        self._narrow = nn.Linear(FEATURES, width)
        self._speakers = nn.Embedding(LINES, width)
        self._fore, self._back = nn.Embedding(PLACES, width), nn.Embedding(PLACES, width)
        for table, spread in ((self._speakers, 0.1), (self._fore, 0.02), (self._back, 0.02)):
            nn.init.normal_(table.weight, std=spread)
        self._layers = nn.ModuleList([_Layer(width, heads, dropout) for _ in range(layers)])
        self._norm = nn.LayerNorm(width)
        self._weigh = nn.Linear(width, 1)
        self._topics = nn.Linear(2 * width, topics)
        self._dropout = nn.Dropout(dropout)

    def forward(
        self, features: Tensor, places: Tensor, speakers: Tensor, fore: Tensor, back: Tensor, inside: Tensor
    ) -> Tensor:
        """Scores (n, topics) for the features (tokens, FEATURES) of a Talk's layout and its rows."""
        narrow = functional.pad(self._narrow(features), (0, 0, 0, 1))
        seen = narrow[places] + self._speakers(speakers) + self._fore(fore) + self._back(back)
        seen = self._dropout(seen)
        blind = torch.where(inside, 0.0, -1e4)[:, None, None, :]
        for layer in self._layers:
            seen = layer(seen, blind)
        seen = self._norm(seen)
        own = self._weigh(seen).squeeze(-1).float() + torch.where(inside & (speakers == 0), 0.0, -1e4)
        message = (functional.softmax(own, 1).to(seen.dtype)[:, None, :] @ seen).squeeze(1)
        weights = inside.to(seen.dtype)
        whole = (weights[:, None, :] @ seen).squeeze(1) / weights.sum(1, keepdim=True)
        scores: Tensor = self._topics(self._dropout(torch.cat([message, whole], 1)))
        return scores


class _Layer(nn.Module):
    """Each token takes from all others, then a hidden layer of twice the width."""

    def __init__(self, width: int, heads: int, dropout: float) -> None:
        super().__init__()
        self._heads = heads
        self._before_taking, self._before_thinking = nn.LayerNorm(width), nn.LayerNorm(width)
        self._take, self._give = nn.Linear(width, 3 * width), nn.Linear(width, width)
        nn.init.xavier_uniform_(self._take.weight)
        self._widen, self._narrow = nn.Linear(width, 2 * width), nn.Linear(2 * width, width)
        self._dropout = nn.Dropout(dropout)

    def forward(self, seen: Tensor, blind: Tensor) -> Tensor:
        """Tokens (n, longest, width); `blind` (n, 1, 1, longest) is added to what is asked of each token."""
        count, longest, width = seen.shape
        taken = self._take(self._before_taking(seen)).reshape(count, longest, 3, self._heads, width // self._heads)
        query, key, value = taken.permute(2, 0, 3, 1, 4).unbind(0)
        asked = (query @ key.transpose(-1, -2)) * (width // self._heads) ** -0.5 + blind
        given = self._dropout(functional.softmax(asked, -1).to(value.dtype)) @ value
        seen = seen + self._dropout(self._give(given.transpose(1, 2).reshape(count, longest, width)))
        hidden = self._dropout(functional.relu(self._widen(self._before_thinking(seen))))
        thought: Tensor = seen + self._dropout(self._narrow(hidden))
        return thought
