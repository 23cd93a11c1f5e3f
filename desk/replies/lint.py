"""What a loadable library can still lack: coverage, wording, twins, rules that exist."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from compliance.checker import Checker
from contracts.clause import Severity
from contracts.finding import Finding
from contracts.platform import Platform
from contracts.reply import Reply
from contracts.taxonomy import Taxonomy
from desk.replies.coverage import coverage
from desk.replies.rules import breach_in, findings, findings_anywhere
from desk.replies.twins import Twins, near_twins, same_texts
from retrieval.encoder.protocol import Encoder
from retrieval.library import Library

LONGEST = 120
"""Characters: what an agent's line on a phone can hold without scrolling."""


class TextFault(str, Enum):
    """What a text by itself can lack: too long for a phone, 你 in place of 您, one question twice."""

    LONG = "long"
    FAMILIAR = "familiar"
    REPEATED = "repeated"


@dataclass(frozen=True)
class Problem:
    """Something that the library's owner should mend, or look at; `where` is a reply id or a topic."""

    where: str
    message: str

    def __str__(self) -> str:
        return f"{self.where}: {self.message}"


@dataclass(frozen=True)
class Report:
    """Problems, which must be mended, and advice, which a person weighs: what only warns, and replies for a state
    that say what the reply for every state says."""

    problems: tuple[str, ...]
    advice: tuple[str, ...]


def lint(library: Library, fixed: Library, taxonomy: Taxonomy, checker: Checker, embedded: Encoder) -> Report:
    """Everything found in the library and in the fixed texts; near twins are told by the embedded encoder."""
    problems = [*lint_library(library, taxonomy), *lint_texts(fixed)]
    advice: list[Problem] = []
    for twins in near_twins(library, embedded):
        (advice if twins.nested else problems).append(_about(twins))
    for reply in (*library.replies, *fixed.replies):
        problems += _unknown_rules(reply, checker)
        found = list(findings(reply, checker))
        broken = breach_in(found) if reply.id in library else ""
        problems += [Problem(reply.id, broken)] if broken else []
        advice += _hints(reply, found)
    problems += lint_fixed(fixed, checker)
    return Report(tuple(map(str, problems)), tuple(map(str, advice)))


def lint_library(library: Library, taxonomy: Taxonomy) -> tuple[Problem, ...]:
    """Every problem that the replies themselves show, in the order of the library."""
    twins = (Problem(reply.id, f"has the same text as {first.id}") for first, reply in same_texts(library))
    return (*lint_texts(library), *twins, *_coverage(library, taxonomy))


def lint_fixed(fixed: Library, checker: Checker) -> list[Problem]:
    """What stops a fixed text, on any platform, in any state of the order.

    These texts are sent by name whatever the state is, and one that its own checker stops leaves the buyer without it.
    """
    problems: dict[tuple[str, str, str], list[str]] = {}
    for reply in fixed.replies:
        for platform, status, finding in findings_anywhere(reply, checker):
            if finding.severity is not Severity.BLOCK:
                continue
            place = (reply.id, finding.clause, reply.text[slice(*finding.span)])
            problems.setdefault(place, []).append(f"{platform.value}/{status or 'no order'}")
    return [
        Problem(where, f"cannot leave for {clause} 「{words}」 on {', '.join(places)}")
        for (where, clause, words), places in problems.items()
    ]


def lint_texts(library: Library) -> list[Problem]:
    """What is wrong with single texts."""
    return [Problem(reply.id, _in_words(fault, reply)) for reply in library.replies for fault in text_faults(reply)]


def text_faults(reply: Reply) -> Iterator[TextFault]:
    """What is wrong with one text."""
    if len(reply.text) > LONGEST:
        yield TextFault.LONG
    if "你" in reply.text.replace("你们", ""):
        yield TextFault.FAMILIAR
    if len(set(reply.questions)) < len(reply.questions):
        yield TextFault.REPEATED


def _in_words(fault: TextFault, reply: Reply) -> str:
    return {
        TextFault.LONG: f"the text has {len(reply.text)} characters, more than {LONGEST}",
        TextFault.FAMILIAR: "says 你 to the buyer; write 您",
        TextFault.REPEATED: "has the same question twice",
    }[fault]


def _coverage(library: Library, taxonomy: Taxonomy) -> Iterator[Problem]:
    """Each topic needs, on each platform, a reply that holds whatever the order's state is."""
    for topic, covers in coverage(library, taxonomy).items():
        lacking = [platform.value for platform in Platform if not covers[platform].day.always]
        if lacking:
            yield Problem(topic, f"has no reply for every state on {', '.join(lacking)}")


def _about(twins: Twins) -> Problem:
    meaning = f"says the same as {twins.first.id} (cosine {twins.cosine:.2f})"
    return Problem(twins.second.id, f"{meaning}; one of them is for fewer states" if twins.nested else meaning)


def _unknown_rules(reply: Reply, checker: Checker) -> Iterator[Problem]:
    for clause in reply.keeps:
        if clause not in checker.catalogue.checks:
            yield Problem(reply.id, f"keeps the rule {clause}, which does not exist")


def _hints(reply: Reply, found: Sequence[tuple[Platform, Finding]]) -> Iterator[Problem]:
    """What the rules only warn of, each rule once."""
    for finding in {finding.clause: finding for _, finding in found}.values():
        if finding.severity is Severity.WARN:
            yield Problem(reply.id, f"{finding.clause}: {finding.why}")
