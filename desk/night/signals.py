"""Signals: what a line says beside its topic, by wording, what the intent model reads, and what the learnt ear hears.

Whether a line raises an alarm is decided here and nowhere else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from alarms.ear import Ear
from alarms.model import Heard
from contracts.parts import SHORTEST
from contracts.taxonomy import Taxonomy, intent_of
from contracts.text import normalise
from contracts.understanding import Understanding
from files.records import Located, read_records

REQUIRED = frozenset(
    "injury threat privacy outside dispute abuse complaint person robot "
    "stop none question request mistake reason refund hello notice".split()
)
"""Signals that the code asks for by name; of the others each takes some of these back."""

_BELIEVED = frozenset({"injury", "person"})
"""Signals whose wording stands whatever the ear makes of it: to miss one is worse than to hear one too many."""

_CLAUSE = re.compile(r"[^\s,，。.;；:：!！?？~～…、]+")


def _expression(text: str) -> str:
    try:
        re.compile(text)
    except re.error as error:
        raise ValueError(f"is not an expression: {error}") from None
    return text


_Expression = Annotated[str, AfterValidator(_expression)]
_Share = Annotated[float, Field(ge=0, le=1)]


class _SignalRecord(BaseModel):
    """A signal as its file writes it."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    id: str
    label: str
    sure: list[_Expression] = Field(default_factory=list)
    hints: list[_Expression] = Field(default_factory=list)
    supported_by: list[str] = Field(default_factory=list, alias="with")
    support: _Share = 0.2
    topics: dict[str, _Share] = Field(default_factory=dict)
    likely: dict[str, _Share] = Field(default_factory=dict)
    unless: list[_Expression] = Field(default_factory=list)
    not_with: dict[str, _Share] = Field(default_factory=dict)
    or_likely: bool = False
    takes_back: list[str] = Field(default_factory=list)


@dataclass(frozen=True)
class Probabilities:
    """What the intent model read, by intent and by topic."""

    names: Mapping[str, float]

    @classmethod
    def of(cls, understanding: Understanding) -> Probabilities:
        guesses = (*understanding.intents, *understanding.topics)
        return cls({guess.name: guess.confidence for guess in guesses})

    def of_name(self, name: str) -> float:
        return self.names.get(name, 0.0)

    def total(self, names: Iterable[str]) -> float:
        return sum(self.of_name(name) for name in names)


@dataclass(frozen=True)
class Signal:
    """One signal, its expressions joined."""

    id: str
    label: str
    sure: re.Pattern[str] | None
    hints: re.Pattern[str] | None
    supported_by: tuple[str, ...]
    support: float
    topics: Mapping[str, float]
    likely: Mapping[str, float]
    unless: re.Pattern[str] | None
    not_with: Mapping[str, float]
    or_likely: bool
    takes_back: frozenset[str]

    def holds(self, text: str, read: Probabilities, heard: Heard) -> bool:
        """Whether a line in normal form that was read and heard so gives this signal.

        `unless`, `not_with` and the ear's doubt take back what only the wording says; what the ear is sure of stands.
        """
        if self.id in heard.likely and any(read.of_name(name) >= share for name, share in self.likely.items()):
            return True
        return self.id in heard.found or self._worded(text, read, heard)

    def _worded(self, text: str, read: Probabilities, heard: Heard) -> bool:
        if self.unless is not None and self.unless.search(text):
            return False
        if any(read.of_name(name) >= share for name, share in self.not_with.items()):
            return False
        doubted = self.id in heard.doubted and self.id not in _BELIEVED
        if self.sure is not None and not doubted and self.sure.search(text):
            return True
        if any(read.of_name(name) >= share for name, share in self.topics.items()):
            return True
        likely = self.or_likely and self.id in heard.likely
        supported = likely or read.total(self.supported_by) >= self.support
        return supported and self.hints is not None and bool(self.hints.search(text))


_NOTHING = Heard()
_UNREAD = Probabilities({})


def _without(expression: re.Pattern[str], clause: re.Match[str]) -> str:
    """A clause without what the expression finds in it."""
    return expression.sub(" ", clause.group())


