"""What a loadable library can still lack: coverage, wording, twins."""

from __future__ import annotations

from dataclasses import dataclass

from contracts.platform import Platform
from contracts.taxonomy import Taxonomy
from contracts.text import normalise
from retrieval.library import Library

LONGEST = 120
"""Characters: what an agent's line on a phone can hold without scrolling."""


@dataclass(frozen=True)
class Problem:
    """Something that the library's owner should mend; `where` is a reply id or a topic."""

    where: str
    message: str

    def __str__(self) -> str:
        return f"{self.where}: {self.message}"


def lint_library(library: Library, taxonomy: Taxonomy) -> tuple[Problem, ...]:
    """Every problem found, in the order of the library."""
    return (*lint_texts(library), *_twins(library), *_coverage(library, taxonomy))


def lint_texts(library: Library) -> list[Problem]:
    """What is wrong with single texts."""
    problems = []
    for reply in library.replies:
        if len(reply.text) > LONGEST:
            problems.append(Problem(reply.id, f"the text has {len(reply.text)} characters, more than {LONGEST}"))
        if "你" in reply.text.replace("你们", ""):
            problems.append(Problem(reply.id, "says 你 to the buyer; write 您"))
        if len(set(reply.questions)) < len(reply.questions):
            problems.append(Problem(reply.id, "has the same question twice"))
    return problems


def _twins(library: Library) -> list[Problem]:
    seen: dict[str, str] = {}
    problems = []
    for reply in library.replies:
        first = seen.setdefault(normalise(reply.text).text, reply.id)
        if first != reply.id:
            problems.append(Problem(reply.id, f"has the same text as {first}"))
    return problems


def _coverage(library: Library, taxonomy: Taxonomy) -> list[Problem]:
    """Each topic needs, on each platform, a reply that holds whatever the order's state is."""
    covered = {(reply.topic, platform) for reply in library.replies if not reply.when for platform in reply.platforms}
    problems = []
    for topic in taxonomy.topics:
        lacking = [platform.value for platform in Platform if (topic.path, platform) not in covered]
        if lacking:
            problems.append(Problem(topic.path, f"has no reply for every state on {', '.join(lacking)}"))
    return problems
