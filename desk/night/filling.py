"""Forms in a conversation: which one a line starts, goes on with or ends."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from contracts.form_bare_wishes import only_wishes_note
from contracts.form_meant import named_orders
from contracts.form_orders import BETWEEN, apart, orders_of, orders_told
from contracts.form_people import with_recipient
from contracts.form_steps import FormStep, StepKind, absorb, advance, start
from contracts.form_values import read_slot
from contracts.form_words import Words
from contracts.forms import (
    ATTACHED,
    CANCEL,
    INVOICE,
    ORDER_CHANGE,
    RETURN,
    Form,
    FormState,
    FormStatus,
    SlotKind,
)
from contracts.homophones import right_labels
from contracts.taxonomy import intent_of
from desk.night.arrived import asks_how_to_send_back
from desk.night.belonging import is_about, is_fragment, stops
from desk.night.cancelling import cancels_matter, threatens
from desk.night.coming_back import come_back_to, taken_up_again
from desk.night.misreadings import is_title, sets_right, wishes_change, would_do
from desk.night.reading import LIKELY, Reading
from desk.night.starting import before_ordering, started
from desk.night.wishing import only_wishes, wished_in
from desk.night.wording import content

_TELLING = frozenset({"returns", "product", "complaint", "shipping", "out_of_scope", "inform"})
"""Intents that a reason in the buyer's own words is read as."""
_NO_REASON = frozenset({"order_number", "parcel_number", "phone", "email", "tax_number", "address"})
_WAIT = re.compile(r"^(?:好|嗯|行|哦|噢|等|稍等|我(?:看|找|试|想|去|查|先)|知道|明白|谢|那|哈)")
_SAYING = re.compile(r"[\u4e00-\u9fff]{3}")
_NO_WHY = re.compile(
    r"[退换]|售后|申请|麻烦|你好|您好|在吗|订单|单号|怎么|谢谢|帮|急|请|亲|那个|这个|一下|处理|客服|等等|顺便|还有|另外|马上|快点|赶紧|给我"
)
WHAT_TO_GIVE = re.compile(
    r"(?:什么|啥|哪些|哪个)(?:资料|信息|材料|抬头|东西|内容)|[写填发给说报]什么|[写填发给说报]啥|提供(?:什么|啥|哪些)|怎么[写填发说报]|咋[写填发说报]"
)
"""A question that the form's own next one answers."""
_NOTE = "order_change/note"

_REASONS = {
    StepKind.ASK: "按表单收集资料",
    StepKind.AGAIN: "这一项没对上，请买家再核对",
    StepKind.DONE: "资料收齐，交给下一班办理",
    StepKind.CORRECTED: "买家更正了资料",
    StepKind.NOTED: "买家补了资料",
    StepKind.HANDED: "问过两遍仍没对上，交给客服核对",
    StepKind.STOPPED: "买家说不办了",
}


@dataclass(frozen=True)
class Filling:
    """What a form makes of a line. `fresh` when the line gave it words but no value, `asked` when it asks how."""

    step: FormStep
    fresh: bool = False
    asked: bool = False

    @property
    def gives_way(self) -> bool:
        """Whether the library's answer goes before the form's first question: it may spare the buyer the form."""
        return self.fresh and (self.asked or self.step.kind is not StepKind.DONE)

    @property
    def reason(self) -> str:
        return f"{self.step.state.form.title}：{_REASONS[self.step.kind]}"


