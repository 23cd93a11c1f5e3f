"""One step of a form: what a buyer's line changes, and what is said next. Pure, so that every runtime can drive it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum

from contracts.form_address_levels import UNTOLD
from contracts.form_before import goes_back_to_it, mendable, replaces, says_wrong, seen_from, what_stood
from contracts.form_changes import lacking
from contracts.form_reading import is_code, read_values
from contracts.form_remarks import still_missing
from contracts.form_small_words import names_another, wished
from contracts.form_taking import held_by, of_several, with_values
from contracts.form_values import NO_NUMBER, read_slot
from contracts.form_words import LATER, Found, Words
from contracts.forms import (
    MOST_WORDS,
    Form,
    FormSlot,
    FormState,
    FormStatus,
    SlotKind,
    is_person,
)

_LACKS = {"address": "house", "phone": "masked"}
"""What is asked for when a piece of this kind has come in part."""

_CODES = (SlotKind.TAX_NUMBER, SlotKind.EMAIL, SlotKind.ORDER)
"""Kinds of values of which a faulty one was given all the same: the question does not read as if none had come."""

_OF_PEOPLE = ("order_change/address", "order_change/recipient")
_PEOPLE = ("address", "person_name", "phone")

MOST_TRIES = 2
"""Times that a value is asked for again; then people take over."""


class StepKind(str, Enum):
    """What became of the line: not the form's business, a question, asked again, complete, corrected, ended."""

    PASS = "pass"
    ASK = "ask"
    AGAIN = "again"
    DONE = "done"
    CORRECTED = "corrected"
    NOTED = "noted"
    HANDED = "handed"
    STOPPED = "stopped"


@dataclass(frozen=True)
class FormStep:
    """The state after a line and the id of the text to say; "" says nothing. `took` when the line gave a value.

    `mended` is the value as it was before a line that replaced only a part of it.
    """

    state: FormState
    kind: StepKind
    say: str = ""
    took: bool = False
    mended: str = ""


def start(form: Form, line: Words, known: dict[str, str], wished: tuple[Words, ...] = ()) -> FormStep:
    """Begin a form with what is known already and what the line that started it says.

    `wished` are lines before it in which the buyer asked for no more than the form's matter: what they name is wanted.
    """
    state = FormState(form, about=line.topic).completed(known)
    alone = with_values(state, read_values(state, line)[0], line)
    if not is_person(alone.value("invoice_title") or "", alone.holder):  # whose invoices are of one kind
        for before in wished:
            state = with_values(state, read_values(state, before)[0], before)
    return _take(state, line)


def advance(state: FormState, line: Words, *, stop: bool, about_it: bool) -> FormStep:
    """Go on with a form. `stop` when the buyer calls it off; `about_it` when the line is not about something else."""
    if state.status is FormStatus.STOPPED:
        return FormStep(state, StepKind.PASS)
    line = seen_from(state, line)
    asked = state.form.slot(state.asked) if state.asked else None
    skips = asked is not None and line.none and read_slot(asked, line, asked=True) is not None
    if goes_back_to_it(state, line, stop=stop):
        return FormStep(replace(state, status=FormStatus.STOPPED, asked=None), StepKind.STOPPED, "form.stopped")
    if stop and "地址" in line.text and UNTOLD in dict(state.parts).values() and len(state.parts) > 1:
        return _without_address(state)
    if stop and not skips and not _changes(state, line):
        if _wishes_unclearly(state, line):
            return _doubtful(state, line, state.form.slot("value"))
        return FormStep(replace(state, status=FormStatus.STOPPED, asked=None), StepKind.STOPPED, "form.stopped")
    if state.status is not FormStatus.OPEN:
        step = _late(state, line if about_it else replace(line, doubted=False, before=(), elsewhere=True))
        # 算了，换成红色吧: whether what was told before is still wanted only the words say
        unsure = stop and step.kind is StepKind.NOTED
        return replace(step, mended="，".join(value for _, value in state.parts)) if unsure else step
    step = _take(state, line if about_it else replace(line, talk=False, elsewhere=True))
    if not step.took and step.kind in (StepKind.ASK, StepKind.DONE) and not about_it:
        return FormStep(state, StepKind.PASS)
    return step


