"""Replies held against the rules of every platform and state that they are approved for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import product

from compliance.checker import Checker
from contracts.clause import Severity
from contracts.context import Context, OrderStatus
from contracts.errors import DataError
from contracts.finding import Finding
from contracts.platform import Platform
from contracts.reply import Reply
from desk.replies.samples import SAMPLES
from retrieval.library import Library
from retrieval.slots import fill


def findings(reply: Reply, checker: Checker) -> Iterator[tuple[Platform, Finding]]:
    """What the checker says about the reply, its slots filled, by platform in every state that its `when` allows."""
    for platform, context in product(sorted(reply.platforms), _states(reply)):
        for finding in _as_sent(reply, platform, context, checker):
            yield platform, finding


def findings_anywhere(reply: Reply, checker: Checker) -> Iterator[tuple[Platform, str, Finding]]:
    """What the checker says about a text that leaves in every state of an order, and in which state; "" is no order."""
    for platform, status in product(sorted(reply.platforms), (None, *OrderStatus)):
        state = Context().with_values({"order.status": status.value})[0] if status else Context()
        for finding in _as_sent(reply, platform, state, checker):
            yield platform, status.value if status else "", finding


def breach_in(found: Iterable[tuple[Platform, Finding]]) -> str:
    """The first rule that is broken, in words; empty when none is."""
    for platform, finding in found:
        if finding.severity is Severity.BLOCK:
            return f"breaks {finding.clause} on {platform.value}: {finding.why}"
    return ""


def breaches(library: Library, checker: Checker) -> Iterator[DataError]:
    """Every reply that breaks a rule, each once, with its place."""
    for reply in library.replies:
        broken = breach_in(findings(reply, checker))
        if broken:
            place = library.places.get(reply.id)
            file, line = (str(place.file), place.line) if place else ("data/replies", None)
            yield DataError(broken, file=file, line=line, field=reply.id)


def check_library(library: Library, checker: Checker) -> None:
    """Hold every reply against the rules of every platform it is approved for. Raises DataError at the first breach."""
    for found in breaches(library, checker):
        raise found


def _as_sent(reply: Reply, platform: Platform, context: Context, checker: Checker) -> Iterator[Finding]:
    """What the checker says about the reply with its slots filled, at its place in the reply's own text."""
    filled = fill(reply, SAMPLES).text
    for finding in checker.check(filled, platform, context).findings:
        words = filled[slice(*finding.span)]
        start = reply.text.find(words)
        yield replace(finding, span=(start, start + len(words)) if start >= 0 else (0, len(reply.text)))


def _states(reply: Reply) -> tuple[Context, ...]:
    """Every state that the reply's `when` allows."""
    keys = [condition.key for condition in reply.when]
    choices = product(*(condition.values for condition in reply.when))
    return tuple(Context().with_values(dict(zip(keys, values, strict=True)))[0] for values in choices)
