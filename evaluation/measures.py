"""What is measured of each case: one score for each figure that is a mean, None where the case does not bear on it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import log2

from contracts.taxonomy import CHAT, intent_of
from evaluation.cases import Asked, Case, Said

SHOWN = 3
"""Suggestions that are looked at."""


@dataclass(frozen=True)
class Measure:
    """A figure by its name, what it is in words, and whether more of it is better; `share`: its scores are 0 or 1."""

    name: str
    title: str
    more_is_better: bool = True
    share: bool = True
    unit: str = ""


Score = Callable[[Asked], float | None]


def _main_intent(case: Asked) -> float:
    return float(bool(case.read) and case.read[0][0] == case.intents[0])


def _some_intent(case: Asked) -> float:
    return float(bool(case.read) and case.read[0][0] in case.intents)


def _first(case: Asked) -> float | None:
    return float(case.right(0)) if case.business and case.topics else None


def _among(case: Asked) -> float | None:
    return float(first_right(case) is not None) if case.business and case.topics else None


def first_right(case: Asked) -> int | None:
    """The place (from 0) of the first suggestion about what was asked, None when there is none."""
    return next((place for place in range(min(SHOWN, len(case.shown))) if case.right(place)), None)


def _reciprocal(case: Asked) -> float | None:
    if not case.business or not case.topics:
        return None
    place = first_right(case)
    return 0.0 if place is None else 1 / (place + 1)


def _ndcg(case: Asked) -> float | None:
    """A topic counts where it stands first: a second reply about it adds nothing."""
    if not case.business or not case.topics:
        return None
    left, gained = set(case.right_topics), 0.0
    for place, shown in enumerate(case.shown[:SHOWN]):
        if shown.topic in left:
            left.remove(shown.topic)
            gained += 1 / log2(place + 2)
    best = sum(1 / log2(place + 2) for place in range(min(SHOWN, len(case.right_topics))))
    return gained / best


def _every_topic(case: Asked) -> float | None:
    if not case.business or len(case.right_topics) < 2:
        return None
    shown = {item.topic for item in case.shown[:SHOWN]}
    return float(shown.issuperset(case.right_topics[:SHOWN]))


def _silent_on_business(case: Asked) -> float | None:
    return float(not case.shown) if case.business else None


def _silent_on_chat(case: Asked) -> float | None:
    return None if case.business else float(not any(intent_of(item.topic) not in CHAT for item in case.shown[:SHOWN]))


def _business_first(case: Asked) -> float | None:
    if case.business:
        return None
    return float(bool(case.shown) and intent_of(case.shown[0].topic) not in CHAT)


def _silence_right(case: Asked) -> float | None:
    return None if case.shown else float(not case.business)


ASKED: Mapping[Measure, Score] = {
    Measure("intent.accuracy", "main intent read right"): _main_intent,
    Measure("intent.some", "one of the labelled intents read first"): _some_intent,
    Measure("topic.hit1", "a right topic first"): _first,
    Measure("topic.hit3", "a right topic among three"): _among,
    Measure("topic.mrr", "mean reciprocal rank of the first right topic", share=False): _reciprocal,
    Measure("topic.ndcg3", "nDCG over three suggestions", share=False): _ndcg,
    Measure("topic.all", "every question of a message answered among three"): _every_topic,
    Measure("abstain.wrong", "no suggestion although something is asked", more_is_better=False): _silent_on_business,
    Measure("abstain.chat", "no business reply where nothing is asked"): _silent_on_chat,
    Measure("abstain.precision", "nothing was asked where nothing is suggested"): _silence_right,
    Measure(
        "chat.business_first", "a business reply first where nothing is asked", more_is_better=False
    ): _business_first,
}
"""Figures over buyers' messages. "Something is asked": an intent that is no small talk (`contracts.taxonomy.CHAT`)."""


def _recall(case: Said) -> float | None:
    return float(all(case.caught(clause) for clause in case.violates)) if case.violates else None


def _named(case: Said) -> float | None:
    found = {item.clause for item in case.found}
    return float(found.issuperset(case.violates)) if case.violates else None


def _false_stop(case: Said) -> float | None:
    return None if case.violates else float(case.stopped)


def _false_warning(case: Said) -> float | None:
    return None if case.violates else float(any(not item.hint for item in case.found))


SAID: Mapping[Measure, Callable[[Said], float | None]] = {
    Measure("rules.recall", "breaches found"): _recall,
    Measure("rules.named", "breaches found under their own rule"): _named,
    Measure("rules.false_stops", "right texts that are stopped", more_is_better=False): _false_stop,
    Measure("rules.false_findings", "right texts with any finding", more_is_better=False): _false_warning,
}
"""Figures over agents' turns. A breach of a rule that blocks is found when the text is stopped, by whichever rule."""

MEANS: tuple[Measure, ...] = (*ASKED, *SAID)


def scores_of(case: Case) -> list[float]:
    """The score of each of `MEANS`; nan where the case says nothing about it."""
    found: list[float | None] = [None] * len(MEANS)
    if isinstance(case, Asked):
        found[: len(ASKED)] = [score(case) for score in ASKED.values()]
    else:
        found[len(ASKED) :] = [score(case) for score in SAID.values()]
    return [float("nan") if score is None else score for score in found]