def fill_form(
    reading: Reading,
    state: FormState | None,
    known: dict[str, str],
    *,
    last: Form | None = None,
    laid: tuple[FormState, ...] = (),
    said: tuple[str, ...] = (),
    order_status: str = "",
) -> Filling | None:
    """What forms make of the line, None when it is no form's business.

    `known` are values that need no question, `last` is the form whose matter the buyer spoke of before, `laid` are
    those that gave way to another, `said` the lines of the wishes before, `order_status` where the order stands.
    """
    again = come_back_to(reading, (state, *reversed(laid)))
    if again is not None:
        about = replace(_words(reading, known, again.form), within=True)
        return Filling(taken_up_again(again.completed(known), about))
    running = state is not None and state.status is FormStatus.OPEN
    subject = state.form if state is not None and running else last
    words = _words(reading, known, subject)
    fragment = is_fragment(reading, subject)
    mends = not running and sets_right(reading, subject, said)
    answers = (reading.replies or mends) and subject is not None
    words = _alone(subject, words) if answers and subject is not None else words
    continues = answers or (fragment and not running and not reading.has("question"))
    form = subject if continues else started(reading, order_status)
    form = None if (fragment and form is not subject) or reading.renumbers else form
    form = wishes_change(reading, subject) or form
    nothing_ordered = "order_number" not in known and not words.orders and any(map(before_ordering, said))
    if state is None and form is not None and form.id == ORDER_CHANGE and nothing_ordered:
        return None  # there is no number to ask for, and no order to change
    if state is not None:
        state = state.completed(known)
        other = form is not None and form is not state.form
        note = not other and _tells_note(reading, state)
        step = advance(
            _asking(state, reading, note=note) if not other else state,
            replace(words, within=not other),
            stop=stops(reading, state),
            about_it=not other and (fragment or note or would_do(reading, state.form) or is_about(reading, state.form)),
        )
        if not other and reading.has("question") and step.kind is StepKind.ASK and not step.took:
            return Filling(step, fresh=True) if WHAT_TO_GIVE.search(reading.text) else None
        if not other and reading.has("question") and step.kind is StepKind.ASK and step.state.values == state.values:
            return Filling(step, fresh=True)  # it says whose the invoice is and asks something besides
        ours = step.took or not other or step.kind is StepKind.STOPPED
        if step.kind is not StepKind.PASS and ours:
            return Filling(step)
        if state.status is FormStatus.OPEN and not other:
            return _told_more(reading, state)
    if form is None or (state is not None and state.form is form and state.status is not FormStatus.STOPPED):
        return None
    words = words if form is subject else _words(reading, known, form)
    how = form.id == RETURN and asks_how_to_send_back(reading, order_status)
    why = words.told or how or _tells_why(reading, form)
    opening = replace(words, talk=answers, none=False, told=why, within=answers, nameless=answers)
    given = _gives(form, opening)
    anew = state if form.id == RETURN else None
    earlier = next((one for one in (*_given_way(laid), anew) if one is not None and one.form is form), None)
    begun = start(form, opening, _for_start(words, known, earlier), _wished(form, said))
    return Filling(begun, fresh=not (given or fragment or answers or begun.state.holder), asked=how)


def fill_silently(reading: Reading, state: FormState | None, known: dict[str, str]) -> Filling | None:
    """What a running form takes from a line to which nothing is said; None when it takes nothing."""
    if state is None:
        return None
    words = replace(_words(reading, known, state.form), within=True)
    if reading.has("stop"):
        words = replace(words, told=False, topic="")
    after = absorb(state.completed(known), words)
    return Filling(FormStep(after, StepKind.NOTED, took=True)) if after != state else None


def called_off(state: FormState | None, reading: Reading) -> FormState | None:
    """The form ended by a wish to cancel the order that it is about, None when it goes on."""
    if state is None or state.form.id not in (INVOICE, ORDER_CHANGE) or state.status is FormStatus.STOPPED:
        return None
    wished = reading.topic == CANCEL and reading.probabilities.of_name(CANCEL) >= LIKELY
    matter = cancels_matter(reading.text)
    if not wished or reading.has("question") or threatens(reading.text) or matter not in (None, state.form):
        return None
    numbers = _numbers(reading)
    told = orders_told(state.value("order_number"), reading.text, numbers)
    some = bool(numbers) and len(orders_of(state.value("order_number"))) > len(set(numbers))
    another = some or state.value("order_number") not in (None, ATTACHED, told)
    return None if another else replace(state, status=FormStatus.STOPPED, asked=None)


def leaves_open(state: FormState, part: Reading) -> bool:
    """Whether a form says nothing to a question in a line that it took: 几天能开好."""
    settled = WHAT_TO_GIVE.search(part.text) or only_wishes(part.text, state.form, part.entities, how=True)
    asks_more = any(character.isalnum() for character in content(part.text))
    return asks_more and not settled and not any(part.text in value for _, value in state.values)


def _given_way(laid: tuple[FormState, ...]) -> tuple[FormState, ...]:
    return tuple(one for one in laid if one.status is not FormStatus.STOPPED)


def _gives(form: Form, line: Words) -> bool:
    """Whether a line gives the form a value that is no words of the buyer's own."""
    slots = (slot for slot in form.slots if slot.kind is not SlotKind.WORDS)
    return any(read_slot(slot, line, asked=False) for slot in slots)


