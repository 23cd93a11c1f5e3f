"""Dialogues from JSON lines, and the message of a dialogue that wants an answer."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from pydantic import ValidationError

from contracts.context import CONTEXT_KEYS, Context, OrderStatus
from contracts.dialogue import Dialogue
from contracts.errors import DataError, InputError
from contracts.hours import Hours
from contracts.order import Order
from contracts.platform import Platform
from contracts.text import clean, clean_optional
from contracts.turn import Inquiry, Speaker, Turn
from desk.hours_record import HoursRecord


class _Fields:
    """One JSON object with where it stands, read field by field."""

    def __init__(self, value: Mapping[str, Any], file: str, line: int, prefix: str = "") -> None:
        self.value = value
        self._file, self._line, self._prefix = file, line, prefix

    def fault(self, message: str, name: str) -> DataError:
        return DataError(message, file=self._file, line=self._line, field=self._prefix + name)

    def text(self, name: str, default: str | None = None) -> str:
        raw = self.value.get(name)
        raw = default if raw is None else raw
        if raw is None:
            raise self.fault("is missing", name)
        if not isinstance(raw, str):
            raise self.fault("must be text", name)
        return raw

    def mapping(self, name: str) -> Mapping[str, Any]:
        raw = self.value.get(name) or {}
        if not isinstance(raw, dict):
            raise self.fault("must be an object", name)
        return raw

    def items(self, name: str) -> list[Any]:
        raw = self.value.get(name)
        if not isinstance(raw, list) or not raw:
            raise self.fault("must be a list with at least one turn", name)
        return raw

    def words(self, name: str) -> tuple[str, ...]:
        raw = self.value.get(name) or []
        if not isinstance(raw, list) or not all(isinstance(word, str) for word in raw):
            raise self.fault("must be a list of texts", name)
        return tuple(raw)

    def moment(self, name: str) -> datetime | None:
        raw = self.value.get(name)
        if raw is None:
            return None
        try:
            return datetime.fromisoformat(raw.replace("Z", "+00:00"))
        except (ValueError, AttributeError):
            raise self.fault(f"{raw!r} is not an ISO time", name) from None


def parse_dialogue(value: Mapping[str, Any], file: str, line: int) -> Dialogue:
    """A dialogue from its JSON object. Keys that Huashu does not use are left alone. Raises DataError."""
    fields = _Fields(value, file, line)
    try:
        platform = Platform.parse(fields.text("platform"))
    except DataError:
        raise
    except InputError as error:
        raise fields.fault(str(error), "platform") from None
    turns = []
    for number, raw in enumerate(fields.items("turns")):
        if not isinstance(raw, dict):
            raise fields.fault("must be an object", f"turns[{number}]")
        turns.append(_turn(_Fields(raw, file, line, f"turns[{number}].")))
    return Dialogue(
        id=fields.text("id"),
        platform=platform,
        turns=tuple(turns),
        shop=fields.text("shop", "") or None,
        order=fields.mapping("order"),
        context=fields.mapping("context"),
        source=fields.text("source", ""),
        hours=_hours(fields),
    )


def _hours(fields: _Fields) -> Hours | None:
    if fields.value.get("hours") is None:
        return None
    try:
        record = HoursRecord.model_validate(fields.mapping("hours"))
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in ("hours", *first["loc"]))
        message = "unknown key" if first["type"] == "extra_forbidden" else first["msg"].removeprefix("Value error, ")
        raise fields.fault(message, place) from None
    if record.preset is not None:
        raise fields.fault("a dialogue writes its shifts", "hours.preset")
    return record.hours()


def _turn(fields: _Fields) -> Turn:
    name = fields.text("speaker")
    try:
        speaker = Speaker(name)
    except ValueError:
        known = ", ".join(speaker.value for speaker in Speaker)
        raise fields.fault(f"unknown speaker {name!r}; known: {known}", "speaker") from None
    return Turn(
        speaker=speaker,
        text=fields.text("text"),
        at=fields.moment("at"),
        message_id=fields.text("message_id", "") or None,
        intents=fields.words("intents"),
        topics=fields.words("topics"),
        violates=fields.words("violates"),
    )


def parse_order(values: Mapping[str, Any]) -> tuple[Order, tuple[str, ...]]:
    """The order that `values` describe, and a warning for each value that is not usable and is left out."""
    warnings: list[str] = []
    found: dict[str, Any] = {}
    for name, kind in ORDER_FIELDS.items():
        raw = values.get(name)
        if raw is None:
            continue
        try:
            found[name] = kind(raw)
        except (ValueError, TypeError, AttributeError, OverflowError, InputError):
            warnings.append(f"order field {name!r} is ignored: it cannot be read")
    return Order(**found), tuple(warnings)


def _moment(raw: Any) -> datetime:
    return datetime.fromisoformat(raw.replace("Z", "+00:00"))


def _day(raw: Any) -> date:
    return _moment(raw).date()


def _line(raw: Any) -> str:
    if isinstance(raw, bool) or not isinstance(raw, (str, int)):
        raise TypeError
    return clean(str(raw))


def _amount(raw: Any) -> float:
    if isinstance(raw, bool):
        raise TypeError
    amount = float(raw)
    if not math.isfinite(amount) or amount < 0:
        raise ValueError
    return amount


ORDER_FIELDS: Mapping[str, Callable[[Any], Any]] = {
    "status": OrderStatus,
    "number": _line,
    "amount": _amount,
    "paid_at": _moment,
    "carrier": _line,
    "tracking_number": _line,
    "shipped_on": _day,
    "eta": _day,
    "item": _line,
}
"""The fields that an order may have, with what reads each."""


def build_context(order: Mapping[str, Any], context: Mapping[str, Any]) -> tuple[Context, tuple[str, ...]]:
    """Context from the fields of an order and from flat context keys; the keys win. With warnings."""
    of_order = {f"order.{name}": value for name, value in order.items() if f"order.{name}" in CONTEXT_KEYS}
    known, order_warnings = Context().with_values(of_order)
    known, warnings = known.with_values(context)
    return known, (*order_warnings, *warnings)


def inquiry_of(dialogue: Dialogue) -> Inquiry:
    """The last buyer message of a dialogue with the lines before it.

    Buyer lines since the last line of the shop are one message. Raises InputError when the buyer wrote nothing.
    """
    last = dialogue.last_buyer_index()
    if last is None:
        raise InputError("the dialogue has no buyer turn")
    turns = _once([turn for turn in dialogue.turns[: last + 1] if turn.speaker is not Speaker.SYSTEM])
    burst, rest = _tail(turns, buyer=True)
    agent, rest = _tail(rest, buyer=False)
    before, _ = _tail(rest, buyer=True)
    context, _ = build_context(dialogue.order, dialogue.context)
    order, _ = parse_order(dialogue.order)
    return Inquiry(
        text=clean(" ".join(turn.text for turn in burst)),
        platform=dialogue.platform,
        shop=dialogue.shop,
        previous_buyer=_joined(before),
        previous_agent=_joined(agent),
        context=context,
        order=order,
    )


def _once(turns: list[Turn]) -> list[Turn]:
    """The turns without those whose message id has come before: the same message delivered twice is one."""
    seen: set[str] = set()
    kept = []
    for turn in turns:
        if turn.message_id is None or turn.message_id not in seen:
            kept.append(turn)
        if turn.message_id is not None:
            seen.add(turn.message_id)
    return kept


def _tail(turns: list[Turn], *, buyer: bool) -> tuple[list[Turn], list[Turn]]:
    """The turns at the end that are all the buyer's (or all not), and what comes before them."""
    cut = len(turns)
    while cut and (turns[cut - 1].speaker is Speaker.BUYER) == buyer:
        cut -= 1
    return turns[cut:], turns[:cut]


def _joined(turns: list[Turn]) -> str:
    return clean_optional(" ".join(turn.text for turn in turns))