def asked_anew(state: FormState) -> FormStep:
    """The form after a value was taken back: the next one that is missing is asked for."""
    left = state.open_slots()
    return _asking(state, left[0], took=True) if left else FormStep(state, StepKind.CORRECTED, "form.corrected", True)


def begun_again(state: FormState) -> FormStep:
    """A form that was called off and is wanted after all: complete, or the next value that is missing."""
    left = state.open_slots()
    return _asking(state, left[0], took=True) if left else _ended(state, took=True)


def absorb(state: FormState, line: Words) -> FormState:
    """The values that a line gives while nothing is asked and nothing is said, such as after a wish for a person."""
    if state.status is FormStatus.STOPPED:
        return state
    line = seen_from(state, line)
    step = _late(state, line)
    for slot, found in read_values(replace(state, asked=None), replace(line, talk=False, none=False))[1]:
        if found.fault != LATER and slot.kind is SlotKind.TAX_NUMBER:
            step = replace(step, state=step.state.doubted(slot.name, found.value))
    complete = step.state.status is FormStatus.OPEN and not step.state.missing()
    return replace(step.state, status=FormStatus.DONE, asked=None) if complete else step.state


def _changes(state: FormState, line: Words) -> bool:
    """Whether a line that calls something off wishes for something else in its place: 算了，还是39."""
    text = wished(line.text, line.values)
    kept = tuple(entity for entity in line.entities if text[entity.start : entity.end].strip())
    good, bad = read_values(state, replace(line, text=text, entities=kept, talk=False, told=False))
    if any(found.fault not in ("again", LATER) for _, found in bad):  # a number that is wrong is one all the same
        return True
    return held_by(state, good, replace(line, text=text)).holder != state.holder or any(
        dict(state.parts).get(kind) != value
        for slot, found in good
        if slot.kind not in (SlotKind.ORDER, SlotKind.WORDS)
        for kind, value in found.parts or ((slot.name, found.value),)
    )


def _without_address(state: FormState) -> FormStep:
    """Only the new address is called off, which was wanted beside other changes: these stand."""
    parts = {kind: value for kind, value in state.parts if value != UNTOLD}
    kept = replace(state, parts=()).pieced(state.form.slot("value").key, parts)
    left = kept.open_slots()
    return _asking(kept, left[0], took=True) if left else _ended(kept, took=True)


def _wishes_unclearly(state: FormState, line: Words) -> bool:
    """Whether a line that calls off a new address or recipient names another in words: 算了，还是送公司吧."""
    of_people = state.about in _OF_PEOPLE or any(kind in _PEOPLE for kind, _ in state.parts)
    return of_people and not line.asking and names_another(wished(line.text, line.values))


def _take(state: FormState, line: Words) -> FormStep:
    good, bad = read_values(state, line)
    before = state
    state = with_values(state, good, line)
    turned = state.holder != before.holder
    bad = [
        (slot, found)
        for slot, found in bad
        if not turned or slot.kind is SlotKind.TITLE or found.fault != "again" or is_code(slot, found)
    ]
    if not good and _of_before(state, line):
        return FormStep(state, StepKind.PASS)
    if not good and before.value("invoice_title"):
        doubted = _doubted(state, line)
        if doubted.took:
            return doubted
    for slot, found in bad:
        if found.fault != LATER:
            return _failed(state, slot, found)
        state = state.postponed(slot.name)
    left = state.open_slots()
    mended = what_stood(before, good)
    if not left:
        return replace(_ended(state, took=bool(good or bad or turned)), mended=mended)
    if not good and not bad and not turned and before.asked == left[0].name:
        return FormStep(state, StepKind.PASS)
    if mended and before.asked == left[0].name:  # what is lacking was asked for already
        return FormStep(
            replace(state, asked=before.asked), StepKind.CORRECTED, "form.corrected", took=True, mended=mended
        )
    if good and left[0].kind is SlotKind.CHOICE and _asked_before(before, left[0]):
        say = f"form.{state.form.id}.{left[0].name}.again2"
        return FormStep(replace(state, asked=left[0].name), StepKind.ASK, say, took=True)
    return replace(_asking(state, left[0], took=bool(good or bad or turned)), mended=mended)


def _asked_before(state: FormState, slot: FormSlot) -> bool:
    """Whether the slot was asked for already: it is what was asked last, or stands before that."""
    names = [one.name for one in state.form.slots]
    return state.asked is not None and names.index(state.asked) >= names.index(slot.name)


