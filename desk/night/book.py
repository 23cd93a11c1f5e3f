"""The handover entry of a conversation, from what its closed period holds."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime

from contracts.form_address_levels import mended_address, reaches_the_house
from contracts.form_changes import is_masked
from contracts.form_conditions import main_part
from contracts.form_meant import MEANT, meant, named_orders
from contracts.form_orders import BETWEEN, TAIL, corrects, orders_of, orders_told, several_orders
from contracts.form_people import with_recipient
from contracts.form_questions import told_part
from contracts.form_small_words import CLAUSE
from contracts.form_titles import clean_title, names_nobody, stated_title
from contracts.forms import ATTACHED, COMPANY, PAPER, PERSON, FormSlot, FormState, FormStatus, SlotKind, is_person
from contracts.handover import Handover, Promise
from contracts.homophones import right_labels
from contracts.tax_number import compact, tax_number_fault
from contracts.understanding import Entity
from desk.night.points import short, texts
from desk.night.talk import Period, Want
from desk.night.which_orders import ToldOrders, told_orders
from desk.night.wording import asks

KEPT = frozenset(
    "order_number parcel_number phone item_number product_link invoice_title tax_number email colour size address "
    "person_name".split()
)
"""Entities that the morning can use."""

DETAILS = "details"
"""The point about lines that only bring something."""

ORDERS = "orders"
"""The point about lines that speak of more than one order."""

_WHERE = ("address", "phone", "person_name")
_OF_INVOICE = ("invoice_address", "mail_to")
"""Places of an invoice form that hold the company's own address, and the one for the invoice on paper."""
_MOST_WANTS = 3
_SORTS = frozenset({"colour", "size"})
_CHOSEN = re.compile(r"[码号色的]{0,2}(?:吧|就[行好])")
_SENT = re.compile(r"(?:发|寄|送|收)(?:过?来|到|给我|成|错|的)|(?<!要)来的|到手")
"""Words of what others sent, which is not what the buyer wants."""


def collect(collected: dict[str, str], text: str, entities: tuple[Entity, ...], form: FormState | None = None) -> None:
    """Put the entities of a line to what was collected; a later value replaces the earlier. A faulty number is left.

    Orders are kept side by side, and where there are several so are the values that each of them may have. What the
    `form` made of the line stands over its entities: a corrected part is no whole value, and a title is no address.
    """
    text = right_labels(text)
    numbers = [number for number in named_orders(text, entities) if not _of_tax(number, form)]
    several = several_orders(text) or BETWEEN in (collected.get("order_number") or "")
    if numbers:
        told = orders_told(collected.get("order_number"), text, numbers)
        several = several or (told is not None and BETWEEN in told)
        collected.update({"order_number": told} if told else {})
    _keep_apart(collected, told_orders(text))
    entities = with_recipient(text, entities)
    title = form.value("invoice_title") if form and not is_person(form.value("invoice_title") or "") else None
    title = title if title and title in text else stated_title(text)
    until = len(main_part(text))
    of_invoice = " ".join(form.value(key) or "" for key in _OF_INVOICE) if form else ""
    for entity in entities:
        value = entity.value
        if entity.name in _WHERE and value in of_invoice:  # the parcel goes elsewhere
            continue
        if entity.name in MEANT and entity.start >= until:  # what would do as well
            continue
        if entity.name in MEANT and value not in meant(text, [e.value for e in entities if e.name == entity.name]):
            continue
        if entity.name == "invoice_title":
            value = clean_title(value)
        if entity.name == "tax_number":
            value = compact(value)
        faulty = entity.name == "tax_number" and tax_number_fault(value) is not None
        faulty = faulty or (entity.name == "phone" and is_masked(value))
        if dict(form.parts if form else ()).get(entity.name) is None and _is_none(text, entity):
            continue
        vague = not value or (entity.name == "invoice_title" and names_nobody(value))
        if entity.name == "order_number" or entity.name not in KEPT or vague or faulty:
            continue
        before = collected.get(entity.name)
        if form is not None and entity.name == "person_name" and value == form.value("invoice_title"):
            continue
        if title and value in title and entity.name in ("address", "person_name"):
            continue
        if entity.name == "address" and before and not several:
            value = mended_address(before, value, wrong=corrects(text)) or value
        beside = several and entity.name in MEANT and before and not corrects(text)
        if beside and before and value not in before.split(BETWEEN):
            value = f"{before}{BETWEEN}{value}"
        if not (beside and before and value in before.split(BETWEEN)):
            collected[entity.name] = value
    if form is not None and form.holder == COMPANY and is_person(collected.get("invoice_title", "")):
        del collected["invoice_title"]
    if form is not None and not several:
        collected.update((kind, value) for kind, value in form.parts if kind in collected)


def _of_tax(number: str, form: FormState | None) -> bool:
    """Whether what looks like an order's number is what was given for the tax number."""
    given = (form.value("tax_number"), dict(form.refused).get("tax_number")) if form is not None else ()
    return any(number in code for code in given if code)


def _keep_apart(collected: dict[str, str], told: ToldOrders) -> None:
    """Of orders that are told apart those to be cancelled are the number; one to be kept never stands there alone."""
    if told.cancelled and (told.kept or "order_number" not in collected):
        collected["order_number"] = BETWEEN.join(told.cancelled)
    elif told.kept:
        left = [number for number in orders_of(collected.get("order_number")) if not _named(number, told.kept)]
        collected.update({"order_number": BETWEEN.join(left)})
        if not left:
            del collected["order_number"]


