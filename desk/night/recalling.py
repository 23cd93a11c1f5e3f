"""Values that a line gives only in the light of what was told before: a bare number sets one of them right."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from contracts.form_goods import bare_shade, is_size, with_entities, with_goods
from contracts.form_numbers import Bare, Told, bare_number, replaced, told_numbers
from contracts.form_orders import TAIL, order_tails
from contracts.forms import ORDER_CHANGE, FormState, FormStatus
from contracts.taxonomy import intent_of
from contracts.understanding import Entity
from desk.night.reading import LIKELY, Reading
from desk.night.talk import Period

_GOODS = "order_change/item"
_OF_MONEY_OR_TIME = frozenset({"discount", "payment", "coupon", "shipping", "order_status"})
"""Intents of lines whose numbers are prices and days."""
_SORTS = frozenset({"colour", "size"})
_GIVES = frozenset({"size", "count", "phone", "order_number", "parcel_number", "tax_number"})
"""Entities beside which a bare number is not needed to say what a line gives."""


def recalled(reading: Reading, period: Period, collected: Mapping[str, str]) -> Reading:
    """The reading with the values that the form and what was collected so far show in it."""
    entities = with_goods(reading.text, reading.entities)
    entities = with_entities(entities, _by_number(reading, entities, period, collected))
    entities = with_entities(entities, _by_shade(reading, entities, period.form))
    if entities == reading.entities:
        return reading
    understood = replace(reading.answer.understanding, entities=entities)
    return replace(reading, answer=replace(reading.answer, understanding=understood))


def _by_number(
    reading: Reading, entities: tuple[Entity, ...], period: Period, collected: Mapping[str, str]
) -> tuple[Entity, ...]:
    form = period.form
    changing = form is not None and form.form.id == ORDER_CHANGE and form.status is not FormStatus.STOPPED
    running = form if changing else None
    bare = bare_number(_without_colours(reading.text, entities)) or _tail(reading.text)
    if bare is None or reading.has("question") or any(entity.name in _GIVES for entity in entities):
        return ()
    likely = reading.probabilities.of_name(reading.topic) >= LIKELY
    spoken_of = running is not None and period.matter is running.form
    if likely and intent_of(reading.topic) in _OF_MONEY_OR_TIME and not spoken_of:
        return ()
    parts = running.parts if running else tuple((kind, collected[kind]) for kind in ("size",) if kind in collected)
    if not parts and bare.old and any(_named(bare.old, want.words) for want in period.wants if want.topic == _GOODS):
        parts = (("size", bare.old),)  # of a wish that no form took
    goods = likely and reading.topic == _GOODS
    goods = goods or (running is not None and (running.about == _GOODS or any(kind in _SORTS for kind, _ in parts)))
    told = told_numbers(parts, collected.get("order_number"), len(bare.figures))
    best = replaced(reading.text, bare, told, sized=goods and all(one.kind != "size" for one in told))
    return (_entity(best, bare),) if best is not None and best.kind != "address" else ()


def _named(number: str, words: str) -> bool:
    return is_size(number) and bool(re.search(rf"(?<![\d.]){re.escape(number)}(?![\d.])", words))


def _without_colours(text: str, entities: tuple[Entity, ...]) -> str:
    """The text with spaces for its colours: a number behind one may be its size."""
    for entity in entities:
        if entity.name == "colour":
            text = f"{text[: entity.start]}{' ' * (entity.end - entity.start)}{text[entity.end :]}"
    return text


def _by_shade(reading: Reading, entities: tuple[Entity, ...], form: FormState | None) -> tuple[Entity, ...]:
    """A colour without a word for it, where a colour was told before: 深灰吧."""
    told = form is not None and form.status is not FormStatus.STOPPED and "colour" in dict(form.parts)
    if not told or reading.has("question") or any(entity.name == "colour" for entity in entities):
        return ()
    return bare_shade(reading.text)


def _tail(text: str) -> Bare | None:
    """The last digits of a number that the line gives; whose they are it may leave open."""
    tails = [tail.removeprefix(TAIL) for tail in order_tails(text)]
    start = text.find(tails[-1]) if len(tails) == 1 else -1
    return Bare(tails[-1], start, start + len(tails[-1])) if start >= 0 else None


def _entity(told: Told, bare: Bare) -> Entity:
    """What the number makes of the value told before: other last digits, another size, or more of it."""
    if told.kind == "size":
        return Entity("size", f"{bare.figures}{told.unit}", bare.start, bare.end)
    if told.kind == "count":
        return Entity("count", told.value.replace(told.figures, bare.figures), bare.start, bare.end)
    name = "order_number" if told.kind == "order" else "phone"
    return Entity(name, f"{told.value[: -len(bare.figures)]}{bare.figures}", bare.start, bare.end)
