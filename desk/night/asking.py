"""Asking the desk about words of a talk, and whether its best reply answers them."""

from __future__ import annotations

import re
from dataclasses import replace

from contracts.answer import Answer, Suggestion
from contracts.parts import split_parts
from contracts.policy import AutoPolicy
from contracts.taxonomy import intent_of
from contracts.text import clean_optional
from desk.decide import refusal
from desk.night.aids import Aids
from desk.night.aspects import Case, aspects_of
from desk.night.goods import is_business, without_goods
from desk.night.reading import SMALL_TALK, Reading, inquiry_at
from desk.night.talk import Talk
from desk.night.wording import counts, unmet
from desk.settings import SuggestSettings
from retrieval.library import Library

_NEVER = frozenset({"complaint", "off_platform", "human", "inform", "affirm", "deny", "out_of_scope", "greet"})
"""Intents that the library does not answer by itself at night, whatever the shop's policy."""
_CONSIDERED = 6
"""Replies among which the one that may leave is looked for."""
_AS_NEAR = 0.02
"""Cosine by which a reply that speaks of more may be further from the message than the one before it."""
_NAMES = 0.5
"""Probability of matters of business at which a word by itself names one."""
_LINK = re.compile(
    r"^(?:还有(?=[，,、\s]|就是|问|个问)|另外|顺便|然后|以及|再问|还想问|对了|那(?![个款种边里样些家天次])|哦|并且|而且|同时)+"
    r"(?:一下|问下|下)?[，, 、]*"
)


def may_answer(policy: AutoPolicy, topic: str) -> bool:
    """Whether the library answers a question about this topic by itself in a shop with this policy."""
    return policy.allows(topic) and intent_of(topic) not in _NEVER | frozenset(SMALL_TALK)


def _no_worse(item: Suggestion, best: Suggestion) -> bool:
    """Whether a reply is as near to the message as the best one, or as sure."""
    one, other = item.candidate, best.candidate
    return one.confidence >= other.confidence or one.scores.dense >= other.scores.dense - _AS_NEAR


def _figures(item: Suggestion) -> int:
    """How much a reply knows: the order's figures before the shop's, and those before none."""
    slots = item.candidate.reply.slots
    return 2 if any(slot.startswith("order.") for slot in slots) else 1 if slots else 0


