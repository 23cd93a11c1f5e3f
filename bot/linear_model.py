"""The topic model: one part reads sentence vectors, one character n-grams, one all tokens at once, in context; joined.

The vectors are read by the head that their encoder was taught topics with, or, where it was taught none, by a softmax
fitted to them; the n-grams by a softmax; the tokens by the reader that the encoder was taught with, if it was. What is
fitted is scikit-learn's multinomial logistic regression; the weighted mean of the parts is taken over log probabilities
(a logarithmic opinion pool). A trained model is kept as plain
arrays and JSON and served with numpy alone, so that nothing is unpickled at start.
"""

from __future__ import annotations

import json
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import List, Optional, Sequence

import numpy as np
from scipy import sparse
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression

from bot.ngrams import Floats, Ngrams
from retrieval.encoder.topic_head import TopicHead, side_by_side
from retrieval.encoder.topic_reader import TopicReader


@dataclass(frozen=True)
class Recipe:
    """How the two parts are trained and joined; docs/decisions/0005 has the measurements."""

    context_weight: float = 0.5
    """What the vectors of the lines before count beside the message's own, where a softmax is fitted to them."""
    dense_c: float = 1.0
    ngram_c: float = 20.0
    dense_share: float = 0.7
    """Share of the sentence vector part in its pool with the n-gram part, which has the rest."""
    reader_share: float = 0.4
    """Share of the reader of tokens, where there is one; the other two have the rest."""
    longest_ngram: int = 3
    ngram_share: float = 0.0001
    """Share of the training lines that an n-gram must occur in, and in two at least: 3 of 30,000."""
    agent_weight: float = 0.8
    """What the n-grams of the agent's line before count beside the message's own."""
    agent_characters: int = 30
    """Of the agent's line, so many characters (its end) are read as n-grams."""
    steps: int = 60
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


@dataclass(frozen=True)
class Messages:
    """Messages to be read, or to learn from.

    `agents` and `buyers` are the agent's and the buyer's lines before (empty where there is none), `vectors`
    (n, 3, dimension) those of message, agent's line and buyer's line. Raises ValueError when they do not have the same
    length.
    """

    texts: Sequence[str]
    agents: Sequence[str]
    buyers: Sequence[str]
    vectors: Floats

    def __post_init__(self) -> None:
        lengths = [len(part) for part in (self.texts, self.agents, self.buyers, self.vectors)]
        if len(set(lengths)) > 1:
            raise ValueError("{} texts, {} agent lines, {} buyer lines, {} vectors".format(*lengths))


@dataclass(frozen=True)
class NgramPart:
    """A softmax over the n-grams of a message and those of the agent's line before it."""

    own: Ngrams
    agent: Ngrams
    softmax: Softmax
    recipe: Recipe

    @classmethod
    def train(cls, messages: Messages, labels: Sequence[str], recipe: Recipe) -> NgramPart:
        """Fit to messages and their topics."""
        lines = [line for line in _ends(messages, recipe) if line]
        least = max(2, round(recipe.ngram_share * len(messages.texts)))
        own, agent = (Ngrams.train(texts, recipe.longest_ngram, least) for texts in (messages.texts, lines))
        features = _side_by_side(own, agent, messages, recipe)
        return cls(own, agent, Softmax.train(features, labels, recipe.ngram_c, recipe.steps), recipe)

    def log_probabilities(self, messages: Messages) -> Floats:
        """Log probabilities (n, topics)."""
        return self.softmax.log_probabilities(_side_by_side(self.own, self.agent, messages, self.recipe))


def _side_by_side(own: Ngrams, agent: Ngrams, messages: Messages, recipe: Recipe) -> sparse.csr_matrix:
    lines = agent.transform(_ends(messages, recipe)) * recipe.agent_weight
    return sparse.hstack([own.transform(messages.texts), lines], format="csr", dtype=np.float32)


def _ends(messages: Messages, recipe: Recipe) -> List[str]:
    return [line[-recipe.agent_characters :] for line in messages.agents]


