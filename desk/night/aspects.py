"""Whether a reply speaks of a case of its own that the buyer did not: several orders, a card's limit, a small amount.

Confidence and nearness are those of a whole topic, in which most replies are for one case of it. What that case is its
own questions say: nearly all of them hold one of a few words that questions to the topic's other replies seldom have.
A message with none of these words did not speak of it.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from functools import lru_cache

from contracts.answer import Answer, Suggestion
from contracts.reply import Reply
from desk.night.wording import content
from retrieval.library import Library

_ENOUGH = 8
"""Questions that a reply needs before they show what it is for."""

_OFTEN = 2
"""Questions that hold a word before it is more than a chance."""

_RARER = 3.0
"""How much more often a word is in the reply's own questions than in those of its topic's others."""

_COVERED = 0.8
"""Share of its questions that hold one of its words, when it is for a case of its own; a word that alone is in so many
of them must be there.
"""

_NUMBER = re.compile(r"\d{2,}")


class Aspects:
    """What each reply of a library is for within its topic."""

    def __init__(self, library: Library) -> None:
        self._topics: dict[str, list[Reply]] = {}
        for reply in library.replies:
            self._topics.setdefault(reply.topic, []).append(reply)
        self._words: dict[str, frozenset[str]] = {}

    def strange(self, reply: Reply, said: str) -> bool:
        """Whether the reply is for a case of which the buyer's words say nothing."""
        if reply.id not in self._words:
            self._words[reply.id] = self._own_words(reply)
        own = self._words[reply.id]
        words = pieces(said)
        return bool(own) and not own & words and all(pieces(question) != words for question in reply.questions)

    def _own_words(self, reply: Reply) -> frozenset[str]:
        """The words that mark the reply's case, none when it is for its topic at large."""
        asked = [pieces(question) for question in reply.questions]
        others = [
            pieces(question)
            for other in self._topics.get(reply.topic, ())
            if other.id != reply.id
            for question in other.questions
        ]
        if len(asked) < _ENOUGH:
            return frozenset()
        here, there = (Counter(piece for question in texts for piece in question) for texts in (asked, others))
        least = _RARER * len(asked) / (len(others) + 1)
        own = frozenset(
            piece for piece, count in here.items() if count >= _OFTEN and count >= least * (there[piece] + 1)
        )
        covered = sum(bool(own & question) for question in asked)
        if covered < _COVERED * len(asked):
            return frozenset()
        return frozenset(piece for piece in own if here[piece] >= _COVERED * len(asked)) or own


@dataclass(frozen=True)
class Case:
    """What a buyer said, held against what the replies are for."""

    aspects: Aspects
    said: str

    def fits(self, item: Suggestion) -> bool:
        """Whether the reply is for a case that the buyer spoke of, or for its topic at large."""
        return not self.aspects.strange(item.candidate.reply, self.said)

    def first(self, answer: Answer) -> Answer:
        """The answer with the best reply to its topic that fits first, where one does."""
        topic = answer.suggestions[0].candidate.reply.topic if answer.suggestions else ""
        same = (item for item in answer.suggestions if item.candidate.reply.topic == topic)
        best = next((item for item in same if self.fits(item)), None)
        if best is None or best is answer.suggestions[0]:
            return answer
        return replace(answer, suggestions=(best, *(item for item in answer.suggestions if item is not best)))


@lru_cache(maxsize=2)
def aspects_of(library: Library) -> Aspects:
    """The aspects of a library, worked out once."""
    return Aspects(library)


def pieces(text: str) -> frozenset[str]:
    """The characters and pairs of characters of a text that say something, and its numbers of several digits."""
    plain = content(text)
    pairs = (plain[place : place + 2] for place in range(len(plain) - 1))
    return frozenset(piece for piece in (*plain, *pairs, *_NUMBER.findall(text)) if piece.isalnum())
