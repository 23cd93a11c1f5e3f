"""A changed mind in the handover entry: what was called off or taken back goes, what is wished in its place stays."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from contracts.form_steps import StepKind
from contracts.forms import CANCEL, Form, FormState, FormStatus
from desk.night.asides import WHICH, is_aside
from desk.night.moment import Moment
from desk.night.points import short
from desk.night.reading import NAMED
from desk.night.stopping import cancels_order
from desk.night.taking_back import conditional, keeps_order
from desk.night.talk import Period, Want
from desk.night.wishing import only_cancels

EARLIER = "form."
"""How points about forms begin that gave way to another."""
GREETED = "greet/hello"

_UNREAD = "out_of_scope/other"
_CANCELS = "取消"
_CANCEL_LEAD = "买家要取消订单，请先看发没发出再处理："


def called_off_want(form: Form) -> str:
    """What the entry says of a form that was called off."""
    return f"原想{form.title}，后来说不办了"


def mind_changed(period: Period, moment: Moment, labels: Mapping[str, str]) -> Period:
    """Without the form that the line calls off, and without the wishes that it takes back."""
    if moment.dropped is not None:
        period = _dropped(period, moment, moment.dropped)
    if moment.taken_back:
        names = "、".join(labels.get(topic, topic) for topic in moment.taken_back)
        period = _without(period, moment.taken_back)
        period = wanting(period, Want(f"原先说的{names}，后来说不用了", moment.said))
    return period


def wished_instead(period: Period, moment: Moment) -> Period:
    """A wish to cancel, and one in place of another, are for people: an answer how it is done does not do it."""
    reading = moment.reading
    if reading.alarm is not None or reading.asks or CANCEL in moment.taken_back or is_aside(reading.text):
        return period
    sure = reading.topic == CANCEL and reading.probabilities.of_name(CANCEL) >= NAMED
    stopped = moment.filling is not None and moment.filling.step.kind is StepKind.STOPPED and moment.dropped is None
    if stopped and _CANCELS in reading.text and not cancels_order(reading.text):
        return period.asking(CANCEL, f"买家说“{short(reading.text)}”，请确认是不办这一项，还是要取消订单")
    if any(point.lead == WHICH and moment.said in point.words for point in period.points(CANCEL)):
        return period
    wished = sure and not keeps_order(reading.text) and not conditional(reading.text)
    if wished or (cancels_order(reading.text) and moment.dropped is not None):
        return _cancelling(period, moment.said).asking(CANCEL, _CANCEL_LEAD, moment.said)
    taken = period.form is not None and period.form.status is not FormStatus.STOPPED
    listed = any(moment.said in words for point in period.asks for words in point.words)
    if moment.dropped is None or taken or listed:
        return period
    return period.asking("instead", "买家改了主意，请看原话跟进：", moment.said)


def wanting(period: Period, want: Want) -> Period:
    """One wish more; a greeting or something unread before it was none."""
    if want.topic != GREETED:
        vague = (GREETED, _UNREAD)
        wants = tuple(earlier for earlier in period.wants if earlier.topic not in vague or earlier.topic == want.topic)
        period = replace(period.answered(GREETED), wants=wants)
    return replace(period, wants=(*period.wants, want))


def _cancelling(period: Period, said: str) -> Period:
    """Without the questions whether and how to cancel: the order is to be cancelled now."""
    asked = tuple(
        replace(point, words=tuple(words for words in point.words if words != said and not only_cancels(words)))
        if point.about == CANCEL and point.lead != _CANCEL_LEAD
        else point
        for point in period.asks
    )
    return replace(period, asks=tuple(point for point in asked if point.words or point.about != CANCEL))


def _dropped(period: Period, moment: Moment, state: FormState) -> Period:
    """Without the form that was called off; where the line begins it anew, what was promised stays."""
    step = moment.filling.step if moment.filling else None
    if step is not None and step.kind is not StepKind.STOPPED and step.state.form is state.form:
        return replace(period.without(state), promises=period.promises)
    return wanting(period.without(state), Want(called_off_want(state.form), moment.said))


def _without(period: Period, topics: tuple[str, ...]) -> Period:
    """Without what was wanted, asked and promised about these topics, and without the forms for them laid aside."""
    gone = {state.form for state in period.laid if {*state.form.topics, state.form.title} & set(topics)}
    abouts = {*topics, *(f"{EARLIER}{form.id}" for form in gone)}
    return replace(
        period,
        laid=tuple(state for state in period.laid if state.form not in gone),
        wants=tuple(want for want in period.wants if want.topic not in topics),
        asks=tuple(point for point in period.asks if point.about not in abouts),
        promises=tuple(promise for promise in period.promises if promise.about not in topics),
    )