class TopicModel:
    """Probabilities of topics for messages with the lines before them."""

    def __init__(
        self, dense: TopicHead, ngrams: NgramPart, recipe: Recipe, reader: Optional[TopicReader] = None
    ) -> None:
        """Keeps the trained parts, which know the same topics in the same order."""
        self._reader = reader
        self.topics = list(dense.topics)
        self._dense = dense
        self._ngrams = ngrams
        self._recipe = recipe

    @classmethod
    def train(
        cls,
        messages: Messages,
        labels: Sequence[str],
        recipe: Recipe,
        head: Optional[TopicHead] = None,
        reader: Optional[TopicReader] = None,
    ) -> TopicModel:
        """Fit to messages and their topics; `head` and `reader` are what their encoder was taught with, if it was.

        Raises ValueError for another number of labels, fewer than two topics or one that they do not know.
        """
        if len(messages.texts) != len(labels):
            raise ValueError(f"{len(messages.texts)} texts and {len(labels)} labels")
        topics = sorted(set(labels))
        if len(topics) < 2:
            raise ValueError("training needs lines of at least two topics")
        dense = _fitted(messages.vectors, labels, recipe) if head is None else head.of(topics)
        return cls(dense, NgramPart.train(messages, labels, recipe), recipe, reader and reader.of(topics))

    def probabilities(self, messages: Messages) -> Floats:
        """Probabilities (n, topics)."""
        share = self._recipe.dense_share
        pooled = share * self._dense.log_probabilities(messages.vectors)
        pooled += (1 - share) * self._ngrams.log_probabilities(messages)
        if self._reader is not None:
            read = self._reader.log_probabilities(messages.texts, messages.agents, messages.buyers)
            pooled += self._recipe.reader_share * (read - pooled)
        odds = np.exp(pooled - pooled.max(axis=1, keepdims=True))
        result: Floats = odds / odds.sum(axis=1, keepdims=True)
        return result

    def save(self, folder: Path) -> None:
        """Write the model below `folder`."""
        part = self._ngrams
        self._dense.save(folder)
        np.savez(
            folder / "arrays.npz",
            ngram_weights=part.softmax.weights,
            ngram_bias=part.softmax.bias,
            own_idf=part.own.idf,
            agent_idf=part.agent.idf,
        )
        facts = {
            "own": part.own.vocabulary,
            "agent": part.agent.vocabulary,
            "recipe": vars(self._recipe),
        }
        (folder / "facts.json").write_text(json.dumps(facts, ensure_ascii=False), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path, reader: Optional[TopicReader] = None) -> TopicModel:
        """The model below `folder`, with the reader it was trained beside, if there was one.

        Raises SetupNeeded, OSError, ValueError, KeyError or TypeError when the folder holds no model.
        """
        facts = json.loads((folder / "facts.json").read_text(encoding="utf-8"))
        recipe = Recipe(**facts["recipe"])
        with np.load(folder / "arrays.npz", allow_pickle=False) as arrays:
            own = Ngrams(facts["own"], arrays["own_idf"], recipe.longest_ngram)
            agent = Ngrams(facts["agent"], arrays["agent_idf"], recipe.longest_ngram)
            softmax = Softmax(arrays["ngram_weights"], arrays["ngram_bias"])
        dense = TopicHead.load(folder)
        return cls(dense, NgramPart(own, agent, softmax, recipe), recipe, reader and reader.of(dense.topics))


def _fitted(vectors: Floats, labels: Sequence[str], recipe: Recipe) -> TopicHead:
    """A softmax over vectors (n, 3, dimension), as a head without a hidden layer."""
    inputs = side_by_side(vectors, recipe.context_weight)
    softmax = Softmax.train(inputs, labels, recipe.dense_c, recipe.steps)
    hidden, bias = np.zeros((inputs.shape[1], 0), dtype=np.float32), np.zeros(0, dtype=np.float32)
    return TopicHead(tuple(sorted(set(labels))), "", recipe.context_weight, hidden, bias, softmax.weights, softmax.bias)
