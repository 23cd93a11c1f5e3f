"""A reply as files write it: what is decoded, what is refused, and back."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from datetime import date
from enum import Enum
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, ValidationInfo, model_validator

from contracts.context import CONTEXT_KEYS, Context
from contracts.errors import InputError
from contracts.platform import ALL, Platform, expand_platforms
from contracts.reply import SLOT, Approval, Condition, Reply, Validity
from contracts.taxonomy import Taxonomy
from retrieval.slots import SLOT_NAMES

MOST_STATES = 500
"""Combinations of values that one `when` may name; a reply is held against the rules in each."""

_ID = re.compile(r"[a-z0-9_-]+(\.[a-z0-9_-]+)+")
_Value = str | bool | int | float
_Question = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


def _check_id(value: str) -> str:
    if not _ID.fullmatch(value):
        raise ValueError("an id is lower-case words joined by dots")
    return value


def _check_topic(value: str, info: ValidationInfo) -> str:
    taxonomy = info.context
    if not isinstance(taxonomy, Taxonomy):
        raise TypeError("a reply is decoded with the taxonomy as context")
    if value not in taxonomy:
        raise ValueError(f"unknown topic {value!r}")
    return value


def _check_platforms(value: list[str]) -> list[str]:
    try:
        expand_platforms(tuple(value))
    except InputError as error:
        raise ValueError(str(error)) from None
    return value


def _check_slots(value: str) -> str:
    faults = [f"unknown slot {{{slot}}}" for slot in SLOT.findall(value) if slot not in SLOT_NAMES]
    rest = SLOT.sub("", value)
    if "{" in rest or "}" in rest:
        faults.append("a brace that is not part of a slot")
    if faults:
        raise ValueError("; ".join(faults))
    return value


def _typed(value: Mapping[str, list[_Value]]) -> dict[str, tuple[Any, ...]]:
    """The conditions with their values as the context will hold them, so that they can be compared."""
    found = {key: _values(key, values) for key, values in value.items()}
    faults = [f"{key}: {values}" for key, values in found.items() if isinstance(values, str)]
    typed = {key: values for key, values in found.items() if isinstance(values, tuple)}
    if not faults and math.prod(len(values) for values in typed.values()) > MOST_STATES:
        faults.append(f"names more than {MOST_STATES} states")
    if faults:
        raise ValueError("; ".join(faults))
    return typed


def _values(key: str, values: list[_Value]) -> tuple[Any, ...] | str:
    """The values with their types, or what is wrong with them."""
    if key not in CONTEXT_KEYS:
        return "unknown context key"
    if not values:
        return "names no value"
    typed = []
    for value in values:
        context, warnings = Context().with_values({key: value})
        if warnings:
            return warnings[0]
        known = context.value(key)
        typed.append(known.value if isinstance(known, Enum) else known)
    return tuple(typed)


class _Approval(BaseModel):
    model_config = ConfigDict(extra="forbid")

    by: str = Field(min_length=1)
    on: date


class _Validity(BaseModel):
    model_config = ConfigDict(extra="forbid")

    first: date | None = Field(default=None, alias="from")
    last: date | None = Field(default=None, alias="to")

    @model_validator(mode="after")
    def _in_order(self) -> _Validity:
        if self.first and self.last and self.first > self.last:
            raise ValueError("ends before it begins")
        return self


class ReplyRecord(BaseModel):
    """A reply as a file writes it. Validated with the taxonomy as context; every fault is found at once."""

    model_config = ConfigDict(extra="forbid")

    id: Annotated[str, AfterValidator(_check_id)]
    topic: Annotated[str, AfterValidator(_check_topic)]
    platforms: Annotated[list[str], Field(min_length=1), AfterValidator(_check_platforms)]
    text: Annotated[
        str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500), AfterValidator(_check_slots)
    ]
    promise: str = ""
    questions: list[_Question] = Field(min_length=1)
    when: Annotated[Mapping[str, list[_Value]], AfterValidator(_typed)] = Field(default_factory=dict)
    auto: bool = False
    valid: _Validity = _Validity()
    keeps: list[str] = Field(default_factory=list)
    approved: _Approval

    def reply(self) -> Reply:
        """The reply that this record says."""
        return Reply(
            id=self.id,
            topic=self.topic,
            platforms=expand_platforms(tuple(self.platforms)),
            text=self.text,
            questions=tuple(self.questions),
            approved=Approval(self.approved.by, self.approved.on),
            when=tuple(Condition(key, tuple(values)) for key, values in self.when.items()),
            auto=self.auto,
            valid=Validity(self.valid.first, self.valid.last),
            keeps=tuple(self.keeps),
            promise=self.promise,
        )


class FixedRecord(ReplyRecord):
    """A text that is sent by its name and never searched: no question leads to it."""

    questions: list[_Question] = Field(default_factory=list, max_length=0)


def record_of(reply: Reply) -> dict[str, Any]:
    """Every field of a reply in the order and the words of its file; days are dates, platforms in their own order."""
    return {
        "id": reply.id,
        "topic": reply.topic,
        "platforms": [platform.value for platform in Platform if platform in reply.platforms],
        "text": reply.text,
        "promise": reply.promise,
        "questions": list(reply.questions),
        "when": {condition.key: [_written(value) for value in condition.values] for condition in reply.when},
        "auto": reply.auto,
        "valid": {"from": reply.valid.first, "to": reply.valid.last},
        "keeps": list(reply.keeps),
        "approved": {"by": reply.approved.by, "on": reply.approved.on},
    }


def file_record(reply: Reply) -> dict[str, Any]:
    """The record as a file of the library writes it: what every reply has by default is left out."""
    record = record_of(reply)
    if len(record["platforms"]) == len(Platform):
        record["platforms"] = [ALL]
    record["valid"] = {name: day for name, day in record["valid"].items() if day}
    return {name: value for name, value in record.items() if value}


def _written(value: object) -> object:
    """A condition's value as a file writes it: days as text, whole numbers without a point."""
    if isinstance(value, date):
        return value.isoformat()
    return int(value) if isinstance(value, float) and value.is_integer() else value
