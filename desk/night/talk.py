"""One conversation as it has gone so far, and what Huashu has done in the closed period that runs."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from contracts.dialogue import Dialogue
from contracts.forms import ATTACHED, FORMS, Form, FormState
from contracts.handover import Promise
from contracts.shop import Shop
from contracts.text import normalise
from contracts.turn import Speaker, Turn
from desk.decide import Move
from desk.night.points import Point, Points, added, settled
from desk.shifts import Calendar


@dataclass(frozen=True)
class Line:
    """A line with its time on the shop's clock.

    `move` is set for what Huashu itself would have said, `chat` for a buyer line that was a greeting or small talk.
    """

    turn: Turn
    at: datetime
    move: Move | None = None
    chat: bool = False

    @property
    def answers(self) -> bool:
        """Whether it stands between two buyer lines. A notice does not: the lines around it are one message."""
        return self.turn.speaker is not Speaker.BUYER and self.move is not Move.NOTICE


@dataclass(frozen=True)
class Sent:
    """A shop line of this closed period, recorded or Huashu's own."""

    at: datetime
    text: str


@dataclass(frozen=True)
class Want:
    """What a buyer line was about."""

    topic: str
    words: str
    urgent: bool = False


@dataclass(frozen=True)
class Period:
    """A closed period of one conversation: all that counts "once"."""

    since: datetime | None
    sent: tuple[Sent, ...] = ()
    noticed: bool = False
    calmed: frozenset[str] = frozenset()
    person_coming: bool = False
    halted: bool = False
    urgent: bool = False
    form: FormState | None = None
    laid: tuple[FormState, ...] = ()
    """Forms that gave way to another: what they had collected is there when the buyer comes back to them."""
    replaced: tuple[str, ...] = ()
    """Values that a form held before the buyer gave others in their place."""
    wants: tuple[Want, ...] = ()
    asks: Points = ()
    """What the morning must do: an answer takes its question off the list."""
    promises: tuple[Promise, ...] = ()
    robot_at: datetime | None = None

    def said(self, text: str) -> bool:
        plain = _plain(text)
        return any(_plain(part) == plain for sent in self.sent for part in (sent.text, *sent.text.split("\n")))

    def sends_since(self, moment: datetime) -> int:
        return sum(sent.at >= moment for sent in self.sent)

    def asking(self, about: str, lead: str, *words: str) -> Period:
        """With a point more, or with these words of the buyer put to one to be done in the same way."""
        return replace(self, asks=added(self.asks, Point(about, lead, words)))

    def points(self, about: str) -> Points:
        """The points about this."""
        return tuple(point for point in self.asks if point.about == about)

    def answered(self, about: str) -> Period:
        """Without any point about this."""
        return replace(self, asks=tuple(point for point in self.asks if point.about != about))

    def settling(self, abouts: Iterable[str], done: Callable[[str], bool]) -> Period:
        """Without those words of the points about one of these that are `done`."""
        return replace(self, asks=settled(self.asks, abouts, done))

    def promising(self, promise: Promise) -> Period:
        return self if promise in self.promises else replace(self, promises=(*self.promises, promise))

    def without(self, state: FormState) -> Period:
        """Without what was wanted, asked and promised in the matter of a form that the buyer called off."""
        topics = state.form.topics
        return replace(
            self,
            form=state,
            wants=tuple(want for want in self.wants if want.topic not in (*topics, state.form.title)),
            asks=tuple(point for point in self.asks if point.about not in topics),
            promises=tuple(promise for promise in self.promises if promise.about not in topics),
        )

    def laid_aside(self, form: Form) -> FormState | None:
        """The form of this kind that gave way to another, None when there is none."""
        return next((state for state in self.laid if state.form is form), None)

    def laying_aside(self, state: FormState) -> Period:
        return replace(self, laid=(*(other for other in self.laid if other.form is not state.form), state))

    def taking_up(self, state: FormState) -> Period:
        return replace(self, laid=tuple(other for other in self.laid if other is not state))

    @property
    def matter(self) -> Form | None:
        """The form to whose matter the buyer's last wish belongs, None when it belongs to none."""
        topic = self.wants[-1].topic if self.wants else ""
        return next((form for form in FORMS if topic in (*form.topics, form.title)), None)


@dataclass
class Talk:
    """A conversation while it is read line by line; the only thing here that changes."""

    dialogue: Dialogue
    shop: Shop
    calendar: Calendar
    lines: list[Line] = field(default_factory=list)
    collected: dict[str, str] = field(default_factory=dict)
    period: Period | None = None
    seen: set[str] = field(default_factory=set)

    def period_since(self, closed_at: datetime | None) -> Period:
        """The closed period that began then; a new one forgets what counted once and what was collected."""
        if self.period is None or self.period.since != closed_at:
            self.period = Period(closed_at)
            self.collected.clear()
        return self.period

    def heard(self, turn: Turn, at: datetime) -> None:
        """A recorded line. What Huashu would have said to the buyer line before it gives way to what was said."""
        if turn.speaker in (Speaker.AGENT, Speaker.ROBOT):
            while self.lines and self.lines[-1].move is not None:
                self.lines.pop()
        self.lines.append(Line(turn, at))

    def last_agent(self, now: datetime) -> timedelta | None:
        """How long ago a person of the shop last wrote."""
        written = [line.at for line in self.lines if line.turn.speaker is Speaker.AGENT]
        return now - written[-1] if written else None

    def burst(self, seconds: float) -> int:
        """How many buyer lines at the end are one message: close together, with no answer between."""
        count = 0
        later: datetime | None = None
        for line in reversed(self.lines):
            if line.answers:
                break
            if line.turn.speaker is not Speaker.BUYER:
                continue
            if later is not None and (later - line.at).total_seconds() > seconds:
                break
            later = line.at
            count += 1
        return count

    def mark_chat(self) -> None:
        """The last line was a greeting or small talk: it says nothing about the lines around it."""
        self.lines[-1] = replace(self.lines[-1], chat=True)

    def same_lines(self, text: str, since: datetime) -> int:
        """How often the buyer has sent this very line since then."""
        plain = _plain(text)
        return sum(
            line.turn.speaker is Speaker.BUYER and line.at >= since and _plain(line.turn.text) == plain
            for line in self.lines
        )

    def echoes(self, text: str) -> bool:
        """Whether the buyer sends back a line of the shop's robot."""
        plain = _plain(text)
        return len(plain) > 5 and any(
            line.turn.speaker is Speaker.ROBOT and _plain(line.turn.text) == plain for line in self.lines
        )


def _plain(text: str) -> str:
    return "".join(character for character in normalise(text).text if character.isalnum())


def known_values(talk: Talk) -> dict[str, str]:
    """What forms need not ask: what was collected, and the order that the conversation belongs to."""
    order = talk.dialogue.order
    number = order.get("number")
    attached = {"order_number": str(number) if number else ATTACHED} if order else {}
    return {**attached, **talk.collected}
