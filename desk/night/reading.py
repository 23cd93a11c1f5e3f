"""Reading a buyer line of a conversation: the message to ask about, and what was understood."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property

from contracts.answer import Answer
from contracts.form_meant import named_orders
from contracts.form_orders import only_renumbers
from contracts.form_questions import offers_choice
from contracts.taxonomy import CHAT, intent_of
from contracts.text import clean, clean_optional
from contracts.turn import Inquiry, Speaker
from contracts.understanding import Entity
from desk.dialogues import build_context, parse_order
from desk.night.signals import Probabilities, Signal, Signals
from desk.night.talk import Line, Talk
from desk.night.wording import asks, asks_consent

SMALL_TALK = {"thanks": "道谢", "goodbye": "告别", "affirm": "应了一声", "deny": "说不用了"}
_SMALL_TALK_SHARE = 0.6
_CHECKS = re.compile(
    r"(?:懂|明白|清楚|晓得|知道|[看听]见|[看收听]到|要得|[好行中对成])了?(?:不|没有?)[嘛啊呀哦哈撒噻]?\W*$"
    r"|(?:懂|明白|清楚|晓得|[看听]见|[看收听]到)了?[吗么]\W*$"
)
"""The end of a line that makes sure that it was understood: no assent, however short it is."""

LIKELY = 0.5
"""Probability of a topic at which a line is about it."""

NAMED = 0.3
"""Probability below which a topic is not named to people: it would mislead."""

ALARMS = ("injury", "threat", "privacy", "outside", "dispute", "abuse", "complaint")
"""Signals that a person must see soon, each with its calm word."""

UPSET = "upset"
"""The group of alarms that one calm word is for."""

_GROUPS = dict.fromkeys(("threat", "dispute", "abuse", "complaint"), UPSET)


def inquiry_at(talk: Talk, count: int, opens_at: str = "", bare: Callable[[str], str] = str) -> Inquiry:
    """The last `count` buyer lines as one message, with the lines before it; notices are passed over.

    `bare` is applied to each line; greetings among several lines are left out. Raises InputError when nothing is left.
    """
    lines = [line for line in talk.lines if line.turn.speaker is Speaker.BUYER or line.answers]
    own, rest = lines[len(lines) - count :], lines[: len(lines) - count]
    before, rest = _tail(rest, buyer=True)
    said, rest = _tail(rest, buyer=False)
    if not before:
        before, _ = _tail(rest, buyer=True)
    dialogue = talk.dialogue
    context, _ = build_context(dialogue.order, dialogue.context)
    order, _ = parse_order(dialogue.order)
    return Inquiry(
        text=clean(" ".join(bare(line.turn.text) for line in [line for line in own if not line.chat] or own[-1:])),
        platform=dialogue.platform,
        shop=dialogue.shop,
        previous_buyer=_joined(before),
        previous_agent=_joined(said),
        context=replace(context, now=context.now or own[-1].at),
        order=order,
        opens_at=opens_at,
    )


def _tail(lines: list[Line], *, buyer: bool) -> tuple[list[Line], list[Line]]:
    cut = len(lines)
    while cut and (lines[cut - 1].turn.speaker is Speaker.BUYER) == buyer:
        cut -= 1
    return lines[cut:], lines[:cut]


def _joined(lines: list[Line]) -> str:
    return clean_optional(" ".join(line.turn.text for line in lines))


@dataclass(frozen=True)
class Reading:
    """One line with its answer from the desk and its signals.

    `replies` when it answers what the shop asked last, `story` when it goes on telling what others did;
    `asked` is what the shop asked for last.
    """

    text: str
    answer: Answer
    signals: tuple[Signal, ...]
    replies: bool = False
    story: bool = False
    asked: str = ""

    @classmethod
    def of(cls, text: str, answer: Answer, signals: Signals) -> Reading:
        """The reading of a text; what it only speaks of is not what it is about."""
        found = signals.found(text, answer.understanding)
        if (offers_choice(text) or asks_consent(text)) and all(signal.id != "question" for signal in found):
            found = (*found, signals.named("question"))
        understood = answer.understanding.without(signals.spoken_of(text, answer.understanding))
        return cls(text, replace(answer, understanding=understood), found)

    @cached_property
    def probabilities(self) -> Probabilities:
        return Probabilities.of(self.answer.understanding)

    @property
    def topic(self) -> str:
        """The most probable topic, "" when nothing was read."""
        topics = self.answer.understanding.topics
        return topics[0].name if topics else ""

    @property
    def intent(self) -> str:
        intents = self.answer.understanding.intents
        return intents[0].name if intents else ""

    @property
    def entities(self) -> tuple[Entity, ...]:
        return self.answer.understanding.entities

    @property
    def impaired(self) -> str:
        """Which part was down, "" when all worked; what it said of it is for whoever runs it."""
        return "；".join(note.partition("：")[0] for note in self.answer.notes)

    @property
    def surest(self) -> float:
        """The confidence of the best suggestion, 0 without one."""
        return self.answer.suggestions[0].candidate.confidence if self.answer.suggestions else 0.0

    @property
    def alarm(self) -> Signal | None:
        return next((signal for signal in self.signals if signal.id in ALARMS), None)

    @property
    def alarm_group(self) -> str:
        """Alarms of one group need one calm word between them."""
        return _GROUPS.get(self.alarm.id, self.alarm.id) if self.alarm else ""

    def composed(self) -> Reading:
        """The reading without the alarms of UPSET: of a part of a line that as a whole raises none."""
        return replace(self, signals=tuple(signal for signal in self.signals if _GROUPS.get(signal.id) != UPSET))

    @property
    def small_talk(self) -> str:
        """What kind of small talk the whole line is, "" when it is more."""
        shares = {name: self.probabilities.of_name(name) for name in SMALL_TALK}
        if sum(shares.values()) < _SMALL_TALK_SHARE or _CHECKS.search(self.text):
            return ""
        return max(shares, key=lambda name: shares[name])

    @property
    def business(self) -> bool:
        """Whether the line is about something that a reply could settle."""
        return bool(self.topic) and intent_of(self.topic) not in CHAT

    @property
    def read_topic(self) -> str:
        """The topic when it is about something and sure enough to be named to a person, else ""."""
        sure = self.probabilities.of_name(self.topic) >= NAMED
        return self.topic if sure and self.business else ""

    @property
    def renumbers(self) -> bool:
        """Whether the line only corrects the number of an order or a parcel: that is no matter of its own."""
        numbers = named_orders(self.text, self.entities)
        parcels = [entity.value for entity in self.entities if entity.name == "parcel_number"]
        return only_renumbers(self.text, [*numbers, *parcels])

    @property
    def asks(self) -> bool:
        """Whether the line is a question by its form, however little of it was understood."""
        said = sum(character.isalnum() for character in self.text) > 1 and self.intent != "greet"
        return said and (self.has("question") or asks(self.text))

    def has(self, name: str) -> bool:
        return any(signal.id == name for signal in self.signals)
