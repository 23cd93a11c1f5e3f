"""What a decided line means for the morning: wishes, questions left open, urgency, the form."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from contracts.form_meant import named_orders
from contracts.form_orders import BETWEEN, apart, several_orders
from contracts.form_steps import StepKind
from contracts.forms import CANCEL, FormState, FormStatus
from contracts.taxonomy import intent_of
from desk.decide import ROBOTS, Case, Loop, Move, NightDecision
from desk.night.asides import aside_noted
from desk.night.assent import says_more
from desk.night.book import DETAILS, ORDERS, earlier_form
from desk.night.minds import EARLIER, GREETED, called_off_want, mind_changed, wanting, wished_instead
from desk.night.moment import Moment
from desk.night.reading import NAMED, Reading
from desk.night.settling import SENT_FOR, answered, taken_up
from desk.night.talk import Period, Want
from desk.night.wording import is_promise, only_offers, wants_more

_MORE = "买家还说："
_UNREAD = "out_of_scope/other"
_PERSON = "human/request"
_SHORT = 8
"""Characters up to which a question that names no matter of its own is about the matter before it."""
_SMALL = 4
"""Characters of a line beside a value that say nothing more: 就要红色吧."""
_HURRY = re.compile(
    r"快[点些]|赶[紧快]|抓紧|尽快|马上|立[刻即马]|速度|急|[别不]要?(?:再|给我|让)?(?:它|他们)?(?:发|寄|送)|拦|来得及|(?:要|快|就)(?:要|该)?(?:发|出库)"
)
MENDED = "mended"
"""The point about a value of which the buyer set a part right."""
_GRAVE = "injury"
"""The alarm after which nothing more is said in the closed period."""


def noted(period: Period, moment: Moment, decision: NightDecision, case: Case, labels: Mapping[str, str]) -> Period:
    """The period with what this line means for the morning."""
    if case.loop in ROBOTS:
        return period if case.loop is Loop.LATELY else replace(period, robot_at=moment.at)
    if decision.move is Move.NOTICE:
        period = replace(period, noticed=True)
    period = _urgent_noted(period, moment, decision)
    period = _orders_noted(period, moment)
    period = mind_changed(period, moment, labels)
    if moment.filling is not None:
        period = _form_noted(period, moment.filling.step.state, decision, case)
    return wished_instead(_wanted(period, moment, decision, case, labels), moment)


def taken_over(period: Period) -> Period:
    """The period after a person of the shop has written: a wish for a person is done."""
    wants = tuple(want for want in period.wants if want.topic != _PERSON)
    urgent = any(want.urgent for want in wants)
    return replace(period.answered("person"), wants=wants, urgent=urgent)


def _form_noted(period: Period, state: FormState, decision: NightDecision, case: Case) -> Period:
    """With the form as it stands now; one that gives way to another is laid aside, a point for the morning."""
    before = period.form
    if before is None or before.form is not state.form:
        laid = period.laid_aside(state.form)
        if laid is not None and not apart(laid.value("order_number"), state.value("order_number")):
            period = period.answered(f"{EARLIER}{state.form.id}").taking_up(laid)
        if before is not None and before.status is not FormStatus.STOPPED:
            about = f"{EARLIER}{before.form.id}"
            period = period.answered(about).asking(about, earlier_form(before))
        period = period.laying_aside(before) if before is not None else period
        period = taken_up(period, state.form)
    if state.status is not FormStatus.STOPPED:
        off = called_off_want(state.form)
        period = replace(period, wants=tuple(want for want in period.wants if want.topic != off))
    if decision.move in (Move.ANSWER, Move.NOTICE):  # the form's question was not put
        state = replace(state, asked=None)
    if decision.move is Move.NOTHING and case.form and not case.form_silent:  # nor was it here
        state = replace(state, asked=before.asked if before is not None and before.form is state.form else None)
    return replace(period, form=state, replaced=(*period.replaced, *_replaced(before, state)))


def _replaced(before: FormState | None, state: FormState) -> tuple[str, ...]:
    """The values that the form held before this line and holds no more."""
    if before is None or before.form is not state.form:
        return ()
    held = [*(value for key, value in before.values if key != "new_value"), *(value for _, value in before.parts)]
    now = {*(value for _, value in state.values), *(value for _, value in state.parts)}
    return tuple(value for value in held if value not in now)


def _orders_noted(period: Period, moment: Moment) -> Period:
    """Lines that speak of more than one order are kept as they were written: values cannot be told apart for sure."""
    numbers = named_orders(moment.reading.text, moment.reading.entities)
    form = moment.filling.step.state if moment.filling else None
    added = bool(numbers) and form is not None and BETWEEN in (form.value("order_number") or "")
    if added and not period.points(ORDERS):
        for want in period.wants:
            period = _order_line(period, want.words)
    told = bool(numbers) or (moment.filling is not None and moment.filling.step.took)
    if added or len(set(numbers)) > 1 or several_orders(moment.said) or (told and period.points(ORDERS)):
        return _order_line(period, moment.said)
    return period


def _order_line(period: Period, words: str) -> Period:
    return period.asking(ORDERS, "提到不止一个订单，请看原话分清再办：", words)


def _urgent_noted(period: Period, moment: Moment, decision: NightDecision) -> Period:
    reading = moment.reading
    if reading.alarm is not None:
        period = replace(period, urgent=True, halted=period.halted or reading.alarm.id == _GRAVE)
        period = period.asking(reading.alarm.id, f"{reading.alarm.label}，请优先联系：", reading.text)
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
    words = moment.said
    if reading.alarm is not None or reading.has("person"):
        topic = reading.alarm.label if reading.alarm else _PERSON
        return wanting(period, Want(topic, words, urgent=True))
    if moment.after is not None:
        topic, told = moment.after.topic, moment.after.text
        lead = f"买家追问客服答应的事（{labels.get(topic, '')}），请先回复："
        return wanting(period, Want(topic, told)).asking(topic, lead, told, words)
    took = moment.filling is not None and (moment.filling.step.took or moment.filling.step.kind is StepKind.STOPPED)
    beside = aside_noted(period, moment) if moment.dropped is None and not moment.taken_back else None
    if beside is not None:
        if not took:
            return beside
        period = beside
    if moment.only_takes_back:
        return _open(period, moment.taken_back[0], words, labels) if reading.has("question") else period
    if case.impaired:
        period = period.asking("unread", f"当时{case.impaired}，没有读懂，请看原话：", words)
        return wanting(period, Want("买家留言", words))
    form = period.form
    if moment.filling is not None and form is not None:
        period = _left_noted(_answered(period, moment, decision), moment, labels)
        if form.status is FormStatus.STOPPED and moment.dropped is None:
            return wanting(period.without(form), Want(called_off_want(form.form), words))
        if form.status is not FormStatus.STOPPED:
            return _in_form(period, moment, form)
    if case.small_talk:
        return period.asking("words", _MORE, words) if says_more(reading.text) else period
    if reading.intent == "inform" or reading.renumbers:
        return period.asking(DETAILS, "买家发来资料，请跟进：", words)
    topic = reading.topic if reading.probabilities.of_name(reading.topic) >= NAMED else _UNREAD
    if decision.move is Move.ANSWER or case.repeated:
        return wanting(_replied(period, moment, decision, labels), Want(topic, words))
    if reading.intent == "greet":
        if period.wants:
            return period
        return wanting(period.asking(GREETED, "买家只打了招呼，还没说事情，上班后先问一声"), Want(topic, words))
    if _hurries(period, reading):
        return period.asking(CANCEL, period.points(CANCEL)[0].lead, words)
    vague = not reading.business or topic == _UNREAD
    if vague and (period.form is not None or period.wants):
        goes_on = bool(period.wants) and len(words) <= _SHORT  # with what was spoken of before
        if not reading.asks or (goes_on and period.wants[-1].topic not in labels):
            return period.asking("words", _MORE, words)
        topic = period.wants[-1].topic if goes_on else topic
    return wanting(_open(period, topic, words, labels), Want(topic, words))


def _hurries(period: Period, reading: Reading) -> bool:
    """Whether a line hurries the cancelling that the buyer asked for just before: it wants nothing sent sooner."""
    asked = bool(period.wants) and period.wants[-1].topic == CANCEL and bool(period.points(CANCEL))
    about = intent_of(reading.topic) in ("shipping", "order_status", "order_change") or not reading.business
    return asked and about and not reading.asks and bool(_HURRY.search(reading.text))


def _in_form(period: Period, moment: Moment, form: FormState) -> Period:
    """A line that a form took, or that it answered with its question: words that it has no place for are kept."""
    reading, words = moment.reading, moment.said
    topic = reading.topic if reading.topic in form.form.topics else form.form.title
    if all(want.topic not in (*form.form.topics, form.form.title) for want in period.wants):
        return wanting(period, Want(topic, words))
    step = moment.filling.step if moment.filling else None
    if step is not None and step.mended:
        lead = f"买家更正了一部分，请照原话核对（更正前是“{step.mended}”）："
        return period.asking(MENDED, lead, words)
    kept = any(_covers(value, words) for _, value in (*form.values, *form.refused))
    beside = moment.filling is not None and moment.filling.fresh and reading.asks
    untaken = step is not None and (beside or not step.took or step.kind in (StepKind.AGAIN, StepKind.HANDED))
    chat = (bool(reading.small_talk) or reading.intent == "greet") and not says_more(words)
    if untaken and not kept and not chat:
        return period.asking("words", _MORE, words)
    return period


def _covers(value: str, words: str) -> bool:
    """Whether a value holds all of a line but a few small words."""
    return words in value or (value in words and len(words) - len(value) <= _SMALL)


def _replied(period: Period, moment: Moment, decision: NightDecision, labels: Mapping[str, str]) -> Period:
    """With the questions that have their answer off the list, and what is left of the line on it."""
    line = moment.reading.text
    period = _answered(period, moment, decision)
    for item in moment.answers if decision.move is Move.ANSWER else ():
        reply = item.candidate.reply
        if reply.promise and is_promise(item.candidate.text):
            period = period.asking(reply.topic, f"已答应买家：{reply.promise}")
        elif wants_more(item.candidate.text) and (reply.promise or not only_offers(item.candidate.text)):
            then = f"，收到后：{reply.promise}" if reply.promise else ""
            period = period.asking(reply.topic, f"{SENT_FOR}（{labels.get(reply.topic, '')}）{then}：", line)
    return _left_noted(period, moment, labels)


def _answered(period: Period, moment: Moment, decision: NightDecision) -> Period:
    """With the questions that the answers to this line settle off the list; what was said before settles none."""
    for item in moment.answers if decision.move is Move.ANSWER else ():
        reply = item.candidate.reply
        period = answered(period, moment.reading.text, reply, (moment.reading.topic, reply.topic))
    return period


def _left_noted(period: Period, moment: Moment, labels: Mapping[str, str]) -> Period:
    """With the questions of the line that neither an answer nor a form takes up."""
    for part in moment.left:
        sure = part.probabilities.of_name(part.topic) >= NAMED
        period = _open(period, part.topic if sure else _UNREAD, part.text, labels)
    return period


def _open(period: Period, topic: str, words: str, labels: Mapping[str, str]) -> Period:
    """With a question that people have to answer."""
    return period.asking(topic, f"待答复（{labels.get(topic, '')}）：", words)
