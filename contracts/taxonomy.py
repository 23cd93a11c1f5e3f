"""Intents a message can carry and the topics replies are filed under."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from contracts.errors import InputError

CHAT = frozenset({"greet", "thanks", "affirm", "deny", "goodbye", "inform", "out_of_scope", "human"})
"""Intents that ask for nothing the library could answer."""


@dataclass(frozen=True)
class Topic:
    """One topic, written `intent/name`, with what it covers."""

    intent: str
    name: str
    description: str

    @property
    def path(self) -> str:
        return f"{self.intent}/{self.name}"


def intent_of(topic: str) -> str:
    """The intent of a topic path: `invoice/title` -> `invoice`."""
    return topic.split("/", 1)[0]


class Taxonomy:
    """The closed list of intents and topics."""

    def __init__(self, topics: Iterable[Topic]) -> None:
        self._topics = {topic.path: topic for topic in topics}
        self._intents = tuple(dict.fromkeys(topic.intent for topic in self._topics.values()))

    @property
    def intents(self) -> tuple[str, ...]:
        return self._intents

    @property
    def topics(self) -> tuple[Topic, ...]:
        return tuple(self._topics.values())

    def __contains__(self, topic: str) -> bool:
        return topic in self._topics

    def require(self, topic: str) -> Topic:
        """The topic at this path; raises InputError when the taxonomy has none."""
        try:
            return self._topics[topic]
        except KeyError:
            raise InputError(f"unknown topic {topic!r}") from None