def _asking(state: FormState, slot: FormSlot, *, took: bool) -> FormStep:
    """Ask for a slot; of a value that has come in part, for what is lacking in it, and once more for a faulty one."""
    lacks = lacking(dict(state.parts)) if slot.kind is SlotKind.NEW_VALUE else ""
    faulty = slot.kind in _CODES and slot.name in dict(state.refused)
    say = f"form.{state.form.id}.{slot.name}{f'.{_LACKS[lacks]}' if lacks else '.again' if faulty else ''}"
    return FormStep(replace(state, asked=slot.name), StepKind.ASK, say, took=took)


def _of_before(state: FormState, line: Words) -> bool:
    """Whether the line only says once more that a value before the one asked for now is not there."""
    wanted = state.asked is not None and state.form.slot(state.asked).kind is not SlotKind.EMAIL
    without = bool(state.put_off) or any(value == NO_NUMBER for _, value in state.values)
    return wanted and without and still_missing(line.text)


def _failed(state: FormState, slot: FormSlot, found: Found) -> FormStep:
    state = state.failed(slot.name, found.value)
    if dict(state.tries)[slot.name] > MOST_TRIES:
        return FormStep(
            replace(state, status=FormStatus.HANDED, asked=None), StepKind.HANDED, "form.handover", took=True
        )
    return FormStep(state, StepKind.AGAIN, _again(state, slot, found), took=True)


def _ended(state: FormState, *, took: bool) -> FormStep:
    """Nothing is left to ask for; what the buyer will bring later is for people."""
    if state.missing():
        return FormStep(
            replace(state, status=FormStatus.HANDED, asked=None), StepKind.HANDED, "form.handover", took=True
        )
    done = replace(state, status=FormStatus.DONE, asked=None)
    return FormStep(done, StepKind.DONE, f"form.{state.form.id}.done", took=took)


def _again(state: FormState, slot: FormSlot, found: Found) -> str:
    prefix = f"form.{state.form.id}.{slot.name}"
    if dict(state.tries)[slot.name] == 1:
        return f"{prefix}.{found.fault}"
    return f"{prefix}.again" if found.fault != "again" else f"{prefix}.again2"


def _late(state: FormState, line: Words) -> FormStep:
    """After the end a new value replaces the old one or mends what was handed over; the rest is not the form's."""
    silent = replace(line, talk=False, none=False)
    good, _ = read_values(replace(state, asked=None), silent)
    new = [(slot, found) for slot, found in good if state.value(slot.key) != found.value]
    several = of_several(state, line)
    after = with_values(state, new, line)
    for slot in state.form.slots:
        says_more = slot.kind is SlotKind.WORDS and state.value(slot.key) and read_slot(slot, silent, asked=False)
        if says_more and not line.asking:
            after = after.added(slot.key, line.text)
    if after == state:
        return _doubted(state, line)
    emptied = next((slot for slot, found in new if found.short), None)
    if emptied is not None:
        say = f"form.{state.form.id}.{emptied.name}.again"
        return FormStep(replace(after, status=FormStatus.OPEN, asked=emptied.name), StepKind.ASK, say, took=True)
    corrected = any(
        replaces(state, slot, found)
        for slot, found in new
        if not (several and slot.kind in (SlotKind.ORDER, SlotKind.NEW_VALUE))
    )
    kind = StepKind.CORRECTED if corrected else StepKind.NOTED
    return FormStep(after, kind, f"form.{kind.value}", took=True, mended=what_stood(state, new))


def _doubted(state: FormState, line: Words) -> FormStep:
    """A line that only says that what was given is wrong: the right value is asked for, and it is complete no more."""
    slot = next((slot for slot in mendable(state) if state.value(slot.key)), None)
    if slot is None or line.asking or not says_wrong(line, slot):
        return FormStep(state, StepKind.PASS)
    return _doubtful(state, line, slot)


def _doubtful(state: FormState, line: Words, slot: FormSlot) -> FormStep:
    """The right value is asked for, and the line is kept with the slot."""
    say = f"form.{state.form.id}.{slot.name}{'.again' if slot.kind is SlotKind.TITLE else ''}"
    return FormStep(state.doubted(slot.name, line.text[:MOST_WORDS]), StepKind.ASK, say, took=True)
