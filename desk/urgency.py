"""Which conversations a person should look at first: what the buyer said that nobody has answered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from contracts.understanding import Guess, Understanding
from desk.night.reading import ALARMS
from desk.night.signals import Signals
from desk.storage.glances import Glance

_PERSON = "person"
_URGENT = (*ALARMS, _PERSON)


@dataclass(frozen=True)
class Urgency:
    """Tells it by the very signals that the first reply uses at night; a line that was heard before costs no vector."""

    signals: Signals

    def of(self, glance: Glance) -> str:
        """Why the conversation is urgent, in the agents' words; "" when it is not."""
        found = {
            signal.id: signal.label
            for line in glance.unanswered
            for signal in self.signals.found(line.text, _understanding(line.understanding or {}))
        }
        return next((found[name] for name in _URGENT if name in found), "")


def _understanding(read: Mapping[str, Any]) -> Understanding:
    return Understanding(_guesses(read.get("intents", ())), _guesses(read.get("topics", ())))


def _guesses(read: Any) -> tuple[Guess, ...]:
    return tuple(Guess(guess["name"], guess["confidence"]) for guess in read)