class Signals:
    """All signals, in the order of their weight."""

    def __init__(self, signals: tuple[Signal, ...], ear: Ear | None = None) -> None:
        """Without an `ear` the wording and what was read go alone."""
        self._signals = signals
        self._ear = ear

    def found(self, text: str, understanding: Understanding) -> tuple[Signal, ...]:
        """The signals of a line, weightiest first."""
        plain = normalise(text).text
        return tuple(signal for signal in self._given(text, understanding) if self._meant(signal, plain))

    def spoken_of(self, text: str, understanding: Understanding) -> frozenset[str]:
        """The topics of signals that a line gives by words that only speak of such a thing."""
        plain = normalise(text).text
        given = [signal for signal in self._given(text, understanding) if not self._meant(signal, plain)]
        return frozenset(name for signal in given for name in signal.topics if intent_of(name) != name)

    def _given(self, text: str, understanding: Understanding) -> Iterator[Signal]:
        plain, read, heard = normalise(text).text, Probabilities.of(understanding), self._hear(self.bare(text))
        return (signal for signal in self._signals if signal.holds(plain, read, heard))

    def _hear(self, text: str) -> Heard:
        return self._ear.hear(text) if self._ear is not None else _NOTHING

    def _meant(self, signal: Signal, plain: str) -> bool:
        """Whether a signal that a line gives stands without the words that only speak of such a thing.

        What was read counts for the whole line: where words are taken out, wording and ear alone say what is left.
        """
        left = self._left(signal, plain)
        return left == plain or signal.holds(left, _UNREAD, self._hear(left))

    def _left(self, signal: Signal, plain: str) -> str:
        """A line in normal form without what takes the signal back."""
        left = plain
        for taker in self._signals:
            off = taker.unless is not None and taker.unless.search(plain)
            if signal.id in taker.takes_back and taker.sure is not None and not off:
                left = _CLAUSE.sub(partial(_without, taker.sure), left)
        return left

    def bare(self, text: str) -> str:
        """The text without a greeting before it and a courtesy behind it; the text itself when little would be left."""
        normal = normalise(text)
        start, end = 0, len(normal.text)
        hello = next(signal.sure for signal in self._signals if signal.id == "hello")
        while hello is not None:
            found = hello.search(normal.text[start:end])
            if found is None or not found.group() or (found.start() and found.end() < end - start):
                break
            start, end = (start + found.end(), end) if found.start() == 0 else (start, start + found.start())
        if end - start < SHORTEST:
            return text
        left, right = normal.span(start, end)
        return text[left:right]

    def named(self, name: str) -> Signal:
        """The signal `name`, which is one of REQUIRED."""
        return next(signal for signal in self._signals if signal.id == name)

    def spans(self, name: str, text: str) -> list[tuple[int, int]]:
        """Where the sure wording of the signal `name` stands in the text, in order."""
        normal = normalise(text)
        sure = next((signal.sure for signal in self._signals if signal.id == name), None)
        found = sure.finditer(normal.text) if sure is not None else ()
        return [normal.span(*match.span()) for match in found]

    def worded(self, name: str, text: str) -> bool:
        """Whether the wording alone gives the signal `name`."""
        signal, plain = self.named(name), normalise(text).text
        return signal.holds(self._left(signal, plain), _UNREAD, _NOTHING)


def load_signals(path: Path, taxonomy: Taxonomy, ear: Ear | None = None) -> Signals:
    """The signals of a file. Raises DataError for an unknown topic, a broken expression or a signal that is missing."""
    entries = read_records(path, "signals", _SignalRecord)
    names = [entry.value.id for entry in entries]
    for entry in entries:
        _check(entry, names, taxonomy)
    lacking = sorted(REQUIRED - set(names))
    if lacking:
        raise entries[0].error(f"lacks the signals {', '.join(lacking)}")
    return Signals(tuple(_signal(entry.value) for entry in entries), ear)


def _check(entry: Located[_SignalRecord], names: list[str], taxonomy: Taxonomy) -> None:
    record = entry.value
    if names.count(record.id) > 1:
        raise entry.error("is given twice", record.id)
    if record.id not in REQUIRED and not record.takes_back:
        raise entry.error(f"unknown signal; known: {', '.join(sorted(REQUIRED))}", record.id)
    for name in (*record.supported_by, *record.topics, *record.likely, *record.not_with):
        if name not in taxonomy and name not in taxonomy.intents:
            raise entry.error(f"unknown topic or intent {name!r}", record.id)
    for name in record.takes_back:
        if name not in names:
            raise entry.error(f"takes back {name!r}, which is no signal", record.id)


def _signal(record: _SignalRecord) -> Signal:
    return Signal(
        id=record.id,
        label=record.label,
        sure=_joined(record.sure),
        hints=_joined(record.hints),
        supported_by=tuple(record.supported_by),
        support=record.support,
        topics=record.topics,
        likely=record.likely,
        unless=_joined(record.unless),
        not_with=record.not_with,
        or_likely=record.or_likely,
        takes_back=frozenset(record.takes_back),
    )


def _joined(expressions: list[str]) -> re.Pattern[str] | None:
    return re.compile("|".join(f"(?:{expression})" for expression in expressions)) if expressions else None