def _named(number: str, others: tuple[str, ...]) -> bool:
    return any(number.endswith(other.removeprefix(TAIL)) for other in others)


def _is_none(text: str, entity: Entity) -> bool:
    """Whether an entity is asked about or spoken of, and nothing that the morning could deliver (几天能到某地)."""
    if entity.name == "address":
        return not reaches_the_house(entity.value)
    if entity.value == PERSON:
        return PERSON not in told_part(text)
    if entity.name not in _SORTS:
        return False
    clause = next((found for found in CLAUSE.finditer(text) if found.start() <= entity.start < found.end()), None)
    words = clause.group() if clause else text
    chosen = _CHOSEN.match(text, entity.end)
    return bool(_SENT.search(words)) or (asks(words) and not chosen)


def entry(
    period: Period,
    collected: Mapping[str, str],
    promised: tuple[Promise, ...],
    returns_at: datetime | None,
    labels: Mapping[str, str],
) -> Handover:
    """The entry as it stands after the last line; `promised` is what people promised, and still owe."""
    form = period.form
    told = {ATTACHED, collected.get("parcel_number")}
    values = {key: value for key, value in form.values if key != "order_number" or value not in told} if form else {}
    stopped = form is not None and form.status is FormStatus.STOPPED
    if form is not None and stopped:  # what it was about is not wanted any more
        parts = dict(form.parts)
        dropped = {kind for kind, value in parts.items() if kind in _SORTS or collected.get(kind) == value}
        collected = {kind: value for kind, value in collected.items() if kind not in dropped}
    return Handover(
        urgent=period.urgent,
        wants=_wants(period.wants or _unnamed(period), labels),
        collected={**collected, **({} if stopped else values)},
        form=form.form.id if form and not stopped else None,
        asks=(*_form_asks(form, collected, several=_several(period, collected)), *texts(period.asks)),
        promises=(*promised, *(promise for promise in period.promises if promise not in promised)),
        returns_at=returns_at,
    )


def _unnamed(period: Period) -> tuple[Want, ...]:
    """What was brought by a buyer who named no wish: the entry says so."""
    return tuple(Want("买家发来资料", words) for point in period.points(DETAILS) for words in point.words[-1:])


def _wants(wants: tuple[Want, ...], labels: Mapping[str, str]) -> str:
    """The topics last spoken of, the urgent before the others, each in the words that first named it.

    What the buyer came with stays among them.
    """
    named: dict[str, Want] = {}
    for want in wants:
        named[want.topic] = named.pop(want.topic, want)
    ordered = sorted(named.values(), key=lambda want: want.urgent)
    first = next((want for want in wants if not want.urgent), None)
    if first is not None and named[first.topic] not in ordered[-_MOST_WANTS:]:
        ordered = [named[first.topic], *ordered[1 - _MOST_WANTS :]]
    ordered = ordered[-_MOST_WANTS:]
    return "；".join(f"{labels.get(want.topic, want.topic)}：“{short(want.words)}”" for want in reversed(ordered))


def earlier_form(state: FormState) -> str:
    """What a form had collected when another took its place."""
    values = [f"{slot.title} {value}" for slot in state.form.slots if (value := _shown(state, slot.key))]
    missing = [slot.title for slot in state.missing()]
    parts = [*values, *([f"还缺{'、'.join(missing)}"] if missing else ["资料已齐"])]
    return f"另有{state.form.title}：{'；'.join(parts)}"


def _shown(state: FormState, key: str) -> str | None:
    value = state.value(key)
    return None if value == ATTACHED else value


def _several(period: Period, collected: Mapping[str, str]) -> bool:
    return bool(period.points(ORDERS)) or len(orders_of(collected.get("order_number"))) > 1


def _form_asks(state: FormState | None, collected: Mapping[str, str], *, several: bool) -> list[str]:
    if state is None or state.status is FormStatus.STOPPED:
        return []
    state = state.completed(collected)
    titles = {slot.name: slot.title for slot in state.form.slots}
    asks = [f"{titles[name]}“{value}”核对不上，请和买家确认" for name, value in state.refused]
    missing = [_missing(slot, state) for slot in state.missing() if slot.name not in dict(state.refused)]
    if missing:
        asks.append(f"{state.form.title}还缺：{'、'.join(missing)}")
    if state.value("invoice_medium") == PAPER and not (state.value("mail_to") or "address" in collected):
        asks.append(f"{state.form.title}：买家要纸质的，请先确认能不能寄、寄到哪里")
    if several:
        asks.append(f"{state.form.title}：不止一个订单，请看原话分清哪一单再办")
    elif not asks:
        asks.append(f"资料已齐，请核对后办理：{state.form.title}")
    return asks


def _missing(slot: FormSlot, state: FormState) -> str:
    if slot.kind is SlotKind.NEW_VALUE and state.parts:
        return f"{slot.title}（只有“{'，'.join(value for _, value in state.parts)}”，还不完整）"
    return f"{slot.title}（买家说以后再给）" if slot.name in state.put_off else slot.title
