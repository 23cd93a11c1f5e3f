"""Reading a buyer line in its conversation: alone, with its burst, question by question, and for a form."""

from __future__ import annotations

import re
from dataclasses import replace

from contracts.answer import Answer, Route, Suggestion, Timings
from contracts.form_people import with_recipient
from contracts.form_steps import FormStep, StepKind, asked_anew
from contracts.forms import FormState
from contracts.parts import SHORTEST
from contracts.policy import AutoMode
from contracts.text import clean_optional
from contracts.understanding import Understanding
from desk.night.aids import Aids
from desk.night.arrived import as_return
from desk.night.asides import is_aside
from desk.night.asking import Asker
from desk.night.carrying import before_line, up_to
from desk.night.commitments import asked_after, is_owed
from desk.night.context import in_context
from desk.night.filling import Filling, called_off, fill_form, fill_silently
from desk.night.hearing import Heard, hear
from desk.night.moment import Moment
from desk.night.questions import Questions
from desk.night.reading import Reading
from desk.night.recalling import recalled
from desk.night.stopping import besides, wishes
from desk.night.taking_back import TakenBack, taken_back, wishes_besides
from desk.night.talk import Period, Talk, known_values
from desk.shifts import Standing
from desk.when import spoken

_NUMBER_LABEL = re.compile(
    r"(?:我的|我这个?|这个?|那个?)?(?:订单|单)(?:编?号|号码)?(?:是|为)?[:： ]*(?= |$)|(?:订单|单)号(?:是|为)?"
)
_DETAILS = frozenset({"order_number", "parcel_number", "phone", "address", "person_name"})
_MARKS = " ,，。:：;；、"
_WHOLE = 5
"""Characters of a line that is a question by itself; after a calm word a shorter one goes on about what it was for."""
_ABOUT = 0.5
"""Probability of a topic at which a part of a line is a question of its own."""


