"""A line beside what a form holds already: what it sets right, takes the place of, or goes back to."""

from __future__ import annotations

from dataclasses import replace

from contracts.form_back import SORTS, goes_back, refuses_change
from contracts.form_corrections import doubts
from contracts.form_orders import BETWEEN, TAIL
from contracts.form_title_corrections import doubts_title
from contracts.form_words import Found, Words
from contracts.forms import ATTACHED, ORDER_CHANGE, PAPER, PERSON, FormSlot, FormState, SlotKind, is_person


def seen_from(state: FormState, line: Words) -> Words:
    """The line with what the form holds that it may be about."""
    title = state.value("invoice_title") or ""
    several = BETWEEN in (state.value("order_number") or "") or BETWEEN in line.orders
    doubted = any(slot.name in dict(state.refused) for slot in mendable(state))
    return replace(
        line,
        nameless=title == PERSON,
        about=state.about,
        before=() if several else state.parts,
        doubted=doubted,
        titled="" if title == PERSON else title,
        coded=_coded(state),
        paper=state.value("invoice_medium") == PAPER,
        personal=is_person(title, state.holder),
    )


def _coded(state: FormState) -> str:
    """The tax number as it was given last."""
    given = dict(state.refused).get("tax_number") or state.value("tax_number") or ""
    return given if any(character.isdigit() for character in given) else ""


def mendable(state: FormState) -> list[FormSlot]:
    """Slots whose values may be set right in part."""
    return [slot for slot in state.form.slots if slot.kind in (SlotKind.NEW_VALUE, SlotKind.TITLE)]


def goes_back_to_it(state: FormState, line: Words, *, stop: bool) -> bool:
    """Whether the line wants in the end what the order has: then there is nothing to change."""
    changed = frozenset(kind for kind, _ in state.parts)
    if state.form.id != ORDER_CHANGE or line.asking or not changed <= set(SORTS):
        return False
    refused = stop and bool(changed) and refuses_change(line.text, line.entities, state.had)
    return refused or goes_back(line.text, line.entities, state.had, changed)


def what_stood(state: FormState, good: list[tuple[FormSlot, Found]]) -> str:
    """What stood where a line set something right or chose otherwise."""
    return "，".join(
        state.value(slot.key) or "，".join(value for _, value in state.parts)
        for slot, found in good
        if found.mends or _chose_otherwise(state, slot, found)
    )


def _chose_otherwise(state: FormState, slot: FormSlot, found: Found) -> bool:
    return slot.kind is SlotKind.CHOICE and state.value(slot.key) not in (None, found.value)


def says_wrong(line: Words, slot: FormSlot) -> bool:
    """Whether the line only says that the value of the slot is wrong."""
    if slot.kind is SlotKind.TITLE:
        return bool(line.titled) and not line.elsewhere and doubts_title(line.text)
    return bool(line.before) and doubts(line.text)


def replaces(state: FormState, slot: FormSlot, found: Found) -> bool:
    """Whether the value takes the place of one that the buyer gave before."""
    if found.adds:
        return False
    if found.parts:
        return all(kind in dict(state.parts) for kind, _ in found.parts)
    before = state.value(slot.key)
    if before is None:
        return False
    fuller = before.startswith(TAIL) and found.value.endswith(before.removeprefix(TAIL))
    return before not in (ATTACHED, PERSON) and not fuller
