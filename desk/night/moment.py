"""A buyer line at its time, with all that is known about it before it is decided."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from contracts.answer import Suggestion
from contracts.forms import FormState
from desk.night.filling import Filling
from desk.night.reading import Reading
from desk.shifts import Standing


@dataclass(frozen=True)
class Moment:
    """A line at its time: how the shop stands, what was read, what a form makes of it.

    `refused` says why no answer may leave, `aside` that the best reply does not speak of all that was asked; else
    `answers` holds one for each question, and `left` the questions of the line that have none. `dropped` is a form that
    the line calls off, `taken_back` the topics of other wishes that it takes back; `reading` is what it says besides.
    """

    at: datetime
    standing: Standing
    opens_at: str
    reading: Reading
    refused: str = ""
    aside: bool = False
    answers: tuple[Suggestion, ...] = ()
    left: tuple[Reading, ...] = ()
    filling: Filling | None = None
    dropped: FormState | None = None
    taken_back: tuple[str, ...] = ()
    after: Reading | None = None
    """What the promise was about that the buyer asks after."""
    words: str = ""
    """The line as it was written, where `reading` is not all of it."""

    @property
    def said(self) -> str:
        return self.words or self.reading.text

    @property
    def only_takes_back(self) -> bool:
        """Whether the line takes a wish back and asks for nothing besides."""
        return bool(self.taken_back) and not self.words and self.filling is None
