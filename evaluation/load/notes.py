"""What the clients saw, with wall-clock times in seconds since 1970 (the desk's own clock stands on this machine)."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Acknowledged:
    """A buyer's line that the desk took: under which ids, when it was asked for and answered."""

    line: str
    shop: str
    message: str
    conversation: str
    asked_at: float
    answered_at: float
    attempts: int


@dataclass(frozen=True)
class Ready:
    """Suggestions for a line as the first panel of its shop saw them; `stored_at` is the event's own time."""

    message: str
    conversation: str
    number: int
    stored_at: float
    seen_at: float


@dataclass(frozen=True)
class Answered:
    """A line of an agent that the desk took."""

    key: str
    message: str


@dataclass
class Notes:
    """Filled by the clients of one run, all in one event loop."""

    acknowledged: dict[str, Acknowledged] = field(default_factory=dict)
    doubles: int = 0
    """Second deliveries that the desk knew for what they were."""
    wrong_doubles: list[str] = field(default_factory=list)
    """Lines that the desk took twice as two."""
    failures: int = 0
    """Attempts of buyers that were not taken."""
    ready: dict[str, Ready] = field(default_factory=dict)
    """By the line that they were made for."""
    talks: dict[str, list[Ready]] = field(default_factory=dict)
    """The same by conversation."""
    places: dict[str, int] = field(default_factory=dict)
    """The number of each buyer line in its shop's events."""
    delays: list[float] = field(default_factory=list)
    """Seconds from an event's own time to each panel."""
    events: int = 0
    gaps: int = 0
    """Events that a panel did not get."""
    repeats: int = 0
    """Events that a panel got twice."""
    reconnects: int = 0
    answered: dict[str, Answered] = field(default_factory=dict)
    unsendable: int = 0
    """Suggestions that an agent could not send as they were (an empty slot, a rule)."""

    def note_ready(self, ready: Ready) -> None:
        """Suggestions have reached a panel; the first of the shop's counts."""
        if ready.message not in self.ready:
            self.ready[ready.message] = ready
            self.talks.setdefault(ready.conversation, []).append(ready)
