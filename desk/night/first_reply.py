"""The first reply: one buyer line after another, each decided, answered at most once, and written into the handover."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from contracts.answer import Route, Suggestion
from contracts.errors import InputError
from contracts.form_steps import FormStep, StepKind
from contracts.forms import FormStatus
from contracts.handover import Handover
from contracts.taxonomy import intent_of
from contracts.turn import Speaker, Turn
from desk.decide import Case, Loop, Move, NightDecision, decide_turn, unsaid
from desk.night.aids import Aids
from desk.night.asking import Asker
from desk.night.book import collect, entry
from desk.night.carrying import left_open, says_something, up_to
from desk.night.commitments import promised_before
from desk.night.listening import Listener
from desk.night.moment import Moment
from desk.night.noting import noted, taken_over
from desk.night.reading import SMALL_TALK, UPSET, Reading, inquiry_at
from desk.night.talk import Line, Period, Sent, Talk
from desk.night.texts import CALM, NOTICE, PERSON, Text, text_of, together
from desk.settings import NightSettings
from desk.shifts import Standing

_KIND = ("thanks", "goodbye")
_CLEARLY = 0.5
"""Probability of an intent at which a line is nothing else."""
_TOLD = "刚才已经回答过，买家又说了些情况"


@dataclass(frozen=True)
class Outcome:
    """What happens to one buyer line; `handover` is None while people are there."""

    route: Route
    reason: str
    sends: Text | None = None
    handover: Handover | None = None


class FirstReply:
    """Decides buyer lines in the order in which they come. Sends nothing: that is for whoever asks."""

    def __init__(self, aids: Aids) -> None:
        self._aids = aids
        self._asker = Asker(aids)
        self._listener = Listener(aids)

    @property
    def settings(self) -> NightSettings:
        """How lines are read while nobody is there."""
        return self._aids.settings

    def topic_of(self, reply: str) -> str:
        """The topic of a reply of the library. Raises InputError for an unknown one."""
        return self._aids.suggester.parts.retriever.library.get(reply).topic

    def shop_line(self, talk: Talk, turn: Turn, at: datetime) -> None:
        """A recorded line of the shop: it counts as sent."""
        standing = talk.calendar.at(at)
        talk.heard(turn, standing.at)
        if not standing.open:
            period = talk.period_since(standing.closed_at)
            noticed = period.noticed or self._aids.signals.worded("notice", turn.text)
            if turn.speaker is Speaker.AGENT:
                period = taken_over(period)
            talk.period = replace(period, sent=(*period.sent, Sent(standing.at, turn.text)), noticed=noticed)

    def buyer_line(
        self, talk: Talk, turn: Turn, at: datetime, *, more: bool = False, fault: str = "", barred: str = ""
    ) -> Outcome:
        """Who answers this line and with what. Raises InputError when it holds no text.

        `more` when the buyer's next line is there already. With a `fault` the line is not read: it gets what its
        wording alone asks for, and the fault goes into the handover. The text with the id `barred` was stopped on its
        way out: it is not chosen again.
        """
        standing = talk.calendar.at(at)
        lasting = "" if standing.open else self._lasting(talk, standing.at)
        if turn.message_id is not None and turn.message_id in talk.seen:
            return self._duplicate(talk, standing, lasting)
        talk.heard(turn, standing.at)
        if turn.message_id is not None:
            talk.seen.add(turn.message_id)
        if standing.open or lasting:
            return self._people(talk, turn, standing, lasting, fault)
        period = talk.period = self._behind(talk, standing, talk.period_since(standing.closed_at), fault)
        moment = self._listener.unread(talk, standing, fault) if fault else self._listener.read(talk, standing, period)
        form = moment.filling.step.state if moment.filling else None
        collect(talk.collected, moment.reading.text, moment.reading.entities, form)
        decision, sends, period = self._decide(talk, period, moment, more=more, barred=barred)
        if sends is not None:
            told = bool(moment.opens_at) and moment.opens_at in sends.text
            period = replace(_sent(period, sends, standing.at), noticed=period.noticed or told)
            said = Turn(Speaker.ROBOT, sends.text, standing.at)
            talk.lines.append(Line(said, standing.at, decision.move))
        talk.period = period
        return Outcome(decision.route, decision.reason, sends, self._entry(talk, period, standing))

    def _lasting(self, talk: Talk, now: datetime) -> str:
        quiet = timedelta(minutes=talk.shop.auto.quiet_minutes)
        silent = talk.last_agent(now)
        if silent is None or silent > quiet:
            return ""
        minutes = talk.shop.auto.quiet_minutes
        return f"客服的对话还在进行（{minutes:g}分钟内客服说过话），班次延长，由客服回复"

    def _duplicate(self, talk: Talk, standing: Standing, lasting: str) -> Outcome:
        decision = decide_turn(Case(open=standing.open, lasting=lasting, duplicate=True))
        if decision.route is Route.PANEL:
            return Outcome(decision.route, decision.reason)
        period = talk.period_since(standing.closed_at)
        return Outcome(decision.route, decision.reason, None, self._entry(talk, period, standing))

    def _behind(self, talk: Talk, standing: Standing, period: Period, fault: str) -> Period:
        """The period with what people left unanswered, as if it had been said now and nothing been sent."""
        for place in () if fault else left_open(talk):
            before = up_to(talk, place)
            try:
                moment = self._listener.read(before, standing, period)
            except InputError:  # a line without a word
                continue
            talk.lines[place] = before.lines[-1]
            reading, form = moment.reading, moment.filling
            if form is None and not says_something(reading):
                continue
            collect(talk.collected, reading.text, reading.entities, form.step.state if form else None)
            case = Case(form=form.reason if form else "", impaired=reading.impaired)
            decision = NightDecision(Route.HOLD, "")
            after = noted(period, moment, decision, case, self._aids.labels)
            period = replace(after, person_coming=period.person_coming, halted=period.halted)
        return period

    def _entry(self, talk: Talk, period: Period, standing: Standing) -> Handover:
        """The entry with what people promised before."""
        promised = promised_before(talk.lines, standing.at, standing.opens_at)
        return entry(period, talk.collected, promised, standing.opens_at, self._aids.labels)

    def _people(self, talk: Talk, turn: Turn, standing: Standing, lasting: str, fault: str) -> Outcome:
        if standing.open:
            talk.period = None
        if fault:
            decision = decide_turn(Case(open=standing.open, lasting=lasting, panel_reason=fault))
            return Outcome(decision.route, decision.reason)
        answer = self._asker.suggest(talk, talk.burst(float("inf")))
        if not standing.open:
            talk.period_since(standing.closed_at)
            collect(talk.collected, turn.text, answer.understanding.entities)
        decision = decide_turn(Case(open=standing.open, lasting=lasting, panel_reason=answer.reason))
        return Outcome(decision.route, decision.reason)

    def _decide(
        self, talk: Talk, period: Period, moment: Moment, *, more: bool, barred: str
    ) -> tuple[NightDecision, Text | None, Period]:
        case, texts = self._case(talk, period, moment)
        case = replace(case, more=more)
        decision = decide_turn(case)
        sends = texts.get(decision.move)
        if sends is not None and self._stopped(talk, sends, barred):
            decision = unsaid(decision, replace(case, noticed=period.noticed))
            sends = texts.get(decision.move)
            if sends is not None and self._stopped(talk, sends, barred):
                decision, sends = replace(decision, move=Move.NOTHING), None
        return decision, sends, noted(period, moment, decision, case, self._aids.labels)

    def _case(self, talk: Talk, period: Period, moment: Moment) -> tuple[Case, Mapping[Move, Text]]:
        """The facts of the decision, and the text of each move that is possible."""
        reading, filling = moment.reading, moment.filling
        fresh = tuple(item for item in moment.answers if not period.said(item.candidate.text))
        texts = self._texts(period, moment, fresh)
        form = filling if filling is not None and not (fresh and filling.gives_way) else None
        silent = Move.FORM not in texts or period.said(texts[Move.FORM].text)
        if form is not None and form.gives_way and silent and reading.asks and not period.noticed:
            form = None  # a question is owed an answer or the notice, and the form has nothing new to say
        best = moment.answers or (() if moment.aside else reading.answer.suggestions[:1])
        spoken_before = any(line.answers for line in talk.lines)
        alarm = reading.alarm
        again = reading.asks or talk.same_lines(reading.text, talk.lines[0].at) > 1
        said = bool(best) and all(period.said(item.candidate.text) for item in best)
        case = Case(
            loop=self._loop(talk, period, moment),
            mode=talk.shop.auto.mode,
            alarm=alarm.label if alarm else "",
            danger=alarm is not None and alarm.id == "injury" and reading.alarm_group not in period.calmed,
            calmed=reading.alarm_group in period.calmed
            or (reading.alarm_group == UPSET and bool(period.calmed & {"injury"})),
            wants_person=reading.has("person"),
            person_coming=period.person_coming,
            halted=period.halted,
            impaired=reading.impaired,
            form=form.reason if form else "",
            form_silent=silent,
            small_talk=SMALL_TALK.get(reading.small_talk, ""),
            kind_word=spoken_before and Move.SMALL_TALK in texts and not period.said(texts[Move.SMALL_TALK].text),
            refusal=_why(reading) or moment.refused or (_TOLD if said else ""),
            repeated=said and again,
            noticed=period.noticed or self._adds_nothing(period, moment),
        )
        return case, texts

    def _adds_nothing(self, period: Period, moment: Moment) -> bool:
        """Whether the line asks nothing, and a form runs or its burst was answered just now."""
        if (moment.reading.read_topic or moment.reading.asks) and not moment.reading.renumbers:
            return False
        since = moment.at - timedelta(seconds=self._aids.settings.burst_seconds)
        runs = period.form is not None and period.form.status is FormStatus.OPEN and bool(period.sent)
        return runs or period.sends_since(since) > 0

    def _texts(self, period: Period, moment: Moment, fresh: tuple[Suggestion, ...]) -> Mapping[Move, Text]:
        get, opens_at, returns_at = self._aids.texts.get, moment.opens_at, moment.standing.opens_at
        reading = moment.reading
        texts = {Move.NOTICE: get(NOTICE, opens_at, returns_at), Move.PERSON: get(PERSON, opens_at, returns_at)}
        if reading.alarm is not None:
            texts[Move.CALM] = get(CALM + reading.alarm.id, opens_at, returns_at)
        if moment.filling is not None and moment.filling.step.say:
            texts[Move.FORM] = get(_said_by_form(period, moment.filling.step), opens_at, returns_at)
        if fresh:
            texts[Move.ANSWER] = together(
                [text_of(item.candidate.reply, item.candidate.text, returns_at) for item in fresh]
            )
        if reading.answer.suggestions:
            best = reading.answer.suggestions[0].candidate
            kind = intent_of(best.reply.topic) in _KIND and best.reply.auto and best.sendable
            sure = best.confidence >= self._aids.suggester.parts.limits.send
            if kind and sure and reading.small_talk in _KIND:
                texts[Move.SMALL_TALK] = text_of(best.reply, best.text, returns_at)
        return texts

    def _loop(self, talk: Talk, period: Period, moment: Moment) -> Loop | None:
        settings = self._aids.settings
        since = moment.at - timedelta(seconds=settings.loop_seconds)
        text = moment.reading.text
        grave = moment.reading.has("person") or moment.reading.alarm is not None
        if moment.reading.has("robot"):
            return Loop.ROBOT
        if talk.echoes(text):
            return Loop.ECHO
        if period.robot_at is not None and period.robot_at >= since:
            return Loop.LATELY
        if talk.same_lines(text, since) >= settings.repeats:
            return Loop.REPEATED
        return Loop.MANY if not grave and period.sends_since(since) >= settings.most_sends else None

    def _stopped(self, talk: Talk, sends: Text, barred: str) -> bool:
        """Whether a text may not leave: it was stopped before, or the checker stops it."""
        context = inquiry_at(talk, 1).context
        verdict = self._aids.checker.check(sends.text, talk.dialogue.platform, context, talk.shop)
        return sends.reply_id == barred or verdict.blocked


def _why(reading: Reading) -> str:
    """Why a line wants no answer of the library whatever was found, "" when it may have one."""
    if reading.intent == "greet" and reading.probabilities.of_name("greet") >= _CLEARLY:
        return "买家打招呼，还没说事情"
    if reading.intent == "inform" and reading.probabilities.of_name("inform") >= _CLEARLY:
        return "买家只发来资料，已记下"
    if reading.renumbers:
        return "买家更正了单号，已记下"
    if reading.topic and not reading.business:
        return "没有读出要问的事"
    return ""


def _said_by_form(period: Period, step: FormStep) -> str:
    """What a form says; to who was told nothing yet, how it stands and not 补记上了."""
    if period.sent or period.noticed or step.kind not in (StepKind.NOTED, StepKind.CORRECTED):
        return step.say
    state = step.state
    if state.status is FormStatus.DONE:
        return f"form.{state.form.id}.done"
    left = state.open_slots()
    return f"form.{state.form.id}.{left[0].name}" if left else "form.handover"


def _sent(period: Period, sends: Text, at: datetime) -> Period:
    period = replace(period, sent=(*period.sent, Sent(at, sends.text)))
    for promise in sends.promises:
        period = period.promising(promise)
    return period
