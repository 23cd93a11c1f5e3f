"""Conditions over the context, alone or around another check. A key that is absent is never guessed.

Options
    when    context keys that must be known and hold one of the listed values
    unless  context keys that silence the clause when they are known to hold one of the values
    named   a context key; the clause is silent when the text or the buyer's line names one of its words
    buyer   patterns, one of which the buyer's line must hold
    buyer_without  patterns, none of which the buyer's line may hold
    then    the check to make; without it the text as a whole breaks the clause

A value is a word, a number, true or false; {at_least: n} and {at_most: n} compare numbers, and for
`now` {from: "22:30", to: "08:00"} is a span of the day, the end not included.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time
from enum import Enum
from typing import Any

from compliance.kinds.check import Check
from compliance.material import Material
from compliance.options import OptionError, Options, is_number
from compliance.pattern import Pattern
from compliance.reading import Span
from contracts.context import CONTEXT_KEYS, Context


@dataclass(frozen=True)
class Condition:
    """One key with the values it may hold; at_least and at_most bound a number, since and until a time of day."""

    key: str
    values: frozenset[Any] = frozenset()
    at_least: float | None = None
    at_most: float | None = None
    since: time | None = None
    until: time | None = None

    @property
    def bounded(self) -> bool:
        """Whether it compares a number."""
        return self.at_least is not None or self.at_most is not None

    def holds(self, context: Context) -> bool:
        """Whether the key is known and fits."""
        value = context.value(self.key)
        if value is None:
            return False
        if isinstance(value, datetime) and self.since is not None and self.until is not None:
            clock = value.time()
            late, early = clock >= self.since, clock < self.until
            return (late and early) if self.since <= self.until else (late or early)
        if isinstance(value, Enum):
            value = value.value
        if isinstance(value, tuple):
            return not self.values.isdisjoint(value)
        if value in self.values:
            return True
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            return False
        above = self.at_least is not None and value >= self.at_least
        return above or (self.at_most is not None and value <= self.at_most)


@dataclass(frozen=True)
class State:
    """The check; see the module."""

    when: tuple[Condition, ...]
    unless: tuple[Condition, ...]
    named: str | None
    buyer: Pattern | None
    buyer_without: Pattern | None
    then: Check | None

    def find(self, material: Material) -> Span | None:
        """What `then` finds (or the whole text), when the conditions hold."""
        if not self.holds(material):
            return None
        if self.then is not None:
            return self.then.find(material)
        return 0, len(material.reply.normal.original)

    def holds(self, material: Material) -> bool:
        """Whether the state is one in which the clause can be broken."""
        context = material.context
        if not all(condition.holds(context) for condition in self.when):
            return False
        if any(condition.holds(context) for condition in self.unless):
            return False
        if self.named is not None and _names(context.value(self.named), material):
            return False
        said = material.buyer
        if self.buyer_without is not None and said is not None and self.buyer_without.found(said):
            return False
        return self.buyer is None or (said is not None and self.buyer.found(said))


def _names(value: object, material: Material) -> bool:
    """Whether the text or the buyer's line names a word of `value`; a bare yes names everything."""
    if value is None or isinstance(value, bool):
        return value is True
    words = value if isinstance(value, tuple) else re.split("[、,，;/ ]", str(value))
    said = material.reply.text + (material.buyer.text if material.buyer is not None else "")
    return any(word and word in said for word in words)


def compile_check(options: Options) -> Check:
    """The check from its options. Raises OptionError."""
    check = State(
        when=_conditions(options.mapping("when")),
        unless=_conditions(options.mapping("unless")),
        named=options.choice("named", tuple(CONTEXT_KEYS), "") or None,
        buyer=options.optional_pattern("buyer"),
        buyer_without=options.optional_pattern("buyer_without"),
        then=options.optional_check("then"),
    )
    if not check.when and check.buyer is None and check.then is None:
        raise OptionError("one of the options 'when', 'buyer' and 'then' is needed")
    return check


def _conditions(raw: Mapping[str, Any]) -> tuple[Condition, ...]:
    return tuple(_condition(key, value) for key, value in raw.items())


def _condition(key: str, raw: Any) -> Condition:
    if key not in CONTEXT_KEYS:
        raise OptionError(f"unknown context key {key!r}")
    if isinstance(raw, dict):
        return _bounds(key, raw)
    values = raw if isinstance(raw, list) else [raw]
    if not values or not all(isinstance(value, (str, bool, int, float)) for value in values):
        raise OptionError(f"the values of {key!r} must be words, numbers, true or false")
    kind = CONTEXT_KEYS[key]
    if isinstance(kind, type) and issubclass(kind, Enum):
        known = [member.value for member in kind]
        for value in values:
            if value not in known:
                raise OptionError(f"{value!r} is no value of {key!r}; known: {', '.join(known)}")
    return Condition(key, frozenset(values))


def _bounds(key: str, raw: Mapping[str, Any]) -> Condition:
    if set(raw) == {"from", "to"}:
        try:
            since, until = time.fromisoformat(raw["from"]), time.fromisoformat(raw["to"])
        except (TypeError, ValueError):
            raise OptionError(f"{key!r}: 'from' and 'to' are times such as \"22:30\"") from None
        if since.tzinfo is not None or until.tzinfo is not None:
            raise OptionError(f"{key!r}: 'from' and 'to' are times of the shop, without a zone")
        return Condition(key, since=since, until=until)
    if not raw or set(raw) - {"at_least", "at_most"} or not all(map(is_number, raw.values())):
        raise OptionError(f"{key!r}: use at_least, at_most, or from and to")
    return Condition(key, at_least=raw.get("at_least"), at_most=raw.get("at_most"))
