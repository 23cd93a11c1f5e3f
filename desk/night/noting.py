"""What a decided line means for the morning: wishes, questions left open, urgency, the form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from contracts.forms import FormStatus
from desk.decide import Case, Move, NightDecision
from desk.night.book import short
from desk.night.moment import Moment
from desk.night.reading import NAMED
from desk.night.talk import Period, Want
from desk.night.wording import is_promise, wants_more

_GREETED = "greet/hello"
_UNREAD = "out_of_scope/other"
_GRAVE = "injury"
"""The alarm after which nothing more is said in the closed period."""


def noted(period: Period, moment: Moment, decision: NightDecision, case: Case, labels: Mapping[str, str]) -> Period:
    """The period with what this line means for the morning."""
    reading = moment.reading
    if case.loop:
        looks = reading.has("robot") or "自动消息" in case.loop
        return replace(period, robot_at=moment.at) if looks else period
    if decision.move is Move.NOTICE:
        period = replace(period, noticed=True)
    period = _urgent_noted(period, moment, decision)
    if moment.filling is not None and not (period.person_coming or period.halted or case.alarm):
        state = moment.filling.step.state
        if decision.move in (Move.ANSWER, Move.NOTICE):  # the form's question was not put
            state = replace(state, asked=None)
        period = replace(period, form=state)
    return _wanted(period, moment, decision, case, labels)


def _urgent_noted(period: Period, moment: Moment, decision: NightDecision) -> Period:
    reading = moment.reading
    if reading.alarm is not None:
        about = reading.alarm.id
        period = replace(period, urgent=True, halted=period.halted or about == _GRAVE)
        period = period.asking(about, _listed(period, about, f"{reading.alarm.label}，请优先联系：", reading.text))
    if reading.has("person"):
        period = replace(period, urgent=True).asking("person", "买家要人工客服，上班后先联系")
        if decision.move is Move.PERSON or not reading.alarm:
            period = replace(period, person_coming=True)
    if decision.move is Move.CALM:
        period = replace(period, calmed=period.calmed | {reading.alarm_group}, noticed=True)
    if decision.move is Move.PERSON:
        period = replace(period, noticed=True)
    return period


def _wanted(period: Period, moment: Moment, decision: NightDecision, case: Case, labels: Mapping[str, str]) -> Period:
    reading = moment.reading
    words = reading.text
    if reading.alarm is not None or reading.has("person"):
        topic = reading.alarm.label if reading.alarm else "human/request"
        return _wanting(period, Want(topic, words, urgent=True))
    if case.impaired:
        period = period.asking("unread", _listed(period, "unread", f"当时{case.impaired}，没有读懂，请看原话：", words))
        return _wanting(period, Want("买家留言", words))
    form = period.form
    if moment.filling is not None and form is not None:
        if form.status is FormStatus.STOPPED:
            period = replace(period, wants=tuple(w for w in period.wants if w.topic not in form.form.topics))
            return _wanting(period, Want(f"原想{form.form.title}，后来说不办了", words))
        if any(want.topic in (*form.form.topics, form.form.title) for want in period.wants):
            return period.answered(reading.topic)
        topic = reading.topic if reading.topic in form.form.topics else form.form.title
        return _wanting(period.answered(topic), Want(topic, words))
    if case.small_talk:
        return period
    if reading.intent == "inform":
        return period.asking("details", _listed(period, "details", "买家发来资料，请跟进：", words))
    topic = reading.topic if reading.probabilities.of_name(reading.topic) >= NAMED else _UNREAD
    if decision.move is Move.ANSWER or case.repeated:
        return _wanting(_replied(period, moment, decision, labels), Want(topic, words))
    if reading.intent == "greet":
        if period.wants:
            return period
        return _wanting(period.asking(_GREETED, "买家只打了招呼，还没说事情，上班后先问一声"), Want(topic, words))
    vague = not reading.business or topic == _UNREAD
    if vague and (period.form is not None or period.wants):
        return period.asking("words", _listed(period, "words", "买家还说：", words))
    open_question = _listed(period, topic, f"待答复（{labels.get(topic, '')}）：", words)
    return _wanting(period.asking(topic, open_question), Want(topic, words))


def _replied(period: Period, moment: Moment, decision: NightDecision, labels: Mapping[str, str]) -> Period:
    """With the questions that have their answer off the list, and what is left of the line on it."""
    period = period.answered(moment.reading.topic)
    for item in moment.answers if decision.move is Move.ANSWER else ():
        reply = item.candidate.reply
        period = period.answered(reply.topic)
        if reply.promise and is_promise(item.candidate.text):
            period = period.asking(reply.topic, f"已答应买家：{reply.promise}")
        elif wants_more(item.candidate.text):
            then = f"，收到后：{reply.promise}" if reply.promise else ""
            lead = f"已请买家补充（{labels.get(reply.topic, '')}）{then}："
            period = period.asking(reply.topic, _listed(period, reply.topic, lead, moment.reading.text))
    for part in moment.left:
        lead = f"待答复（{labels.get(part.topic, '')}）："
        period = period.asking(part.topic, _listed(period, part.topic, lead, part.text))
    return period


def _listed(period: Period, about: str, lead: str, words: str) -> str:
    """The point about this with the buyer's words behind those that it has already."""
    quoted = f"“{short(words)}”"
    before = dict(period.asks).get(about, lead)
    return before if quoted in before else before + quoted


def _wanting(period: Period, want: Want) -> Period:
    """One wish more; a greeting or something unread before it was none."""
    if want.topic != _GREETED:
        vague = (_GREETED, _UNREAD)
        wants = tuple(earlier for earlier in period.wants if earlier.topic not in vague or earlier.topic == want.topic)
        period = replace(period.answered(_GREETED), wants=wants)
    return replace(period, wants=(*period.wants, want))
