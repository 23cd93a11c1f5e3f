"""The topic model: a softmax over sentence vectors and one over character n-grams, joined.

Both are scikit-learn's multinomial logistic regression; their weighted mean is taken over log
probabilities (a logarithmic opinion pool). A trained model is kept as plain arrays and JSON and served
with numpy alone, so that nothing is unpickled at start.
"""

from __future__ import annotations

import json
import warnings
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import List, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.exceptions import ConvergenceWarning
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Recipe:
    """How the two parts are trained and joined; docs/decisions/0005 has the measurements."""

    context_weight: float = 0.5
    """What the vectors of the lines before count beside the message's own."""
    dense_c: float = 3.0
    ngram_c: float = 20.0
    dense_share: float = 0.6
    """Share of the sentence vector part in the pool; the n-gram part has the rest."""
    longest_ngram: int = 3
    steps: int = 50
    """Steps of the optimiser at most; more change nothing that is measured."""


@dataclass(frozen=True)
class Softmax:
    """Weights (features, topics), in C order so that a sparse row times them copies nothing, and bias (topics,)."""

    weights: Floats
    bias: Floats

    @classmethod
    def train(cls, features: object, labels: Sequence[str], c: float, steps: int) -> Softmax:
        """Fit to features (n, features), dense or sparse; the topics are the sorted distinct labels."""
        model = LogisticRegression(C=c, max_iter=steps)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ConvergenceWarning)
            model.fit(features, labels)
        weights, bias = model.coef_, model.intercept_
        if len(weights) == 1:  # of two topics scikit-learn keeps the second one's odds only
            weights, bias = np.vstack([np.zeros_like(weights), weights]), np.append(0.0, bias)
        return cls(np.ascontiguousarray(weights.T, dtype=np.float32), bias.astype(np.float32))

    def log_probabilities(self, features: object) -> Floats:
        """Log probabilities (n, topics)."""
        scores = np.asarray(features @ self.weights) + self.bias
        scores -= scores.max(axis=1, keepdims=True)
        result: Floats = scores - np.log(np.exp(scores).sum(axis=1, keepdims=True))
        return result


class Ngrams:
    """TF-IDF of character n-grams (1..longest), served from a plain vocabulary."""

    def __init__(self, vocabulary: dict[str, int], idf: Floats, longest: int) -> None:
        """`vocabulary` gives each n-gram its column, `idf` (columns,) its weight."""
        self.vocabulary = vocabulary
        self.idf = idf
        self.longest = longest

    @classmethod
    def train(cls, texts: Sequence[str], longest: int) -> Ngrams:
        """The n-grams that occur in at least two texts."""
        vectorizer = TfidfVectorizer(analyzer="char", ngram_range=(1, longest), min_df=2, sublinear_tf=True)
        vectorizer.fit(texts)
        vocabulary = {gram: int(column) for gram, column in vectorizer.vocabulary_.items()}
        return cls(vocabulary, vectorizer.idf_.astype(np.float32), longest)

    def transform(self, texts: Sequence[str]) -> sparse.csr_matrix:
        """Rows of unit length, (n, columns); the same values as scikit-learn's transform."""
        counts = [self._counts(text) for text in texts]
        ends = np.cumsum([0] + [len(row) for row in counts])
        columns = np.fromiter((column for row in counts for column in row), dtype=np.int32, count=ends[-1])
        values = np.fromiter((count for row in counts for count in row.values()), dtype=np.float32, count=ends[-1])
        values = (1 + np.log(values)) * self.idf[columns]
        for start, end in pairwise(ends):
            values[start:end] /= np.linalg.norm(values[start:end]) or 1.0
        return sparse.csr_matrix((values, columns, ends), shape=(len(counts), len(self.idf)))

    def _counts(self, text: str) -> dict[int, int]:
        lowered = " ".join(text.lower().split())
        counts: dict[int, int] = {}
        for size in range(1, self.longest + 1):
            for start in range(len(lowered) - size + 1):
                column = self.vocabulary.get(lowered[start : start + size])
                if column is not None:
                    counts[column] = counts.get(column, 0) + 1
        return counts


class TopicModel:
    """Probabilities of topics for messages with their sentence vectors."""

    def __init__(self, topics: List[str], dense: Softmax, ngrams: Ngrams, sparse_part: Softmax, recipe: Recipe) -> None:
        """Keeps the trained parts."""
        self.topics = topics
        self._dense = dense
        self._ngrams = ngrams
        self._sparse = sparse_part
        self._recipe = recipe

    @classmethod
    def train(cls, texts: Sequence[str], vectors: Floats, labels: Sequence[str], recipe: Recipe) -> TopicModel:
        """Fit to texts, their vectors (n, 3, dimension) of message, agent's line and buyer's line, and topics.

        Raises ValueError when the three do not have the same length or there are fewer than two topics.
        """
        if not len(texts) == len(vectors) == len(labels):
            raise ValueError(f"{len(texts)} texts, {len(vectors)} vectors and {len(labels)} labels")
        topics = sorted(set(labels))
        if len(topics) < 2:
            raise ValueError("training needs lines of at least two topics")
        ngrams = Ngrams.train(texts, recipe.longest_ngram)
        dense = Softmax.train(_joined(vectors, recipe), labels, recipe.dense_c, recipe.steps)
        sparse_part = Softmax.train(ngrams.transform(texts), labels, recipe.ngram_c, recipe.steps)
        return cls(topics, dense, ngrams, sparse_part, recipe)

    def probabilities(self, texts: Sequence[str], vectors: Floats) -> Floats:
        """Probabilities (n, topics) for texts and their vectors (n, 3, dimension)."""
        share = self._recipe.dense_share
        pooled = share * self._dense.log_probabilities(_joined(vectors, self._recipe))
        pooled += (1 - share) * self._sparse.log_probabilities(self._ngrams.transform(texts))
        odds = np.exp(pooled - pooled.max(axis=1, keepdims=True))
        result: Floats = odds / odds.sum(axis=1, keepdims=True)
        return result

    def save(self, folder: Path) -> None:
        """Write the model below `folder`."""
        arrays = {
            "dense_weights": self._dense.weights,
            "dense_bias": self._dense.bias,
            "ngram_weights": self._sparse.weights,
            "ngram_bias": self._sparse.bias,
            "idf": self._ngrams.idf,
        }
        np.savez(folder / "arrays.npz", **arrays)
        facts = {"topics": self.topics, "vocabulary": self._ngrams.vocabulary, "recipe": vars(self._recipe)}
        (folder / "facts.json").write_text(json.dumps(facts, ensure_ascii=False), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> TopicModel:
        """The model below `folder`. Raises OSError, ValueError or KeyError when it is not one."""
        facts = json.loads((folder / "facts.json").read_text(encoding="utf-8"))
        recipe = Recipe(**facts["recipe"])
        with np.load(folder / "arrays.npz", allow_pickle=False) as arrays:
            ngrams = Ngrams(facts["vocabulary"], arrays["idf"], recipe.longest_ngram)
            dense = Softmax(arrays["dense_weights"], arrays["dense_bias"])
            sparse_part = Softmax(arrays["ngram_weights"], arrays["ngram_bias"])
        return cls(facts["topics"], dense, ngrams, sparse_part, recipe)


def _joined(vectors: Floats, recipe: Recipe) -> Floats:
    """The three vectors of each message side by side, (n, 3 * dimension), the lines before weighted down."""
    weights = np.array([1.0, recipe.context_weight, recipe.context_weight], dtype=np.float32)
    return (vectors * weights[None, :, None]).reshape(len(vectors), -1)
