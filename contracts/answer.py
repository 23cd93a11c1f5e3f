"""The outcome for one message: suggestions, what was blocked, where it goes and why."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from contracts.candidate import Candidate
from contracts.finding import Finding, Verdict
from contracts.understanding import Understanding


class Route(str, Enum):
    """Who answers: an agent at the panel, Huashu by itself, or the next shift."""

    PANEL = "panel"
    AUTO = "auto"
    HOLD = "hold"


@dataclass(frozen=True)
class Suggestion:
    """A candidate that the checker let through (warnings may remain)."""

    candidate: Candidate
    verdict: Verdict


@dataclass(frozen=True)
class Blocked:
    """A candidate that the checker stopped."""

    reply_id: str
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class Timings:
    """Milliseconds spent in each step; `encode` and `search` run while Rasa reads the message."""

    understand: float = 0.0
    encode: float = 0.0
    search: float = 0.0
    rank: float = 0.0
    check: float = 0.0
    total: float = 0.0


@dataclass(frozen=True)
class Answer:
    """Everything that `suggest` says about one message."""

    understanding: Understanding
    route: Route
    reason: str
    suggestions: tuple[Suggestion, ...]
    blocked: tuple[Blocked, ...]
    timings: Timings
    notes: tuple[str, ...] = ()