def _alone(form: Form, line: Words) -> Words:
    """The answer in a line without the small words beside it, which would hide it: 嗯 个人."""
    if _gives(form, replace(line, within=True)):
        return line
    pieces = [replace(line, text=piece) for piece in re.split(r"[\s,，。~～!！]+", line.text) if piece]
    return next((piece for piece in pieces if _gives(form, replace(piece, within=True))), line)


def _wished(form: Form, said: tuple[str, ...]) -> tuple[Words, ...]:
    """Lines before the form in which the buyer asked for its matter and no more: 能开专票吗."""
    clauses = (clause for text in said for clause in wished_in(text, form))
    return tuple(Words(clause, talk=False, within=True) for clause in clauses)


def _words(reading: Reading, known: dict[str, str], subject: Form | None) -> Words:
    chat = bool(reading.small_talk) or reading.intent == "greet" or reading.has("question")
    told = None if known.get("order_number") == ATTACHED else known.get("order_number")
    numbers = _numbers(reading)
    return Words(
        text=right_labels(reading.text),
        entities=with_recipient(reading.text, reading.entities),
        topic=reading.topic,
        none=reading.has("none"),
        told=reading.story or (reading.has("reason") and not reading.has("question")),
        talk=not chat,
        asking=reading.has("question")
        and not (subject is not None and only_wishes(reading.text, subject, reading.entities)),
        orders=(orders_told(told, reading.text, numbers) or "") if numbers else "",
    )


def _numbers(reading: Reading) -> list[str]:
    return named_orders(reading.text, reading.entities)


def _tells_why(reading: Reading, form: Form) -> bool:
    """Whether a part of the line that asks for a return is no wish: then it is the reason."""
    if form.id != RETURN or reading.has("question"):
        return False
    parts = re.split(r"[\s,，。;；!！~～]+", reading.text)
    return any(_SAYING.search(part) and not _NO_WHY.search(part) for part in parts)


def _for_start(words: Words, known: dict[str, str], earlier: FormState | None) -> dict[str, str]:
    """What a new form knows: what an `earlier` one of the same order had, and which of several orders the line names.

    Who comes back to a form, or wants an exchange in place of a return, has said already what and why.
    """
    numbers = named_orders(words.text, words.entities)
    if earlier is not None and not apart(earlier.value("order_number"), BETWEEN.join(numbers)):
        known = {**dict(earlier.values), **known}
    return {**known, "order_number": BETWEEN.join(numbers)} if numbers else known


def _asking(state: FormState, reading: Reading, *, note: bool) -> FormState:
    """The form as if it had asked for what the line plainly answers although the library spoke in its place.

    That is what a `note` is to say, a name or a body's full name for a title that is wanted first, or the buyer's own
    words when these are all that is wanted and the line tells some.
    """
    wanted = state.open_slots()
    if note:
        return replace(state, asked=next(slot.name for slot in wanted if slot.kind is SlotKind.NEW_VALUE))
    if state.status is FormStatus.OPEN and not state.asked and wanted and wanted[0].kind is SlotKind.TITLE:
        return replace(state, asked=wanted[0].name) if is_title(reading) else state
    if state.status is not FormStatus.OPEN or state.asked or not wanted or wanted[0].kind is not SlotKind.WORDS:
        return state
    return replace(state, asked=wanted[0].name) if _tells(reading, state.form) else state


def _tells_note(reading: Reading, state: FormState) -> bool:
    """Whether the line is what a note is to say that the buyer asked for before."""
    wanted = any(slot.kind is SlotKind.NEW_VALUE for slot in state.open_slots())
    noting = state.about == _NOTE and state.status is FormStatus.OPEN and wanted
    return noting and _tells(reading, state.form) and not only_wishes_note(reading.text)


def _tells(reading: Reading, form: Form) -> bool:
    """Whether the line says something in the buyer's own words that may belong to the form."""
    tells = not (reading.has("question") or reading.has("stop") or reading.small_talk or _WAIT.search(reading.text))
    tells = tells and not any(entity.name in _NO_REASON for entity in reading.entities)
    return tells and intent_of(reading.topic) in (*_TELLING, *(intent_of(topic) for topic in form.topics))


def _told_more(reading: Reading, state: FormState) -> Filling | None:
    """Words about the form's own matter are put to those that it has."""
    if reading.topic not in state.form.topics or reading.has("question"):
        return None
    slot = next((slot for slot in state.form.slots if slot.kind is SlotKind.WORDS), None)
    after = state.added(slot.key, reading.text) if slot else state
    return Filling(FormStep(after, StepKind.NOTED), fresh=False)
