"""Asking the desk about words of a talk, and whether its best reply answers them."""

from __future__ import annotations

import re
from dataclasses import replace

from contracts.answer import Answer
from contracts.parts import split_parts
from contracts.policy import AutoPolicy
from contracts.taxonomy import intent_of
from contracts.text import clean_optional
from desk.decide import refusal
from desk.night.aids import Aids
from desk.night.aspects import Case, aspects_of
from desk.night.reading import SMALL_TALK, Reading, inquiry_at
from desk.night.talk import Talk
from desk.night.wording import unmet

_NEVER = frozenset({"complaint", "off_platform", "human", "inform", "affirm", "deny", "out_of_scope", "greet"})
"""Intents that the library does not answer by itself at night, whatever the shop's policy."""
_LINK = re.compile(
    r"^(?:还有(?=[，,、\s]|就是|问|个问)|另外|顺便|然后|以及|再问|还想问|对了|那(?![个款种边里样些家天次])|哦|并且|而且|同时)+"
    r"(?:一下|问下|下)?[，, 、]*"
)


def may_answer(policy: AutoPolicy, topic: str) -> bool:
    """Whether the library answers a question about this topic by itself in a shop with this policy."""
    return policy.allows(topic) and intent_of(topic) not in _NEVER | frozenset(SMALL_TALK)


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
        return self._aids.suggester.suggest(inquiry, shop)

    def reading(self, talk: Talk, count: int, opens_at: str) -> Reading:
        """The last line read with the others of the last `count`; of the replies the one for the buyer's case first."""
        answer = self._case(talk, self.asked(talk, count)).first(self.suggest(talk, count, opens_at))
        return Reading.of(clean_optional(talk.lines[-1].turn.text), answer, self._aids.signals)

    def part(self, talk: Talk, text: str, opens_at: str, before: str = "") -> Reading:
        """A part of a line read by itself, or right behind the words `before` it."""
        answer = self._case(talk, text).first(self.suggest(talk, 1, opens_at, text, before))
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
        topic = suggestions[0].candidate.reply.topic if suggestions else ""
        unsafe = refusal(suggestions, may_answer(talk.shop.auto, topic), self._aids.suggester.parts.limits)
        if unsafe:
            return unsafe
        if not self._case(talk, asked).fits(suggestions[0]):
            return "最接近的话术说的是另一种情况，买家没有提到"
        missing = unmet(asked, suggestions[0].candidate.reply)
        return f"话术没有说到“{'、'.join(missing)}”" if missing else ""

    def speaks_well(self, talk: Talk, parts: list[Reading]) -> bool:
        """Whether the answers keep the rules as one message too."""
        text = "\n".join(part.answer.suggestions[0].candidate.text for part in parts)
        context = inquiry_at(talk, 1).context
        return self._aids.checker.check(text, talk.dialogue.platform, context, talk.shop).clean

    def _case(self, talk: Talk, asked: str) -> Case:
        """The case of which these words and the lines right before them speak."""
        library = self._aids.suggester.parts.retriever.library
        return Case(aspects_of(library), f"{inquiry_at(talk, 1).previous_buyer} {asked}")
