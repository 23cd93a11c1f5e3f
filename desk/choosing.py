"""Which of the ranked candidates are offered, each proved against the rules, and which of them stands first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from contracts.answer import Blocked, Suggestion
from contracts.candidate import Candidate
from contracts.finding import Verdict
from contracts.taxonomy import CHAT, intent_of
from contracts.understanding import Understanding
from desk.settings import SuggestSettings
from retrieval.ranking import Selection

MOST_CHECKED = 40
"""Candidates that the checker sees at most for one message."""

Prove = Callable[[str], Verdict]
"""Holds a text against the rules."""

_HALF = 0.5
_COURTESIES = CHAT - {"human"}


@dataclass(frozen=True)
class Chosen:
    """What is offered, best first, and what the rules stopped."""

    suggestions: tuple[Suggestion, ...]
    blocked: tuple[Blocked, ...]


def choose(
    candidates: Sequence[Candidate], understanding: Understanding, prove: Prove, limits: SuggestSettings, k: int
) -> Chosen:
    """Prove candidates, best first, in the order of their worth until `k` have passed; none if all are below the floor.

    Only small talk is offered where most likely nothing is asked, and where no reply about the shop's business is sure
    enough.
    """
    passed: list[Suggestion] = []
    blocked: list[Blocked] = []
    business = max((item.confidence for item in candidates if not _is_chat(item)), default=0.0)
    if _asked(understanding) < limits.asked or business < limits.business:
        candidates = [item for item in candidates if _is_chat(item)]
    if not candidates or candidates[0].confidence < limits.floor:
        return Chosen((), ())
    chat = bool(understanding.intents) and understanding.intents[0].name in CHAT
    selection = Selection([item for item in candidates if item.confidence >= limits.beside])
    while len(passed) < k and len(passed) + len(blocked) < MOST_CHECKED:
        candidate = selection.next()
        if candidate is None:
            break
        verdict = prove(candidate.text)
        if verdict.blocked:
            blocked.append(Blocked(candidate.reply.id, verdict.findings))
        else:
            passed.append(Suggestion(candidate, verdict))
            selection.accept(candidate)
    return Chosen(tuple(_fitting_first(passed, chat=chat)), tuple(blocked))


def _fitting_first(passed: list[Suggestion], *, chat: bool) -> list[Suggestion]:
    """What fits the message goes first: small talk where it was read as that, else the answer before a courtesy.

    What is put first needs `_HALF` of the confidence of what it goes before.
    """
    if not passed or _fits(passed[0], chat=chat):
        return passed
    least = _HALF * passed[0].candidate.confidence
    for place, suggestion in enumerate(passed):
        if _is_chat(suggestion.candidate) is chat and suggestion.candidate.confidence >= least:
            return [suggestion, *passed[:place], *passed[place + 1 :]]
    return passed


def _fits(suggestion: Suggestion, *, chat: bool) -> bool:
    """Whether it may stand first; help by a person is no courtesy."""
    return _is_chat(suggestion.candidate) if chat else intent_of(suggestion.candidate.reply.topic) not in _COURTESIES


def _is_chat(candidate: Candidate) -> bool:
    return intent_of(candidate.reply.topic) in CHAT


def _asked(understanding: Understanding) -> float:
    """The probability that the message asks for something, a person included."""
    return 1.0 - sum(guess.confidence for guess in understanding.intents if guess.name in _COURTESIES)
