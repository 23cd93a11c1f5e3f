"""The handover entry of a conversation, from what its closed period holds."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from contracts.form_values import MEANT, clean_title, meant
from contracts.forms import FormState, FormStatus
from contracts.handover import Handover, Promise
from contracts.tax_number import compact, tax_number_fault
from contracts.understanding import Entity
from desk.night.talk import ATTACHED, Period, Want

KEPT = frozenset(
    "order_number parcel_number phone item_number product_link invoice_title tax_number email colour size address "
    "person_name".split()
)
"""Entities that the morning can use."""

_MOST_WANTS = 3
_MOST_WORDS = 40
_VAGUE = frozenset({"公司", "企业", "单位", ""})


def collect(collected: dict[str, str], text: str, entities: tuple[Entity, ...]) -> None:
    """Put the entities of a line to what was collected; a later value replaces the earlier. A faulty number is left."""
    for entity in entities:
        value = entity.value
        if entity.name in MEANT and value not in meant(text, [e.value for e in entities if e.name == entity.name]):
            continue
        if entity.name == "invoice_title":
            value = clean_title(value)
        if entity.name == "tax_number":
            value = compact(value)
        faulty = entity.name == "tax_number" and tax_number_fault(value) is not None
        if entity.name in KEPT and value not in _VAGUE and not faulty:
            collected[entity.name] = value


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
    return Handover(
        urgent=period.urgent,
        wants=_wants(period.wants, labels),
        collected={**collected, **({} if stopped else values)},
        form=form.form.id if form and not stopped else None,
        asks=(*_form_asks(form), *(text for _, text in period.asks)),
        promises=(*promised, *(promise for promise in period.promises if promise not in promised)),
        returns_at=returns_at,
    )


def short(words: str) -> str:
    """A buyer's words, cut to what one line holds."""
    return words if len(words) <= _MOST_WORDS else words[: _MOST_WORDS - 1] + "…"


def _wants(wants: tuple[Want, ...], labels: Mapping[str, str]) -> str:
    """The topics last spoken of, the urgent before the others, each in the words that first named it."""
    named: dict[str, Want] = {}
    for want in wants:
        named[want.topic] = named.pop(want.topic, want)
    ordered = sorted(named.values(), key=lambda want: want.urgent)[-_MOST_WANTS:]
    return "；".join(f"{labels.get(want.topic, want.topic)}：“{short(want.words)}”" for want in reversed(ordered))


def _form_asks(state: FormState | None) -> list[str]:
    if state is None or state.status is FormStatus.STOPPED:
        return []
    titles = {slot.name: slot.title for slot in state.form.slots}
    asks = [f"{titles[name]}“{value}”核对不上，请和买家确认" for name, value in state.refused]
    missing = [slot.title for slot in state.missing() if slot.name not in dict(state.refused)]
    if missing:
        asks.append(f"{state.form.title}还缺：{'、'.join(missing)}")
    if not asks:
        asks.append(f"资料已齐，请核对后办理：{state.form.title}")
    return asks
