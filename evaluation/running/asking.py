"""A labelled dialogue put to the desk: each of its labelled turns becomes a case."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from contracts.answer import Answer, Suggestion
from contracts.clause import Severity
from contracts.context import CONTEXT_KEYS, Context
from contracts.conversation import Conversation, Message
from contracts.dialogue import Dialogue
from contracts.errors import InputError, ServiceDown
from contracts.shop import Shop
from contracts.turn import Speaker
from desk.assembly import Desk
from desk.decide import refusal
from desk.dialogues import build_context, inquiry_of
from desk.facts import LINES, facts_of
from desk.night.asking import may_answer
from desk.replay import shop_of
from desk.shifts import Calendar
from desk.wire import answer_json
from evaluation.cases import Asked, Case, Found, Said, Shown, Where
from evaluation.dialogues import LabelledDialogue
from evaluation.questions import Question, questions_of

READ = 3
"""Intents of a message that are kept."""

_OUT_OF_SCOPE = "out_of_scope"


class Asker:
    """Puts dialogues to a desk, by the path that every message takes."""

    def __init__(self, desk: Desk, *, with_rasa: bool, suggestions: int = 3) -> None:
        """`with_rasa`: a message that was read without the intent model is no result."""
        self._desk = desk
        self._with_rasa = with_rasa
        self._suggestions = suggestions
        catalogue = desk.checker.catalogue
        self._blocking = {item.id for item in catalogue.all_clauses() if item.severity is Severity.BLOCK}
        self._hints = {item.id for item in catalogue.all_clauses() if item.hint}

    def cases(self, labelled: LabelledDialogue) -> Iterator[Case]:
        """The cases of a dialogue, messages first. Raises ServiceDown when the intent model stops answering."""
        place = Place.of(self._desk, labelled)
        for question in questions_of(labelled):
            yield self._asked(place, question)
        for turn, labels in enumerate(labelled.labels):
            if labels.violates is not None and labelled.dialogue.turns[turn].speaker is not Speaker.SYSTEM:
                yield self._said(place, turn, tuple(sorted(labels.violates)))

    def _asked(self, place: Place, question: Question) -> Asked:
        answer = self._desk.suggester.suggest(question.inquiry, self._desk.shop_of(question.inquiry), self._suggestions)
        if self._with_rasa and answer.understanding.degraded:
            raise ServiceDown(answer.understanding.note)
        intents = answer.understanding.intents
        return Asked(
            id=question.id,
            where=place.where(question.at),
            text=question.inquiry.text,
            before=question.inquiry.previous_agent or question.inquiry.previous_buyer,
            intents=question.intents,
            topics=question.topics,
            clear=question.clarity.value if question.clarity else "",
            read=tuple((guess.name, round(guess.confidence, 4)) for guess in intents[:READ]),
            out_of_scope=round(sum(guess.confidence for guess in intents if guess.name == _OUT_OF_SCOPE), 6),
            shown=tuple(
                Shown(item.candidate.reply.id, item.candidate.reply.topic, item.candidate.text, _rounded(item))
                for item in answer.suggestions
            ),
            blocked=tuple(item.reply_id for item in answer.blocked),
            automatic=self._automatic(answer, place.shop, in_talk=bool(question.inquiry.previous_agent)),
            timings=answer_json(answer)["timings_ms"],
        )

    def _automatic(self, answer: Answer, shop: Shop, *, in_talk: bool) -> bool:
        """Whether nothing but confidence could keep the first suggestion from being sent at night.

        Within a talk (`in_talk`) it must have what is needed there.
        """
        topic = answer.suggestions[0].candidate.reply.topic if answer.suggestions else ""
        limits = self._desk.settings.suggest.model_copy(update={"send": 0.0})
        return not refusal(answer.suggestions, may_answer(shop.auto, topic), limits, in_talk=in_talk)

    def _said(self, place: Place, turn: int, violates: tuple[str, ...]) -> Said:
        dialogue = place.labelled.dialogue
        text = dialogue.turns[turn].text
        shop = place.shop if place.shop.id else None
        verdict = self._desk.checker.check(text, dialogue.platform, place.context_of(turn), shop)
        return Said(
            id=f"{dialogue.id}#{turn}",
            where=place.where(dialogue.turns[turn].at),
            text=text,
            violates=violates,
            blocking=tuple(clause for clause in violates if clause in self._blocking),
            found=tuple(
                Found(item.clause, item.severity is Severity.BLOCK, item.clause in self._hints)
                for item in verdict.findings
            ),
        )


def _rounded(item: Suggestion) -> float:
    return round(item.candidate.confidence, 6)


@dataclass(frozen=True)
class Place:
    """A dialogue with its shop, whose hours are the dialogue's where it has some."""

    labelled: LabelledDialogue
    shop: Shop
    calendar: Calendar

    @classmethod
    def of(cls, desk: Desk, labelled: LabelledDialogue) -> Place:
        shop = shop_of(desk.shops, labelled.dialogue)
        return cls(labelled, shop, Calendar.of(shop))

    def where(self, at: datetime | None) -> Where:
        dialogue = self.labelled.dialogue
        there = self.calendar.at(at).open if at is not None else None
        return Where(dialogue.id, dialogue.platform.value, self.labelled.stratum, there)

    def context_of(self, turn: int) -> Context:
        """The state in which the turn would leave: as the desk finds it, where the lines have their times."""
        dialogue = self.labelled.dialogue
        before = replace(dialogue, turns=dialogue.turns[:turn])
        at = dialogue.turns[turn].at
        try:
            if at is None or any(line.at is None for line in before.turns):
                context = inquiry_of(before).context
                return replace(context, buyer=replace(context.buyer, text=inquiry_of(before).text))
            moment = self.calendar.local(at)
            lines = _messages(before, self.calendar)
            conversation = Conversation(dialogue.id, self.shop.id, "file", "", "", moment, moment)
            return facts_of(conversation, lines[-LINES:], self.shop, _Recorded(before), moment).inquiry.context
        except InputError:  # the buyer has not written yet
            return build_context(dialogue.order, dialogue.context)[0]


def _messages(dialogue: Dialogue, calendar: Calendar) -> tuple[Message, ...]:
    return tuple(
        Message(
            turn.message_id or f"line-{number}", dialogue.id, number, turn.speaker, turn.text, calendar.local(turn.at)
        )
        for number, turn in enumerate(dialogue.turns, start=1)
        if turn.at is not None and turn.speaker is not Speaker.SYSTEM
    )


@dataclass(frozen=True)
class _Recorded:
    """The order that a dialogue names, as a source of orders."""

    dialogue: Dialogue

    def latest(self, shop: str, buyer: str) -> Mapping[str, Any]:  # noqa: ARG002 - the Protocol's signature
        order = {name: value for name, value in self.dialogue.order.items() if name not in CONTEXT_KEYS}
        return {**order, **self.dialogue.context}
