"""One step of a form: what a buyer's line changes, and what is said next. Pure, so that every runtime can drive it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum

from contracts.form_values import Found, Words, read_slot
from contracts.forms import Form, FormSlot, FormState, FormStatus, SlotKind

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
    """The state after a line and the id of the text to say; "" says nothing. `took` when the line gave a value."""

    state: FormState
    kind: StepKind
    say: str = ""
    took: bool = False


def start(form: Form, line: Words, known: dict[str, str]) -> FormStep:
    """Begin a form with what is known already and what the line that started it says."""
    usable = {slot.key: known[slot.key] for slot in form.slots if slot.key in known}
    return _take(FormState(form).filled(usable), line)


def advance(state: FormState, line: Words, *, stop: bool, about_it: bool) -> FormStep:
    """Go on with a form. `stop` when the buyer calls it off; `about_it` when the line is not about something else."""
    if state.status is FormStatus.STOPPED:
        return FormStep(state, StepKind.PASS)
    line = replace(line, nameless=state.value("invoice_title") == "个人")
    asked = state.form.slot(state.asked) if state.asked else None
    skips = asked is not None and line.none and read_slot(asked, line, asked=True) is not None
    if stop and not skips and not _read(state, replace(line, talk=False, told=False))[0]:
        return FormStep(replace(state, status=FormStatus.STOPPED, asked=None), StepKind.STOPPED, "form.stopped")
    if state.status is not FormStatus.OPEN:
        return _late(state, line)
    step = _take(state, line if about_it else replace(line, talk=False))
    if not step.took and step.kind in (StepKind.ASK, StepKind.DONE) and not about_it:
        return FormStep(state, StepKind.PASS)
    return step


def _take(state: FormState, line: Words) -> FormStep:
    good, bad = _read(state, line)
    before = state
    state = _with(state, good)
    if bad:
        slot, found = bad[0]
        state = state.failed(slot.name, found.value)
        if dict(state.tries)[slot.name] > MOST_TRIES:
            handed = replace(state, status=FormStatus.HANDED, asked=None)
            return FormStep(handed, StepKind.HANDED, "form.handover", took=True)
        return FormStep(state, StepKind.AGAIN, _again(state, slot, found), took=True)
    missing = state.missing()
    if not missing:
        done = replace(state, status=FormStatus.DONE, asked=None)
        return FormStep(done, StepKind.DONE, f"form.{state.form.id}.done", took=bool(good))
    if not good and before.asked == missing[0].name:
        return FormStep(state, StepKind.PASS)
    slot = missing[0]
    return FormStep(replace(state, asked=slot.name), StepKind.ASK, f"form.{state.form.id}.{slot.name}", took=bool(good))


def _with(state: FormState, good: list[tuple[FormSlot, Found]]) -> FormState:
    for slot, found in good:
        state = state.pieced(slot.key, dict(found.parts)) if found.parts else state.filled({slot.key: found.value})
    return state


def _read(state: FormState, line: Words) -> tuple[list[tuple[FormSlot, Found]], list[tuple[FormSlot, Found]]]:
    """Good values and faulty ones, each with its slot."""
    told = {slot.name for slot in state.form.slots if slot.kind is SlotKind.WORDS and state.value(slot.key)}
    found = [
        (slot, read_slot(slot, line, asked=slot.name == state.asked))
        for slot in state.form.slots
        if slot.name not in told or slot.name == state.asked
    ]
    good = [(slot, value) for slot, value in found if value is not None and not value.fault]
    bad = [(slot, value) for slot, value in found if value is not None and value.fault]
    if good:
        # An answer to something else is no failed answer to what was asked; a faulty code is one all the same.
        bad = [(slot, value) for slot, value in bad if value.fault != "again" or "@" in value.value]
    return good, bad


def _again(state: FormState, slot: FormSlot, found: Found) -> str:
    prefix = f"form.{state.form.id}.{slot.name}"
    if dict(state.tries)[slot.name] == 1:
        return f"{prefix}.{found.fault}"
    return f"{prefix}.again" if found.fault != "again" else f"{prefix}.again2"


def _late(state: FormState, line: Words) -> FormStep:
    """After the end a new value replaces the old one or mends what was handed over; the rest is not the form's."""
    silent = replace(line, talk=False, none=False)
    good, _ = _read(replace(state, asked=None), silent)
    fresh = {slot.key: found.value for slot, found in good if state.value(slot.key) != found.value}
    if not fresh:
        return FormStep(state, StepKind.PASS)
    new = [(slot, found) for slot, found in good if slot.key in fresh]
    kinds = dict(state.parts)
    known = [
        all(kind in kinds for kind, _ in found.parts) if found.parts else state.value(slot.key) is not None
        for slot, found in new
    ]
    corrected = any(known)
    state = _with(state, new)
    kind = StepKind.CORRECTED if corrected else StepKind.NOTED
    return FormStep(state, kind, f"form.{kind.value}", took=True)
