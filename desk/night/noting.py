"""What a decided line means for the morning: wishes, questions left open, urgency, the form."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from contracts.form_orders import BETWEEN, apart, several_orders
from contracts.form_steps import StepKind
from contracts.form_values import named_orders
from contracts.forms import CANCEL, FormState, FormStatus
from contracts.taxonomy import intent_of
from desk.decide import ROBOTS, Case, Loop, Move, NightDecision
from desk.night.book import ORDERS, earlier_form, short
from desk.night.moment import Moment
from desk.night.reading import NAMED, Reading
from desk.night.stopping import cancels_order, keeps_order
from desk.night.talk import Period, Want
from desk.night.wording import is_promise, only_offers, wants_more

_GREETED = "greet/hello"
_UNREAD = "out_of_scope/other"
_CANCELS = "取消"
_CANCEL_LEAD = "买家要取消订单，请先看发没发出再处理："
_STORY = 160
"""Characters of a line that are kept where it is quoted for the morning."""
_SHORT = 8
"""Characters up to which a question that names no matter of its own is about the matter before it."""
_SMALL = 4
"""Characters of a line beside a value that say nothing more: 就要红色吧."""
_HURRY = re.compile(
    r"快[点些]|赶[紧快]|抓紧|尽快|马上|立[刻即马]|速度|急|[别不]要?(?:再|给我|让)?(?:它|他们)?(?:发|寄|送)|拦|来得及|(?:要|快|就)(?:要|该)?(?:发|出库)"
)
_EARLIER = "form."
MENDED = "mended"
"""The point about a value of which the buyer set a part right."""
_SENT_FOR = "已请买家补充"
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
    if moment.dropped is not None:
        period = _dropped(period, moment, moment.dropped)
    if moment.filling is not None:
        period = _form_noted(period, moment.filling.step.state, decision, case)
    return _instead_noted(_wanted(period, moment, decision, case, labels), moment)


def _dropped(period: Period, moment: Moment, state: FormState) -> Period:
    """Without the form that was called off; what was promised stays where the line begins the same form anew."""
    wish = Want(f"原想{state.form.title}，后来说不办了", moment.said)
    after = _wanting(period.without(state), wish)
    step = moment.filling.step if moment.filling else None
    anew = step is not None and step.kind is not StepKind.STOPPED and step.state.form is state.form
    return replace(after, promises=period.promises) if anew else after


def _form_noted(period: Period, state: FormState, decision: NightDecision, case: Case) -> Period:
    """With the form as it stands now; one that gives way to another is laid aside, a point for the morning."""
    before = period.form
    if before is None or before.form is not state.form:
        laid = period.laid_aside(state.form)
        if laid is not None and not apart(laid.value("order_number"), state.value("order_number")):
            period = period.answered(f"{_EARLIER}{state.form.id}").taking_up(laid)
        if before is not None and before.status is not FormStatus.STOPPED:
            period = period.asking(f"{_EARLIER}{before.form.id}", earlier_form(before)).laying_aside(before)
        for about, text in period.asks:
            if about in state.form.topics and text.startswith(_SENT_FOR) and "；" not in text:
                period = period.answered(about)  # the form asks for it now
    if decision.move in (Move.ANSWER, Move.NOTICE):  # the form's question was not put
        state = replace(state, asked=None)
    if decision.move is Move.NOTHING and case.form and not case.form_silent:  # nor was it here
        state = replace(state, asked=before.asked if before is not None and before.form is state.form else None)
    return replace(period, form=state)


def _orders_noted(period: Period, moment: Moment) -> Period:
    """Lines that speak of more than one order are kept as they were written: values cannot be told apart for sure."""
    numbers = named_orders(moment.reading.text, moment.reading.entities)
    form = moment.filling.step.state if moment.filling else None
    added = bool(numbers) and form is not None and BETWEEN in (form.value("order_number") or "")
    if added and ORDERS not in dict(period.asks):
        for want in period.wants:
            period = _order_line(period, want.words)
    told = bool(numbers) or (moment.filling is not None and moment.filling.step.took)
    if added or len(set(numbers)) > 1 or several_orders(moment.said) or (told and ORDERS in dict(period.asks)):
        return _order_line(period, moment.said)
    return period


def _order_line(period: Period, words: str) -> Period:
    return period.asking(ORDERS, _listed(period, ORDERS, "提到不止一个订单，请看原话分清再办：", words))


def _instead_noted(period: Period, moment: Moment) -> Period:
    """A wish to cancel, and one in place of another, are for people: an answer how it is done does not do it."""
    reading = moment.reading
    if reading.alarm is not None or reading.has("question"):
        return period
    sure = reading.topic == CANCEL and reading.probabilities.of_name(CANCEL) >= NAMED
    stopped = moment.filling is not None and moment.filling.step.kind is StepKind.STOPPED and moment.dropped is None
    if stopped and _CANCELS in reading.text and not cancels_order(reading.text):
        return period.asking(CANCEL, f"买家说“{short(reading.text)}”，请确认是不办这一项，还是要取消订单")
    if (sure and not keeps_order(reading.text)) or (cancels_order(reading.text) and moment.dropped is not None):
        period = period if dict(period.asks).get(CANCEL, "").startswith(_CANCEL_LEAD) else period.answered(CANCEL)
        return period.asking(CANCEL, _listed(period, CANCEL, _CANCEL_LEAD, moment.said))
    taken = period.form is not None and period.form.status is not FormStatus.STOPPED
    if moment.dropped is None or taken or any(moment.said in text for _, text in period.asks):
        return period
    return period.asking("instead", f"买家改了主意，请看原话跟进：“{short(moment.said)}”")


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
    words = moment.said
    if reading.alarm is not None or reading.has("person"):
        topic = reading.alarm.label if reading.alarm else "human/request"
        return _wanting(period, Want(topic, words, urgent=True))
    if case.impaired:
        period = period.asking("unread", _listed(period, "unread", f"当时{case.impaired}，没有读懂，请看原话：", words))
        return _wanting(period, Want("买家留言", words))
    form = period.form
    if moment.filling is not None and form is not None:
        period = _left_noted(period, moment, labels)
        if form.status is FormStatus.STOPPED and moment.dropped is None:
            return _wanting(period.without(form), Want(f"原想{form.form.title}，后来说不办了", words))
        if form.status is not FormStatus.STOPPED:
            return _in_form(period, moment, form)
    if case.small_talk:
        return period
    if reading.intent == "inform" or reading.renumbers:
        return period.asking("details", _listed(period, "details", "买家发来资料，请跟进：", words))
    topic = reading.topic if reading.probabilities.of_name(reading.topic) >= NAMED else _UNREAD
    if decision.move is Move.ANSWER or case.repeated:
        return _wanting(_replied(period, moment, decision, labels), Want(topic, words))
    if reading.intent == "greet":
        if period.wants:
            return period
        return _wanting(period.asking(_GREETED, "买家只打了招呼，还没说事情，上班后先问一声"), Want(topic, words))
    if _hurries(period, reading):
        lead = dict(period.asks)[CANCEL].partition("“")[0]
        return period.asking(CANCEL, _listed(period, CANCEL, lead, words))
    vague = not reading.business or topic == _UNREAD
    if vague and (period.form is not None or period.wants):
        goes_on = bool(period.wants) and len(words) <= _SHORT  # with what was spoken of before
        if not reading.asks or (goes_on and period.wants[-1].topic not in labels):
            return period.asking("words", _listed(period, "words", "买家还说：", words))
        topic = period.wants[-1].topic if goes_on else topic
    open_question = _listed(period, topic, f"待答复（{labels.get(topic, '')}）：", words)
    return _wanting(period.asking(topic, open_question), Want(topic, words))


def _hurries(period: Period, reading: Reading) -> bool:
    """Whether a line hurries the cancelling that the buyer asked for just before: it wants nothing sent sooner."""
    asked = bool(period.wants) and period.wants[-1].topic == CANCEL and CANCEL in dict(period.asks)
    about = intent_of(reading.topic) in ("shipping", "order_status", "order_change") or not reading.business
    return asked and about and not reading.asks and bool(_HURRY.search(reading.text))


def _in_form(period: Period, moment: Moment, form: FormState) -> Period:
    """A line that a form took, or that it answered with its question: words that it has no place for are kept."""
    reading, words = moment.reading, moment.said
    topic = reading.topic if reading.topic in form.form.topics else form.form.title
    if all(want.topic not in (*form.form.topics, form.form.title) for want in period.wants):
        return _wanting(period.answered(topic), Want(topic, words))
    step = moment.filling.step if moment.filling else None
    if step is not None and step.mended:
        lead = f"买家更正了一部分，请照原话核对（更正前是“{step.mended}”）："
        return period.asking(MENDED, _listed(period, MENDED, lead, words))
    kept = any(_covers(value, words) for _, value in (*form.values, *form.refused))
    untaken = step is not None and (not step.took or step.kind in (StepKind.AGAIN, StepKind.HANDED))
    if untaken and not kept and not reading.small_talk and reading.intent != "greet":
        return period.asking("words", _listed(period, "words", "买家还说：", words))
    return period.answered(reading.topic)


def _covers(value: str, words: str) -> bool:
    """Whether a value holds all of a line but a few small words."""
    return words in value or (value in words and len(words) - len(value) <= _SMALL)


def _replied(period: Period, moment: Moment, decision: NightDecision, labels: Mapping[str, str]) -> Period:
    """With the questions that have their answer off the list, and what is left of the line on it."""
    period = period.answered(moment.reading.topic)
    for item in moment.answers if decision.move is Move.ANSWER else ():
        reply = item.candidate.reply
        period = period.answered(reply.topic)
        if reply.promise and is_promise(item.candidate.text):
            period = period.asking(reply.topic, f"已答应买家：{reply.promise}")
        elif wants_more(item.candidate.text) and (reply.promise or not only_offers(item.candidate.text)):
            then = f"，收到后：{reply.promise}" if reply.promise else ""
            lead = f"{_SENT_FOR}（{labels.get(reply.topic, '')}）{then}："
            period = period.asking(reply.topic, _listed(period, reply.topic, lead, moment.reading.text))
    return _left_noted(period, moment, labels)


def _left_noted(period: Period, moment: Moment, labels: Mapping[str, str]) -> Period:
    """With the questions of the line that neither an answer nor a form takes up."""
    for part in moment.left:
        lead = f"待答复（{labels.get(part.topic, '')}）："
        period = period.asking(part.topic, _listed(period, part.topic, lead, part.text))
    return period


def _listed(period: Period, about: str, lead: str, words: str, most: int = _STORY) -> str:
    """The point about this with the buyer's words behind those that it has already."""
    quoted = f"“{short(words, most)}”"
    before = dict(period.asks).get(about, lead)
    before = before if before.startswith(lead) else f"{before}；{lead}"
    return before if quoted in before else before + quoted


def _wanting(period: Period, want: Want) -> Period:
    """One wish more; a greeting or something unread before it was none."""
    if want.topic != _GREETED:
        vague = (_GREETED, _UNREAD)
        wants = tuple(earlier for earlier in period.wants if earlier.topic not in vague or earlier.topic == want.topic)
        period = replace(period.answered(_GREETED), wants=wants)
    return replace(period, wants=(*period.wants, want))
