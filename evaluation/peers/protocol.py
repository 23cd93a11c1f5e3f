"""What a way of finding replies must do to be measured beside Huashu."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class Canned:
    """A reply as every peer gets it: its topic, the platforms it is for, its text, and how buyers ask for it."""

    id: str
    topic: str
    platforms: frozenset[str]
    text: str
    questions: tuple[str, ...]


@dataclass(frozen=True)
class Ask:
    """A buyer's message; `id` is that of the labelled question."""

    id: str
    text: str
    platform: str


@dataclass(frozen=True)
class Hit:
    """A reply that was found; within one peer a higher score is surer."""

    reply_id: str
    score: float


class Peer(Protocol):
    """One way of finding replies. Building it may load models; `index` learns the replies."""

    def index(self, replies: Sequence[Canned]) -> None:
        """Make the replies searchable. Called once."""
        ...

    def suggest(self, ask: Ask, k: int) -> Sequence[Hit]:
        """At most `k` replies of the platform, best first, each once; none when it has nothing to say."""
        ...


class Missing(Exception):
    """A peer cannot run here; the message says what is missing and where it comes from."""
