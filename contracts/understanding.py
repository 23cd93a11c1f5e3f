"""What the intent model read in a message."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Guess:
    """A label with the model's probability that it is right, 0..1."""

    name: str
    confidence: float


@dataclass(frozen=True)
class Entity:
    """A value found in the message; `start` and `end` are offsets in characters of its text."""

    name: str
    value: str
    start: int
    end: int


@dataclass(frozen=True)
class Understanding:
    """Intents and topics by falling confidence, and the entities.

    `source` says who read the message: "rasa", or "retrieval" when Rasa did not answer and the
    nearest library questions had to vote. `note` says why, for a person.
    """

    intents: tuple[Guess, ...] = ()
    topics: tuple[Guess, ...] = ()
    entities: tuple[Entity, ...] = ()
    source: str = "rasa"
    note: str = ""

    @property
    def degraded(self) -> bool:
        return self.source != "rasa"

    def without(self, names: Collection[str]) -> Understanding:
        """The same without these topics; each takes its share of its intent along."""
        lost: dict[str, float] = {}
        for guess in self.topics:
            if guess.name in names:
                intent = guess.name.partition("/")[0]
                lost[intent] = lost.get(intent, 0.0) + guess.confidence
        left = [Guess(guess.name, max(0.0, guess.confidence - lost.get(guess.name, 0.0))) for guess in self.intents]
        topics = tuple(guess for guess in self.topics if guess.name not in names)
        return replace(self, intents=tuple(sorted(left, key=lambda guess: -guess.confidence)), topics=topics)
