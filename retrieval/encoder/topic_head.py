"""What reads topics off the vectors of a line in its context: one hidden layer and a softmax, in plain arrays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from contracts.errors import SetupNeeded

FILE = "topics.npz"

Floats = NDArray[np.float32]


@dataclass(frozen=True)
class TopicHead:
    """`context` is what the vectors of the lines before count beside the line's own, the other parts are weights.

    The inputs are three vectors side by side, 3 x dimension numbers: `hidden` (inputs, units) and `hidden_bias`
    (units,) make the hidden layer, which may have no units; `weights` (inputs + units, topics) and `bias` (topics,) the
    softmax over inputs and hidden layer. `encoder` is the fingerprint of the encoder whose vectors it reads, "" where
    no encoder was taught with it.
    """

    topics: tuple[str, ...]
    encoder: str
    context: float
    hidden: Floats
    hidden_bias: Floats
    weights: Floats
    bias: Floats

    def log_probabilities(self, vectors: Floats) -> Floats:
        """Log probabilities (n, topics) by the vectors (n, 3, dimension) of a line, the agent's and the buyer's before.

        A line that is not there has a vector of zeros.
        """
        inputs = side_by_side(vectors, self.context)
        hidden = np.maximum(inputs @ self.hidden + self.hidden_bias, 0.0)
        count = inputs.shape[1]
        scores = inputs @ self.weights[:count] + hidden @ self.weights[count:] + self.bias
        scores -= scores.max(axis=1, keepdims=True)
        result: Floats = scores - np.log(np.exp(scores).sum(axis=1, keepdims=True))
        return result

    def of(self, topics: Sequence[str]) -> TopicHead:
        """The head for these topics alone, in their order. Raises ValueError for one that it does not know."""
        places = [self.topics.index(topic) for topic in topics]
        weights = np.ascontiguousarray(self.weights[:, places])
        return replace(self, topics=tuple(topics), weights=weights, bias=self.bias[places])

    def save(self, folder: Path) -> None:
        """Writes the head into `folder`."""
        np.savez(
            folder / FILE,
            topics=np.array(self.topics),
            encoder=np.array(self.encoder),
            context=np.array(self.context),
            hidden=self.hidden,
            hidden_bias=self.hidden_bias,
            weights=self.weights,
            bias=self.bias,
        )

    @classmethod
    def load(cls, folder: Path) -> TopicHead:
        """The head in `folder`. Raises SetupNeeded when there is none that can be read."""
        try:
            with (folder / FILE).open("rb") as file, np.load(file, allow_pickle=False) as arrays:
                return cls(
                    tuple(str(topic) for topic in arrays["topics"]),
                    str(arrays["encoder"]),
                    float(arrays["context"]),
                    arrays["hidden"],
                    arrays["hidden_bias"],
                    arrays["weights"],
                    arrays["bias"],
                )
        except (OSError, EOFError, BadZipFile, ValueError, KeyError, TypeError) as error:
            raise SetupNeeded(f"no topic head can be read in {folder} ({error}); run `huashu setup`") from None


def side_by_side(vectors: Floats, context: float) -> Floats:
    """The three vectors of each line in one row, (n, 3 * dimension), those of the lines before times `context`."""
    weights = np.array([1.0, context, context], dtype=np.float32)
    return (vectors * weights[None, :, None]).reshape(len(vectors), -1)
