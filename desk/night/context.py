"""What the talk around a line says about it: an answer to our question, the rest of a story, what an alarm is about."""

from __future__ import annotations

import re
from dataclasses import replace

from contracts.form_people import with_recipient
from contracts.form_titles import clean_title, names_only_sort
from contracts.form_values import read_slot
from contracts.form_words import Words
from contracts.forms import DELIVERY, RETURN, Form, FormStatus, SlotKind
from contracts.homophones import right_labels
from contracts.taxonomy import intent_of
from contracts.turn import Speaker
from desk.night.reading import Reading
from desk.night.signals import Signals
from desk.night.talk import Period, Talk
from desk.night.wording import wants_more

_LONGEST = 16
"""Characters of a line that may be nothing but an answer to what was asked."""

_SHORTEST = 2
"""Characters of a word by which a line chooses one of those in the question."""

_STORIES = frozenset({"shipping", "returns", "order_status"})
"""Intents of matters in which a buyer tells what couriers and others did."""

_REFUND = "returns/refund_progress"
_SENTENCE = re.compile(r"(?<=[。！!？?；;\n])")
_PIECE = re.compile(r"[\s,，。、;；!！~～]+")
_LEAD = re.compile(r"^(?:嗯|哦|好的?|对|那|就|我|要|是|按|开|用|写|选|给|填)+(?=.)")
_TRAIL = re.compile(r"(?<=.)(?:的|吧|呢|啊|呀|哈|哦|抬头|名义|就行|就好|即可)+$")
_PARCEL = re.compile(r"快递|包裹|派送|驿站|物流|送货")
_CALLED = re.compile(
    r"电话|手机|[打拨通接](?:了|过|他|她|不|都|也|好几|[两三几]|电)|联系|快递|派送|配送|送货|驿站|师傅|小哥|骑手|司机"
)
_IN_VAIN = re.compile(r"不|没|无人|关机|停机|空号|占线|忙线|忙音|拒接|挂(?:了|断|我)")
_TO_US = re.compile(
    r"人工|真人|活人|机器|客服|你|您|老板|店家|商家|掌柜|主管|经理|负责|管事|[找叫喊换来](?:个|一个)?人|有人|人呢|出来|说话"
    r"|回(?:我|话|复|一?下)|(?<![没不])(?<!没人|没谁|见谁|见人|无人|没有)(?<!没有人)(?:(?:联系|打给|打电话给)我|[给跟]我.{0,3}(?:打|回|联系|来))|投诉|举报|差评|曝光"
)
"""Words of somebody who wants people of the shop: then what is told of others is not all."""


def in_context(reading: Reading, talk: Talk, period: Period, signals: Signals) -> Reading:
    """The reading with what only the talk around it tells; what the wording itself says stands."""
    replies = _replies(reading, talk, period)
    story = not replies and _goes_on(reading.text, period)
    found = reading.signals
    if (replies or story) and not signals.worded("person", reading.text):
        found = tuple(signal for signal in found if signal.id not in ("person", "complaint"))
    if replies and not signals.worded("outside", reading.text):
        found = tuple(signal for signal in found if signal.id != "outside")
    if any(signal.id == "dispute" for signal in found) and not _of_refund(reading, talk, signals):
        found = (signals.named("complaint"), *(one for one in found if one.id not in ("dispute", "complaint")))
    return replace(reading, signals=found, replies=replies, story=story, asked=_asked(talk))


def _replies(reading: Reading, talk: Talk, period: Period) -> bool:
    """Whether a short line answers what the shop asked last: it names a choice of the question, or gives a value.

    A form that runs waits for a value also where nothing was asked.
    """
    asked = _asked(talk)
    form = _matter(period)
    waits = period.form is not None and period.form.status is FormStatus.OPEN
    text = reading.text
    if not (asked or waits) or len(text) > _LONGEST or reading.has("question") or reading.has("stop"):
        return False
    pieces = [_TRAIL.sub("", _LEAD.sub("", piece)) for piece in _PIECE.split(text)]
    if any(len(piece) >= _SHORTEST and piece in asked and not _TO_US.search(piece) for piece in pieces):
        return True
    return form is not None and _gives(form, reading, pieces)


def _gives(form: Form, reading: Reading, pieces: list[str]) -> bool:
    """Whether a line gives the form a value whatever it was read as."""
    entities = with_recipient(reading.text, reading.entities)
    words = Words(right_labels(reading.text), entities, talk=not reading.small_talk, within=True, nameless=True)
    slots = [slot for slot in form.slots if slot.kind is not SlotKind.WORDS]
    kind = any(slot.kind is SlotKind.TITLE for slot in slots) and any(
        names_only_sort(piece) or names_only_sort(clean_title(piece)) for piece in pieces if piece
    )
    found = [read_slot(slot, words, asked=False) for slot in slots]
    return kind or any(value is not None and not value.fault for value in found)


def _asked(talk: Talk) -> str:
    """The sentences of the shop's last line that ask for something, "" when none does."""
    lines = [line for line in talk.lines[:-1] if line.answers]
    last = lines[-1].turn if lines else None
    if last is None or last.speaker is Speaker.SYSTEM:
        return ""
    return "".join(sentence for sentence in _SENTENCE.split(last.text) if wants_more(sentence) or "请" in sentence)


def _matter(period: Period) -> Form | None:
    running = period.form is not None and period.form.status is FormStatus.OPEN
    return period.form.form if period.form is not None and running else period.matter


def _goes_on(text: str, period: Period) -> bool:
    """Whether a line goes on telling of couriers and calls in vain: who nobody answers there is not asking for us."""
    form = period.form
    told = form is not None and form.form.id in (DELIVERY, RETURN) and form.status is not FormStatus.STOPPED
    told = told or any(intent_of(want.topic) in _STORIES or _PARCEL.search(want.words) for want in period.wants)
    tells = _CALLED.search(text) and _IN_VAIN.search(text) and not _TO_US.search(text)
    return told and bool(tells)


def _of_refund(reading: Reading, talk: Talk, signals: Signals) -> bool:
    """Whether a refund was spoken of: without one, who asks for compensation disputes none."""
    said = [line.turn.text for line in talk.lines if line.turn.speaker is Speaker.BUYER]
    return reading.topic == _REFUND or any(signals.worded("refund", text) for text in (*said, reading.text))