class Listener:
    """Says what a line at night leads to."""

    def __init__(self, aids: Aids) -> None:
        self._aids = aids
        self._asker = Asker(aids)
        self._questions = Questions(self._asker)

    def read(self, talk: Talk, standing: Standing, period: Period) -> Moment:
        """The line alone; where that leads to nothing, with the lines of its burst, then its questions one by one."""
        opens_at = spoken(standing.opens_at, standing.at) if standing.opens_at else ""
        reading = self._named_apart(talk, self._asker.reading(talk, 1, opens_at), opens_at)
        reading = recalled(reading, period, talk.collected)
        reading = in_context(reading, talk, period, self._aids.signals)
        reading = as_return(reading, str(talk.dialogue.order.get("status") or ""))
        heard = hear(reading, period, self._aids.signals)
        reading = heard.reading
        if reading.small_talk or reading.intent == "greet":
            talk.mark_chat()
        filling = self._heard(talk, heard, period)
        dropped = called_off(period.form, reading) if filling is None else None
        back = taken_back(reading, period, self._aids.signals) if not _stops(filling) and not reading.impaired else None
        if back is not None:
            return self._taken_back(talk, reading, back, standing, opens_at, period, filling, dropped)
        rest = self._besides(talk, reading, filling, opens_at)
        if rest is not None and filling is not None:
            dropped = filling.step.state
            filling = self._filling(talk, rest, replace(period, form=dropped))
            filling = _in_its_place(filling, dropped) if filling else _stopped(dropped)
            return self._moment(talk, rest, standing, opens_at, period, filling, dropped, reading.text)
        return self._moment(talk, reading, standing, opens_at, period, filling, dropped)

    def _taken_back(
        self,
        talk: Talk,
        reading: Reading,
        back: TakenBack,
        standing: Standing,
        opens_at: str,
        period: Period,
        filling: Filling | None,
        dropped: FormState | None,
    ) -> Moment:
        """A line that takes a wish back: what it asks for besides, or nothing that the library could answer."""
        rest = self._asker.part(talk, back.rest, opens_at) if len(back.rest) >= SHORTEST else None
        if rest is not None and wishes_besides(rest, back):
            before = replace(period, wants=tuple(want for want in period.wants if want.topic not in back.topics))
            filling = self._filling(talk, rest, before)
            moment = self._moment(talk, rest, standing, opens_at, before, filling, None, reading.text)
            return replace(moment, taken_back=back.topics)
        filling = filling if filling is not None and period.form is not None and filling.step.took else None
        moment = self._moment(talk, reading, standing, opens_at, period, filling, dropped)
        return replace(moment, taken_back=back.topics, answers=(), left=(), refused="买家说先前的事不用了")

    def _moment(
        self,
        talk: Talk,
        reading: Reading,
        standing: Standing,
        opens_at: str,
        period: Period,
        filling: Filling | None,
        dropped: FormState | None,
        words: str = "",
    ) -> Moment:
        """What a reading leads to; `words` are the whole line where the reading is a part of it."""
        asked = self._asker.bare(reading.text) if words else self._asker.asked(talk, 1)
        refused = self._asker.refusal(talk, reading, asked) or self._questions.half(talk, reading, opens_at)
        answers = reading.answer.suggestions[:1]
        left: tuple[Reading, ...] = ()
        if refused and not (reading.alarm or reading.has("person") or reading.small_talk or reading.impaired):
            answers, left = self._further(talk, reading, opens_at) if not words else ((), ())
            refused = "" if answers else refused
        if not left and not words and not (refused and filling is None):
            given = () if refused or (filling is not None and not filling.gives_way) else answers
            left = self._questions.beside(talk, reading, given, filling, opens_at)
        if filling is not None:
            ours = filling.step.state.form.topics
            left = tuple(part for part in left if part.topic not in ours or part.asks)
        refused = refused or self._for_people(talk, period, asked, standing)
        return Moment(
            at=standing.at,
            standing=standing,
            opens_at=opens_at,
            reading=reading,
            refused=refused,
            aside=bool(refused) and self._aside(talk, reading, asked),
            answers=() if refused else answers,
            left=left,
            filling=filling,
            dropped=dropped,
            after=self._promised_matter(talk, asked, standing, opens_at),
            words=words,
        )

    def _promised_matter(self, talk: Talk, asked: str, standing: Standing, opens_at: str) -> Reading | None:
        """The buyer's line before a promise of people that this one asks after, None when it asks after none."""
        at = asked_after(asked, talk.lines, standing.at)
        if at is None:
            return None
        for place in before_line(talk, at):
            reading = self._asker.reading(up_to(talk, place), 1, opens_at)
            if reading.read_topic and reading.intent != "inform" and not reading.small_talk:
                return reading
        return None

    def _for_people(self, talk: Talk, period: Period, asked: str, standing: Standing) -> str:
        """Why only people can answer what was asked in this conversation, "" where the library may."""
        if period.calmed and len(asked) < _WHOLE:
            return "买家刚才很不满意，只说了半句，留给客服"
        if is_aside(talk.lines[-1].turn.text):
            return is_aside(talk.lines[-1].turn.text)
        return "客服答应过这件事，进展要客服来说" if is_owed(asked, talk.lines, standing.at) else ""

    def _named_apart(self, talk: Talk, reading: Reading, opens_at: str) -> Reading:
        """A line that was read as nothing but details, read again without them where it says more."""
        sure = reading.probabilities.of_name(reading.topic) >= _ABOUT and reading.intent != "inform"
        if sure or reading.impaired:
            return reading
        rest = reading.text
        for entity in sorted(with_recipient(rest, reading.entities), key=lambda entity: -entity.start):
            if entity.name in _DETAILS:
                rest = f"{rest[: entity.start]} {rest[entity.end :]}"
        rest = clean_optional(_NUMBER_LABEL.sub(" ", rest)).strip(_MARKS)
        if len(rest) < SHORTEST or rest == reading.text:
            return reading
        apart = self._asker.part(talk, rest, opens_at)
        if not apart.business or apart.probabilities.of_name(apart.topic) < _ABOUT or apart.impaired:
            return reading
        understood = replace(apart.answer.understanding, entities=reading.entities)
        signals = {signal.id: signal for signal in (*reading.signals, *apart.signals)}
        return Reading(reading.text, replace(apart.answer, understanding=understood), tuple(signals.values()))

    def _besides(self, talk: Talk, reading: Reading, filling: Filling | None, opens_at: str) -> Reading | None:
        """What a line that calls a form off asks for besides, None when it only calls it off."""
        if filling is None or not _stops(filling) or reading.alarm or reading.has("person"):
            return None
        for text in besides(reading.text, self._aids.signals):
            rest = self._asker.part(talk, text, opens_at).composed()
            if wishes(rest, filling.step.state.form):
                return rest
        return None

    def unread(self, talk: Talk, standing: Standing, fault: str) -> Moment:
        """The line by its wording alone, because of a `fault`."""
        opens_at = spoken(standing.opens_at, standing.at) if standing.opens_at else ""
        nothing = Understanding((), ())
        answer = Answer(nothing, Route.HOLD, fault, (), (), Timings(), (fault,))
        reading = Reading.of(clean_optional(talk.lines[-1].turn.text), answer, self._aids.signals)
        return Moment(standing.at, standing, opens_at, reading, refused=fault)

    def _further(
        self, talk: Talk, reading: Reading, opens_at: str
    ) -> tuple[tuple[Suggestion, ...], tuple[Reading, ...]]:
        burst = talk.burst(self._aids.settings.burst_seconds)
        if burst > 1:
            wider = self._asker.reading(talk, burst, opens_at)
            if not self._asker.refusal(talk, wider, self._asker.asked(talk, burst)):
                return wider.answer.suggestions[:1], ()
        return self._questions.one_by_one(talk, reading, opens_at)

    def _heard(self, talk: Talk, heard: Heard, period: Period) -> Filling | None:
        """What forms make of the line without the words that they are not to hear."""
        reading, state = heard.reading, heard.state
        quiet = talk.shop.auto.mode is not AutoMode.ANSWERS or bool(reading.impaired) or reading.alarm is not None
        if state is None or quiet or reading.has("person") or heard.words == reading.text:
            return self._filling(talk, heard.for_form, period)
        instead = self._filling(talk, heard.for_form, period) if heard.emptied and not heard.remark else None
        if instead is not None and all(value != heard.emptied for _, value in instead.step.state.values):
            return instead
        for kind in [kind for kind, value in talk.collected.items() if value == heard.emptied]:
            del talk.collected[kind]
        filling = None if heard.remark else self._filling(talk, heard.for_form, replace(period, form=state))
        if filling is not None:
            return filling
        if heard.emptied:
            return Filling(asked_anew(state))
        own = not reading.asks and (heard.remark or not reading.business or reading.topic in state.form.topics)
        return Filling(FormStep(state, StepKind.NOTED)) if own else None

    def _filling(self, talk: Talk, reading: Reading, period: Period) -> Filling | None:
        if talk.shop.auto.mode is not AutoMode.ANSWERS or reading.impaired:
            return None
        known = known_values(talk)
        if period.person_coming or period.halted or reading.alarm or reading.has("person"):
            filling = fill_silently(reading, period.form, known)
        else:
            filling = fill_form(
                reading,
                period.form,
                known,
                last=period.matter,
                laid=period.laid,
                said=tuple(want.words for want in period.wants),
                order_status=str(talk.dialogue.order.get("status") or ""),
            )
        topics = filling.step.state.form.topics if filling else ()
        if filling is None or not any(talk.shop.auto.allows(topic) for topic in topics):
            return None
        return None if filling.fresh and is_owed(reading.text, talk.lines, talk.lines[-1].at) else filling

    def _aside(self, talk: Talk, reading: Reading, asked: str) -> bool:
        suggestions = reading.answer.suggestions
        return bool(suggestions and self._asker.missing(talk, asked, suggestions[0]))


def _stops(filling: Filling | None) -> bool:
    return filling is not None and filling.step.kind is StepKind.STOPPED


def _in_its_place(filling: Filling, dropped: FormState) -> Filling:
    """A form of the same kind that is complete at once is the one before, corrected: 算了，换个大一码的."""
    step = filling.step
    if step.kind is not StepKind.DONE or step.state.form is not dropped.form:
        return filling
    return Filling(replace(step, kind=StepKind.CORRECTED, say="form.corrected"))


def _stopped(state: FormState) -> Filling:
    """The form is called off and what the buyer said besides is for people, unless the library answers it."""
    return Filling(FormStep(state, StepKind.STOPPED, "form.stopped.more"), fresh=True)
