"""What the encoder is adapted on, and intent pipelines are trained on: a line in its context, and what it is about."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Lesson:
    """A buyer's line, the agent's line and the buyer's own line before it (or empty), and its topics, main first."""

    text: str
    agent: str
    buyer: str
    topics: tuple[str, ...]
