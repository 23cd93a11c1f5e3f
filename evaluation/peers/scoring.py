"""How right a peer's answers are, by the labels of the questions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from contracts.taxonomy import CHAT, intent_of
from evaluation.dialogues import Clarity
from evaluation.peers.job import Answered
from evaluation.questions import Question


@dataclass(frozen=True)
class Shown:
    """Shares 0..1 of `messages` about the shop's business: a right topic first, among those shown; mean 1/rank."""

    messages: int
    first: float
    among: float
    mrr: float


@dataclass(frozen=True)
class Figures:
    """One row of the comparison.

    clear, all: right topics, for messages that are clear alone and for all
    silent: share of messages about business that get nothing
    intruding: share of small talk, details and out of scope whose first suggestion is about business
    auroc: how well the best score of a business reply tells the two apart; None with one kind only
    """

    clear: Shown
    all: Shown
    silent: float
    intruding: float
    auroc: float | None
    p50: float
    p99: float


@dataclass(frozen=True)
class Duel:
    """Messages with a right first suggestion by the one and not by the other; `p` by the exact sign test, two-sided."""

    won: int
    lost: int
    p: float


def figures(questions: Sequence[Question], answers: Sequence[Answered], topics: Mapping[str, str]) -> Figures:
    """The row of one peer; `answers` stand in the order of `questions`, `topics` by reply id."""
    pairs = list(zip(questions, answers, strict=True))
    business = [(asked, given) for asked, given in pairs if asked.business and asked.topics]
    quiet = [given for asked, given in pairs if not asked.business]
    ranks = [_rank(asked, given, topics) for asked, given in business]
    clear = [rank for rank, (asked, _) in zip(ranks, business, strict=True) if asked.clarity is Clarity.CLEAR]
    firsts = [intent_of(topics[given.hits[0].reply_id]) not in CHAT for given in quiet if given.hits]
    middle, highest = np.percentile([given.milliseconds for given in answers], [50, 99])
    return Figures(
        clear=_shown(clear),
        all=_shown(ranks),
        silent=_share([not given.hits for _, given in business]),
        intruding=sum(firsts) / len(quiet) if quiet else 0.0,
        auroc=_auroc([_surest(given, topics) for _, given in business], [_surest(given, topics) for given in quiet]),
        p50=float(middle),
        p99=float(highest),
    )


def duel(
    questions: Sequence[Question], ours: Sequence[Answered], theirs: Sequence[Answered], topics: Mapping[str, str]
) -> Duel:
    """How often the one puts a right topic first where the other does not."""
    from scipy.stats import binomtest  # type: ignore[import-untyped]  # slow to import

    won = lost = 0
    for asked, our, their in zip(questions, ours, theirs, strict=True):
        if asked.business and asked.topics:
            right, other = _rank(asked, our, topics) == 1, _rank(asked, their, topics) == 1
            won, lost = won + (right and not other), lost + (other and not right)
    return Duel(won, lost, float(binomtest(won, won + lost).pvalue) if won + lost else 1.0)


def _rank(asked: Question, given: Answered, topics: Mapping[str, str]) -> int:
    """Where the first reply of a right topic stands, from 1; 0 for nowhere."""
    return next((place for place, hit in enumerate(given.hits, 1) if topics[hit.reply_id] in asked.topics), 0)


def _shown(ranks: Sequence[int]) -> Shown:
    first, among = _share([rank == 1 for rank in ranks]), _share([rank > 0 for rank in ranks])
    return Shown(len(ranks), first, among, sum(1 / rank for rank in ranks if rank) / len(ranks) if ranks else 0.0)


def _share(flags: Sequence[bool]) -> float:
    return sum(flags) / len(flags) if flags else 0.0


def _surest(given: Answered, topics: Mapping[str, str]) -> float:
    """The best score of a reply about business; below all scores when none is shown."""
    scores = [hit.score for hit in given.hits if intent_of(topics[hit.reply_id]) not in CHAT]
    return max(scores, default=-1e9)


def _auroc(business: Sequence[float], quiet: Sequence[float]) -> float | None:
    if not business or not quiet:
        return None
    from sklearn.metrics import roc_auc_score  # slow to import

    return float(roc_auc_score([1] * len(business) + [0] * len(quiet), [*business, *quiet]))
