"""What the values of a line make of a form: put in, put together or put beside those that are there. Pure."""

from __future__ import annotations

from dataclasses import replace

from contracts.form_back import left_behind
from contracts.form_orders import BETWEEN
from contracts.form_questions import told_part
from contracts.form_titles import said_holder, without_body
from contracts.form_values import NO_EMAIL
from contracts.form_words import Found, Words
from contracts.forms import (
    ATTACHED,
    COMPANY,
    INVOICE,
    MOST_WORDS,
    ORDER_CHANGE,
    PAPER,
    FormSlot,
    FormState,
    SlotKind,
    is_person,
)


def with_values(state: FormState, good: list[tuple[FormSlot, Found]], line: Words) -> FormState:
    """The form with the values that a line gave, and with whose invoice it is to be."""
    several, first = of_several(state, line), state
    if state.form.id == ORDER_CHANGE:
        had = left_behind(line.text, line.entities)
        state = replace(state, had=tuple(dict.fromkeys((*state.had, *had)))) if had else state
    for slot, found in good:
        if several and slot.kind is SlotKind.NEW_VALUE:
            before = state.value(slot.key)
            state = state.added(slot.key, line.text) if before else state.filled({slot.key: line.text[:MOST_WORDS]})
        elif found.short:
            state = state.gathering(slot.key, dict(found.parts))
        elif found.parts:
            state = state.pieced(slot.key, dict(found.parts))
        else:
            state = state.filled({slot.key: found.value})
    state = _by_mail(first, state)
    return held_by(state, good, line)


def _by_mail(before: FormState, state: FormState) -> FormState:
    """An invoice that is not to be on paper after all goes to an e-mail, which was not wanted before."""
    turned = before.value("invoice_medium") == PAPER and state.value("invoice_medium") not in (PAPER, None)
    unasked = state.value("email") == NO_EMAIL and before.value("email") == NO_EMAIL
    return state.emptied("email") if turned and unasked else state


def held_by(state: FormState, good: list[tuple[FormSlot, Found]], line: Words) -> FormState:
    """With whose invoice it is when the line says so; a person's title gives way when it is to be a company's."""
    told = told_part(line.text) if line.asking else line.text
    holder = (said_holder(told) or without_body(line.text)) if state.form.id == INVOICE else ""
    if not holder or not (line.within or line.topic.startswith("invoice/")):
        return state
    titled = any(slot.kind is SlotKind.TITLE for slot, _ in good)
    if holder == COMPANY and not titled and is_person(state.value("invoice_title") or ""):
        state = state.emptied("invoice_title")
    return replace(state, holder=holder)


def of_several(state: FormState, line: Words) -> bool:
    """Whether the values of the line may be another order's than those before it."""
    return another_order(state, line) or BETWEEN in (state.value("order_number") or "")


def another_order(state: FormState, line: Words) -> bool:
    """Whether the line names one order more than the form is about: its values are not the first one's."""
    before = state.value("order_number")
    told = before is not None and before != ATTACHED
    return told and BETWEEN in line.orders and before != line.orders and line.orders.startswith(f"{before}{BETWEEN}")
