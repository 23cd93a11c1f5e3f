"""The light classifier on a public set: softmaxes over sentence vectors and character n-grams, joined.

The same as what reads intents (docs/decisions/0005, 0009) with the same constants, without lines before.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.exceptions import ConvergenceWarning
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from evaluation.public_sets.lines import Line

Encode = Callable[[Sequence[str]], NDArray[np.float32]]
Floats = NDArray[np.float64]

VECTOR_C, NGRAM_C, VECTOR_SHARE, LONGEST, STEPS = 3.0, 20.0, 0.5, 3, 30


@dataclass(frozen=True)
class Classifier:
    """A trained classifier; `labels` are its columns, an empty one stands for out of scope."""

    encode: Encode
    ngrams: Any
    by_vector: Any
    by_ngram: Any

    @classmethod
    def train(cls, encode: Encode, lines: Sequence[Line]) -> Classifier:
        """Fit to lines of at least two labels."""
        texts, labels = [line.text for line in lines], [line.label for line in lines]
        ngrams = TfidfVectorizer(analyzer="char", ngram_range=(1, LONGEST), min_df=2, sublinear_tf=True)
        by_ngram = _softmax(NGRAM_C, ngrams.fit_transform(texts), labels)
        return cls(encode, ngrams, _softmax(VECTOR_C, encode(texts), labels), by_ngram)

    @property
    def labels(self) -> list[str]:
        return [str(label) for label in self.by_vector.classes_]

    def probabilities(self, texts: Sequence[str]) -> Floats:
        """Probabilities (n, labels)."""
        pooled = VECTOR_SHARE * self.by_vector.predict_log_proba(self.encode(texts))
        pooled = pooled + (1 - VECTOR_SHARE) * self.by_ngram.predict_log_proba(self.ngrams.transform(texts))
        odds = np.exp(pooled - pooled.max(axis=1, keepdims=True))
        result: Floats = odds / odds.sum(axis=1, keepdims=True)
        return result


def _softmax(c: float, features: Any, labels: Sequence[str]) -> Any:
    model = LogisticRegression(C=c, max_iter=STEPS)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        return model.fit(features, labels)