class Asker:
    """Puts a talk's lines, and parts of them, to the desk's own path of a message."""

    def __init__(self, aids: Aids) -> None:
        self._aids = aids

    def suggest(self, talk: Talk, count: int, opens_at: str | None = None, text: str = "", before: str = "") -> Answer:
        """Suggestions for the last `count` lines; at night (`opens_at` not None) without greetings around them.

        `text` stands in place of the line, which is read in the same context, or right behind the words `before`.
        """
        shop = talk.shop if talk.shop.id else None
        bare = self.bare if opens_at is not None else str
        inquiry = inquiry_at(talk, count, opens_at or "", bare)
        inquiry = replace(inquiry, text=text or inquiry.text, previous_buyer=before or inquiry.previous_buyer)
        suggester = self._aids.suggester
        return (
            suggester.suggest(inquiry, shop, _CONSIDERED) if opens_at is not None else suggester.suggest(inquiry, shop)
        )

    def reading(self, talk: Talk, count: int, opens_at: str) -> Reading:
        """The last line read with the others of the last `count`; of the replies the one that may leave first."""
        answer = self._ready_first(talk, self.asked(talk, count), self.suggest(talk, count, opens_at))
        return Reading.of(clean_optional(talk.lines[-1].turn.text), answer, self._aids.signals)

    def part(self, talk: Talk, text: str, opens_at: str, before: str = "") -> Reading:
        """A part of a line read by itself, or right behind the words `before` it."""
        answer = self._ready_first(talk, text, self.suggest(talk, 1, opens_at, text, before))
        return Reading.of(text, answer, self._aids.signals)

    def parts(self, reading: Reading) -> list[str]:
        """The clauses of a line, without what links them to each other."""
        parts = (_LINK.sub("", part) for part in split_parts(self._aids.signals.bare(reading.text)))
        return [part for part in parts if len(part) > 1]

    def asked(self, talk: Talk, count: int) -> str:
        """The words of the last `count` lines that a reply must answer."""
        return inquiry_at(talk, count, bare=self.bare).text

    def bare(self, text: str) -> str:
        """A line without greetings around it and without what links it to the line before."""
        bare = self._aids.signals.bare(text)
        return _LINK.sub("", bare) or bare

    def refusal(self, talk: Talk, reading: Reading, asked: str) -> str:
        """Why the best reply may not leave: it is not safe, or it does not answer what was `asked`."""
        suggestions = reading.answer.suggestions
        if not suggestions:
            return refusal((), True, self._limits, in_talk=False)
        return self._kept_back(talk, suggestions[0], asked)

    def missing(self, talk: Talk, asked: str, item: Suggestion) -> tuple[str, ...]:
        """What was asked or named and the reply does not speak of; goods need not be repeated."""
        missing = unmet(asked, item.candidate.reply)
        rest = without_goods(asked, self._library) if missing else asked
        if rest == asked or any(self._names_business(talk, word) for word in missing if word not in rest):
            return missing
        return unmet(rest, item.candidate.reply)

    def _kept_back(self, talk: Talk, item: Suggestion, asked: str) -> str:
        """Why this reply may not leave, "" when it may."""
        allowed = may_answer(talk.shop.auto, item.candidate.reply.topic)
        unsafe = refusal((item,), allowed, self._limits, in_talk=any(line.answers for line in talk.lines))
        if unsafe:
            return unsafe
        if not self._case(talk, asked).fits(item):
            return "最接近的话术说的是另一种情况，买家没有提到"
        missing = self.missing(talk, asked, item)
        return f"话术没有说到“{'、'.join(missing)}”" if missing else ""

    def _ready_first(self, talk: Talk, asked: str, answer: Answer) -> Answer:
        """The answer with the best reply first that fits the buyer's case, or another to its topic in its place.

        Another one that may leave goes before it where it lacks a figure or does not speak of all that was asked. Who
        asks when or how much gets the figures of the order or the shop before a pointer to a page.
        """
        answer = self._case(talk, asked).first(answer)
        if not answer.suggestions:
            return answer
        best, *rest = answer.suggestions
        reply = best.candidate.reply
        same = [item for item in (best, *rest) if item.candidate.reply.topic == reply.topic]
        if not best.candidate.missing_slots:
            wanting = (reply.auto or counts(asked)) and bool(self.missing(talk, asked, best))
            if not wanting and (not counts(asked) or self._kept_back(talk, best, asked)):
                return answer
            same = [item for item in same if not wanting or _no_worse(item, best)]
        case = Case(aspects_of(self._library), asked)
        ready = [item for item in same if (item is best or case.fits(item)) and not self._kept_back(talk, item, asked)]
        if counts(asked):
            ready.sort(key=_figures, reverse=True)
        chosen = next(iter(ready), best)
        return replace(answer, suggestions=(chosen, *(item for item in answer.suggestions if item is not chosen)))

    def _names_business(self, talk: Talk, word: str) -> bool:
        """Whether a word by itself is read as a matter of business: what is asked is about it, not about goods."""
        read = self._aids.suggester.suggest(
            replace(inquiry_at(talk, 1), text=word, previous_buyer="", previous_agent="")
        )
        matters = (guess for guess in read.understanding.topics if is_business(guess.name))
        return sum(guess.confidence for guess in matters) >= _NAMES

    def speaks_well(self, talk: Talk, parts: list[Reading]) -> bool:
        """Whether the answers keep the rules as one message too."""
        text = "\n".join(part.answer.suggestions[0].candidate.text for part in parts)
        context = inquiry_at(talk, 1).context
        return self._aids.checker.check(text, talk.dialogue.platform, context, talk.shop).clean

    @property
    def _library(self) -> Library:
        return self._aids.suggester.parts.retriever.library

    @property
    def _limits(self) -> SuggestSettings:
        return self._aids.suggester.parts.limits

    def _case(self, talk: Talk, asked: str) -> Case:
        """The case of which these words and the lines right before them speak."""
        return Case(aspects_of(self._library), f"{inquiry_at(talk, 1).previous_buyer} {asked}")
