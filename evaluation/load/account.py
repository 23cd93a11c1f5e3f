"""The account of a run: what was lost or doubled, and how long everything took."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from evaluation.load.notes import Notes
from evaluation.load.plan import Line
from evaluation.load.stored import Stored
from evaluation.load.waits import spread, waits

GOAL_MS, LIVE_GOAL_MS = 250.0, 100.0
"""Milliseconds: from the webhook's answer to suggestions at a panel (p95), and from an event to a panel (p95)."""


@dataclass(frozen=True)
class Account:
    """The figures by part, in the form of the command's JSON."""

    lines: Mapping[str, int]
    suggestions: Mapping[str, Any]
    live: Mapping[str, Any]
    webhook: Mapping[str, Any]
    answers: Mapping[str, int]

    @property
    def whole(self) -> bool:
        """Nothing lost, nothing doubled."""
        faults = (self.lines, self.suggestions, self.live, self.answers)
        return not any(part[name] for part in faults for name in ("lost", "doubled"))

    @property
    def quick(self) -> bool:
        """Suggestions and events were there in time."""
        return bool(
            self.suggestions["milliseconds"]["p95"] <= GOAL_MS and self.live["milliseconds"]["p95"] <= LIVE_GOAL_MS
        )


def account(
    openings: Sequence[Line], lines: Sequence[Line], notes: Notes, stored: Stored, got: Mapping[str, int]
) -> Account:
    """Hold what the clients saw against what is stored; `got` says how often each message came to its shop."""
    every = [line.id for line in (*openings, *lines)]
    counted = [line.id for line in lines]
    taken = {known.message for known in notes.acknowledged.values()}
    times, _ = waits(notes, counted)
    _, missing = waits(notes, every)
    sent = {answer.message for answer in notes.answered.values()}
    return Account(
        lines={
            "written": len(every),
            "taken": len(notes.acknowledged),
            "stored": len(stored.asked),
            "handed_over_twice": notes.doubles + len(notes.wrong_doubles),
            "attempts_refused": notes.failures,
            "lost": len(set(every) - set(notes.acknowledged)) + len(taken - set(stored.asked)),
            "doubled": len(set(stored.asked) - taken) + len(notes.wrong_doubles) + len(every) - len(set(every)),
        },
        suggestions={
            "lost": len(missing),
            "doubled": sum(count - 1 for count in stored.suggested.values()),
            "milliseconds": asdict(spread(times)),
        },
        live={
            "events": notes.events,
            "reconnects": notes.reconnects,
            "lost": notes.gaps + stored.gaps,
            "doubled": notes.repeats,
            "milliseconds": asdict(spread(notes.delays)),
        },
        webhook={
            "milliseconds": asdict(
                spread(
                    notes.acknowledged[name].answered_at - notes.acknowledged[name].asked_at
                    for name in counted
                    if name in notes.acknowledged
                )
            )
        },
        answers={
            "sent": len(sent),
            "unsendable": notes.unsendable,
            "delivered": sum(message in got for message in sent),
            "repeated_deliveries": sum(count - 1 for count in got.values()),
            "automatic": len(stored.automatic),
            "lost": sum(message not in got or message not in stored.answers for message in sent)
            + sum(state == "delivered" and message not in got for message, state in stored.automatic.items()),
            "doubled": len(set(stored.answers) - sent) + len(notes.answered) - len(sent),
        },
    )
