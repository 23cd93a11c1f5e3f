"""Reading a buyer line in its conversation: alone, with its burst, question by question, and for a form."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from contracts.answer import Answer, Route, Suggestion, Timings
from contracts.form_people import with_recipient
from contracts.form_steps import FormStep, StepKind
from contracts.forms import FormState
from contracts.parts import SHORTEST
from contracts.policy import AutoMode
from contracts.taxonomy import intent_of
from contracts.text import clean_optional
from contracts.understanding import Understanding
from desk.night.aids import Aids
from desk.night.asking import Asker
from desk.night.context import in_context
from desk.night.filling import Filling, called_off, fill_form, fill_silently, leaves_open
from desk.night.moment import Moment
from desk.night.reading import Reading
from desk.night.recalling import recalled
from desk.night.stopping import besides, wishes
from desk.night.taking_back import TakenBack, taken_back, wishes_besides
from desk.night.talk import Period, Talk, known_values
from desk.night.wording import asks
from desk.shifts import Standing
from desk.when import spoken

_NUMBER_LABEL = re.compile(
    r"(?:我的|我这个?|这个?|那个?)?(?:订单|单)(?:编?号|号码)?(?:是|为)?[:： ]*(?= |$)|(?:订单|单)号(?:是|为)?"
)
_DETAILS = frozenset({"order_number", "parcel_number", "phone", "address", "person_name"})
_MARKS = " ,，。:：;；、"
_WHOLE = 5
"""Characters of a line that is a question by itself; after a calm word a shorter one goes on about what it was for."""
_OFFER = re.compile(
    r"(?:那|就|给|算)*\d+(?:\.\d+)?(?:块钱?|元|rmb)?(?:一?[个件份套条双])?(?:能?卖|出|走|成|行|可以|拿|买|给|要|包邮)"
)
_QUESTION = 4
"""Characters of a part of a line that may be a question about another matter."""
_ABOUT = 0.5
"""Probability of a topic at which a part of a line is a question of its own."""
_ECHO = 0.25
"""Probability that its topic must have in the whole line."""
_SURER = 0.9
"""Confidence that the answer to a part needs: a part stands out of its context."""
_COVERED = 0.6
"""Probability that the topics of all its parts must have in the whole line together."""


class Listener:
    """Says what a line at night leads to."""

    def __init__(self, aids: Aids) -> None:
        self._aids = aids
        self._asker = Asker(aids)

    def read(self, talk: Talk, standing: Standing, period: Period) -> Moment:
        """The line alone; where that leads to nothing, with the lines of its burst, then its questions one by one."""
        opens_at = spoken(standing.opens_at, standing.at) if standing.opens_at else ""
        reading = self._named_apart(talk, self._asker.reading(talk, 1, opens_at), opens_at)
        reading = recalled(reading, period, talk.collected)
        reading = in_context(reading, talk, period, self._aids.signals)
        if reading.small_talk or reading.intent == "greet":
            talk.mark_chat()
        filling = self._filling(talk, reading, period)
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
        refused = self._asker.refusal(talk, reading, asked) or self._half(talk, reading, opens_at)
        answers = reading.answer.suggestions[:1]
        left: tuple[Reading, ...] = ()
        if refused and not (reading.alarm or reading.has("person") or reading.small_talk or reading.impaired):
            answers, left = self._further(talk, reading, opens_at) if not words else ((), ())
            refused = "" if answers else refused
        if not left and not words and not (refused and filling is None):
            given = () if refused or (filling is not None and not filling.gives_way) else answers
            left = self._beside(talk, reading, given, filling, opens_at)
        if filling is not None:
            ours = filling.step.state.form.topics
            left = tuple(part for part in left if part.topic not in ours or part.asks)
        if not refused and period.calmed and len(asked) < _WHOLE:
            refused = "买家刚才很不满意，只说了半句，留给客服"
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
            words=words,
        )

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
            rest = self._asker.part(talk, text, opens_at)
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
        return self._by_question(talk, reading, opens_at)

    def _by_question(
        self, talk: Talk, reading: Reading, opens_at: str
    ) -> tuple[tuple[Suggestion, ...], tuple[Reading, ...]]:
        """The safe answers to the questions that the line strings together, and the questions that are left.

        A part counts where the line as a whole was read as being about its topic too; the parts must cover what the
        line was read as, and what it is mainly about must have an answer. One question among other words is none of
        these: the words around it change its meaning.
        """
        read = [self._asker.part(talk, part, opens_at) for part in self._asker.parts(reading)]
        asked = [part for part in read if self._asks(part, reading)]
        topics = {part.topic for part in asked}
        covered = reading.topic in topics and reading.probabilities.total(topics) >= _COVERED
        reported = reading.has("hearsay")  # the question behind it is whether what others say is true
        if len(topics) < 2 or not covered or reported or any(part.alarm or part.has("person") for part in read):
            return (), ()
        safe = [part for part in asked if not self._asker.refusal(talk, part, part.text) and part.surest >= _SURER]
        if all(part.topic != reading.topic for part in safe):
            return (), ()
        if len(safe) > 1 and not self._asker.speaks_well(talk, safe):
            safe = safe[:1]
        best = {part.answer.suggestions[0].candidate.reply.id: part.answer.suggestions[0] for part in safe}
        settled = {intent_of(item.candidate.reply.topic) for item in best.values()}
        rest = [part for part in asked if part not in safe]
        same = [part for part in rest if intent_of(part.topic) in settled]
        other = [part for part in rest if part not in same]
        return tuple(best.values()), (*same, *self._unsettled(talk, reading, other, settled, opens_at))

    def _beside(
        self, talk: Talk, reading: Reading, answers: tuple[Suggestion, ...], filling: Filling | None, opens_at: str
    ) -> tuple[Reading, ...]:
        """The questions of a line that are about another matter than its answer and its form."""
        parts = self._asker.parts(reading)
        if len(parts) < 2 or reading.alarm or reading.has("person") or reading.small_talk or reading.impaired:
            return ()
        settled = {intent_of(item.candidate.reply.topic) for item in answers}
        settled |= {intent_of(topic) for topic in filling.step.state.form.topics} if filling else set()
        read = [self._asker.part(talk, part, opens_at) for part in parts if len(part) >= _QUESTION and asks(part)]
        other = [part for part in read if part.business and part.probabilities.of_name(part.topic) >= _ABOUT]
        state = filling.step.state if filling is not None and not answers else None
        apart = self._unsettled(talk, reading, other, settled, opens_at)
        ours = [part for part in read if part not in apart and state is not None and leaves_open(state, part)]
        return (*ours, *apart)

    def _unsettled(
        self, talk: Talk, whole: Reading, asked: Sequence[Reading], settled: set[str], opens_at: str
    ) -> tuple[Reading, ...]:
        """Those of some questions that are about another intent, in the light of the words before them too."""
        left = []
        for part in asked:
            if "discount" in settled and _OFFER.match(part.text):
                continue  # a price offered in bargaining is no question of its own
            before = whole.text.partition(part.text)[0]
            read = [part, *([self._asker.part(talk, part.text, opens_at, before)] if before else [])]
            if all(intent_of(one.topic) not in settled for one in read):
                left.append(part)
        return tuple(left)

    def _asks(self, part: Reading, whole: Reading) -> bool:
        sure = part.probabilities.of_name(part.topic) >= _ABOUT
        return part.business and sure and whole.probabilities.of_name(part.topic) >= _ECHO

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
        return filling if any(talk.shop.auto.allows(topic) for topic in topics) else None

    def _half(self, talk: Talk, reading: Reading, opens_at: str) -> str:
        """Why the best reply answers no more than one of the questions that the line strings together, "" for none."""
        topic = reading.answer.suggestions[0].candidate.reply.topic
        asked = [part for part in self._asker.parts(reading) if asks(part)]
        if len(asked) < 2:
            return ""
        read = [self._asker.part(talk, part, opens_at) for part in asked]
        other = [part for part in read if part.topic != topic and part.business]
        if all(part.probabilities.of_name(part.topic) < _ABOUT for part in other):
            return ""
        return "一句话里有几个问题，这条话术只答得上一个"

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
