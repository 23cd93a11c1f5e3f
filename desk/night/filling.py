"""Forms in a conversation: which one a line starts, goes on with or ends."""

from __future__ import annotations

from dataclasses import dataclass, replace

from contracts.form_steps import FormStep, StepKind, advance, start
from contracts.form_values import Words, read_slot
from contracts.forms import FORMS, INVOICE, ORDER_CHANGE, Form, FormState, FormStatus, SlotKind
from desk.night.reading import Reading

_LIKELY = 0.5
"""Probability of a topic at which a line is about it."""

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
    """What a form makes of a line. `fresh` when the line gave it words but no value."""

    step: FormStep
    fresh: bool = False

    @property
    def reason(self) -> str:
        return f"{self.step.state.form.title}：{_REASONS[self.step.kind]}"


def fill_form(reading: Reading, state: FormState | None, known: dict[str, str]) -> Filling | None:
    """What forms make of the line, None when it is no form's business; `known` are values that need no question."""
    words = _words(reading)
    form = _started(reading)
    if state is not None:
        other = form is not None and form is not state.form
        step = advance(
            state,
            replace(words, within=not other),
            stop=reading.has("stop"),
            about_it=not other and _about(reading, state.form),
        )
        if step.kind is not StepKind.PASS and not (other and not step.took):
            return Filling(step)
        if state.status is FormStatus.OPEN and not other:
            more = reading.topic in state.form.topics and not reading.has("question")
            return Filling(FormStep(state.worded(reading.text), StepKind.NOTED)) if more else None
    if form is None or (state is not None and state.form is form and state.status is not FormStatus.STOPPED):
        return None
    opening = replace(words, talk=False, none=False)
    given = [slot for slot in form.slots if slot.kind is not SlotKind.WORDS and read_slot(slot, opening, asked=False)]
    return Filling(start(form, opening, known), fresh=not given)


def _words(reading: Reading) -> Words:
    chat = bool(reading.small_talk) or reading.intent == "greet" or reading.has("question")
    return Words(
        text=reading.text,
        entities=reading.entities,
        topic=reading.topic,
        none=reading.has("none"),
        told=reading.has("reason") and not reading.has("question"),
        talk=not chat,
        asking=reading.has("question"),
    )


def _started(reading: Reading) -> Form | None:
    """The form that this line starts."""
    names = {entity.name for entity in reading.entities if entity.value not in ("公司", "企业", "单位")}
    for form in FORMS:
        if names & form.openers and not reading.business | (reading.topic in form.topics):
            return form
        likely = reading.topic in form.topics and reading.probabilities.total(form.topics) >= _LIKELY
        if likely and reading.topic in form.on_sight:
            return form
        wished = reading.has("request") or (reading.has("mistake") and form.id in (INVOICE, ORDER_CHANGE))
        if reading.topic in form.on_request and (names & form.openers or (likely and wished)):
            return form
    return None


def _about(reading: Reading, form: Form) -> bool:
    """Whether the line may belong to the form: it is not small talk and not clearly about something else."""
    if reading.small_talk or reading.intent == "greet":
        return False
    if not reading.business or reading.topic in form.topics:
        return True
    return reading.probabilities.of_name(reading.topic) < _LIKELY and not reading.has("question")
