"""All values that a line gives a form, good ones and faulty ones; what it only asks about is none."""

from __future__ import annotations

import re
from dataclasses import replace

from contracts.form_questions import told_entities, told_part
from contracts.form_values import read_slot
from contracts.form_words import LATER, Found, Words
from contracts.forms import FormSlot, FormState, SlotKind

_NAMED = (SlotKind.TITLE, SlotKind.CHOICE, SlotKind.NEW_VALUE)
"""Kinds of slots whose values a question may name without wanting them."""
_REQUEST = re.compile(r"能|可以|帮|麻烦|请|给我|行[吗不]|好[吗不]")
_TO_BE_TOLD = re.compile(r"多少|几[个字行]|多[久长]|什么|啥|怎|咋|哪|了[吗么没]")


def read_values(state: FormState, line: Words) -> tuple[list[tuple[FormSlot, Found]], list[tuple[FormSlot, Found]]]:
    """Good values and faulty ones, each with its slot."""
    told = {slot.name for slot in state.form.slots if slot.kind is SlotKind.WORDS and state.value(slot.key)}
    found = [
        (slot, read_slot(slot, _telling(slot, line), asked=slot.name == state.asked))
        for slot in state.form.slots
        if slot.name not in told or slot.name == state.asked
    ]
    found = [(slot, value) for slot, value in found if value and not (value.hinted and state.value(slot.key))]
    good = [(slot, value) for slot, value in found if value and not value.fault]
    bad = [(slot, value) for slot, value in found if value and value.fault]
    codes = [
        (slot, value)
        for slot, value in bad
        if (slot.kind is SlotKind.TAX_NUMBER and value.fault != LATER) or is_code(slot, value)
    ]
    if codes:  # what was meant as a number or an e-mail is no failed answer to something else
        bad = [(slot, value) for slot, value in bad if value.fault != "again" or (slot, value) in codes]
    if good:
        # An answer to something else is no failed answer to what was asked; a faulty code is one all the same.
        bad = [(slot, value) for slot, value in bad if value.fault != "again" or is_code(slot, value)]
    return good, bad


def is_code(slot: FormSlot, found: Found) -> bool:
    """Whether a faulty value looks like a code all the same."""
    return slot.kind is SlotKind.EMAIL and "@" in found.value


def _telling(slot: FormSlot, line: Words) -> Words:
    """The line without what it only asks about: 红色还是蓝色好看 names no colour that is wanted."""
    asks_for_it = line.topic in slot.told_by and _REQUEST.search(line.text) and not _TO_BE_TOLD.search(line.text)
    if not line.asking or slot.kind not in _NAMED or asks_for_it:
        return line
    told = told_part(line.text)
    return replace(line, text=told, entities=told_entities(told, line.entities), topic=line.topic if told else "")
