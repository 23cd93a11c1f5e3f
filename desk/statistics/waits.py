"""How long buyers waited: the lines of a shop read once, in their order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from contracts.turn import Speaker
from desk.storage.tallies import SaidLine

LONGEST = timedelta(days=1)
"""A buyer who has waited for longer is unanswered, whatever comes then."""


@dataclass(frozen=True)
class Wait:
    """A buyer's waiting, from the first line that nobody had answered to the first answer, None when none came.

    `automatic` when Huashu answered first; else a person did, or nobody, whatever Huashu had said before.
    """

    conversation: str
    asked_at: datetime
    answered_at: datetime | None
    automatic: bool
    answered_by: str = ""

    @property
    def seconds(self) -> float | None:
        """How long, None without an answer; a line that is dated after its answer waited for nothing."""
        if self.answered_at is None:
            return None
        return max(0.0, (self.answered_at - self.asked_at).total_seconds())


@dataclass
class _Talk:
    person_since: datetime | None = None
    anybody_since: datetime | None = None


class Waits:
    """Turns lines into waits; give it the lines in the order of their moments, then call `rest`."""

    def __init__(self) -> None:
        self._talks: dict[str, _Talk] = {}

    def take(self, line: SaidLine) -> Iterator[Wait]:
        """The waits that end with this line."""
        talk = self._talks.setdefault(line.conversation, _Talk())
        if line.speaker is Speaker.BUYER:
            if talk.person_since is not None and line.said_at - talk.person_since > LONGEST:
                yield Wait(line.conversation, talk.person_since, None, automatic=False)
                talk.person_since = None
            talk.person_since = talk.person_since or line.said_at
            talk.anybody_since = talk.anybody_since or line.said_at
        elif line.speaker is Speaker.ROBOT:
            if talk.anybody_since is not None and line.said_at - talk.anybody_since <= LONGEST:
                yield Wait(line.conversation, talk.anybody_since, line.said_at, automatic=True)
            talk.anybody_since = None
        elif line.speaker is Speaker.AGENT:
            if talk.person_since is not None:
                in_time = line.said_at - talk.person_since <= LONGEST
                answered, author = (line.said_at, line.author) if in_time else (None, "")
                yield Wait(line.conversation, talk.person_since, answered, automatic=False, answered_by=author)
            talk.person_since = talk.anybody_since = None

    def rest(self) -> Iterator[Wait]:
        """Those who still wait."""
        for name, talk in self._talks.items():
            if talk.person_since is not None:
                yield Wait(name, talk.person_since, None, automatic=False)
