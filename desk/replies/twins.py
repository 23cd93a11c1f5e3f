"""Replies that say the same: two of them side by side are one suggestion."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from contracts.reply import SLOT, Reply
from contracts.text import normalise
from retrieval.encoder.protocol import Encoder
from retrieval.library import Library

NEAR = 0.85
"""Cosine of the embedded encoder (not another's) from which two texts say the same.

Looked at in the shipped library of 522 replies: of the 2,161 pairs of one topic that share a platform, the closest that
say different things have 0.84, 0.83, 0.81 (a refund's days or its points; with a card or without a fee). Ten replies
said again in other words by hand have 0.83 to 0.95, nine of them 0.85 and more; with other particles, synonyms or the
sentences in another order 99 % have 0.855 and more. By the adapted encoder, which was taught to bring the lines of a
topic together, the same rewordings have 0.75 to 0.95 and different replies up to 0.90, so that nothing parts them.
"""


@dataclass(frozen=True)
class Twins:
    """Two replies that say the same. `nested`: one of them holds in fewer states, where it may be meant to."""

    first: Reply
    second: Reply
    cosine: float
    nested: bool


def same_texts(library: Library) -> Iterator[tuple[Reply, Reply]]:
    """Each reply whose text an earlier one has, with that one."""
    seen: dict[str, Reply] = {}
    for reply in library.replies:
        first = seen.setdefault(normalise(reply.text).text, reply)
        if first is not reply:
            yield first, reply


def near_twins(library: Library, encoder: Encoder) -> Iterator[Twins]:
    """Replies of one topic that may stand side by side and say the same in other words; slots are left out.

    Texts that are the same altogether are not among them.
    """
    by_topic: dict[str, list[Reply]] = {}
    for reply in library.replies:
        by_topic.setdefault(reply.topic, []).append(reply)
    for replies in by_topic.values():
        vectors = encoder.encode([SLOT.sub("", reply.text) for reply in replies])
        cosines = vectors @ vectors.T
        for earlier, later in np.argwhere(np.triu(cosines >= NEAR, k=1)):
            first, second = replies[earlier], replies[later]
            if _side_by_side(first, second) and normalise(first.text).text != normalise(second.text).text:
                nested = {condition.key for condition in first.when} != {condition.key for condition in second.when}
                yield Twins(first, second, float(cosines[earlier, later]), nested)


def _side_by_side(first: Reply, second: Reply) -> bool:
    """Whether there is a platform, a day and a state in which both may be suggested."""
    others = {condition.key: condition.values for condition in second.when}
    states = all(set(mine.values) & set(others.get(mine.key, mine.values)) for mine in first.when)
    starts = [day for day in (first.valid.first, second.valid.first) if day]
    ends = [day for day in (first.valid.last, second.valid.last) if day]
    days = not starts or not ends or max(starts) <= min(ends)
    return bool(first.platforms & second.platforms) and states and days
