"""The fixed texts that Huashu sends by their names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from contracts.errors import DataError, InputError
from contracts.forms import FORMS, Form, SlotKind
from contracts.handover import Promise
from contracts.reply import Reply
from desk.night.wording import is_promise
from retrieval.library import Library
from retrieval.slots import fill

NOTICE = "night.notice"
PERSON = "night.person"
CALM = "night.calm."
OPENS_AT = "clock.opens_at"

_FAULTS = {SlotKind.TAX_NUMBER: ("length", "check", "again"), SlotKind.WORDS: ()}
_NEW_VALUE = ("phone", "again", "again2")


@dataclass(frozen=True)
class Text:
    """A text as it would leave, with its reply and what it promises; ids of several replies are joined by +."""

    text: str
    reply_id: str
    promises: tuple[Promise, ...] = ()


def text_of(reply: Reply, text: str, returns_at: datetime | None) -> Text:
    """A reply with its slots filled; what it promises is due when people are back.

    A text that will do something once the buyer has sent something promises nothing yet.
    """
    promises = bool(reply.promise) and is_promise(text)
    return Text(text, reply.id, (Promise(reply.promise, returns_at, reply.topic),) if promises else ())


def together(texts: Sequence[Text]) -> Text:
    """Several answers as one message, a line for each: one buyer line gets one message."""
    return Text(
        "\n".join(text.text for text in texts),
        "+".join(text.reply_id for text in texts),
        tuple(promise for text in texts for promise in text.promises),
    )


class FixedTexts:
    """The fixed texts by name; every one that the code can ask for is there."""

    def __init__(self, library: Library, calm: tuple[str, ...]) -> None:
        """Raises DataError for a text that is missing; `calm` are the alarms that have a calm word."""
        self._library = library
        known = {reply.id for reply in library.replies}
        for name in (NOTICE, PERSON, *(CALM + alarm for alarm in calm), *_form_texts()):
            if name not in known:
                raise DataError("the text is missing", file="data/replies/fixed", field=name)

    def get(self, name: str, opens_at: str, returns_at: datetime | None) -> Text:
        """The text `name`; `opens_at` is when people are back as they say it, "" when nobody knows."""
        try:
            reply = self._library.get(name)
        except InputError:
            raise DataError("the text is missing", file="data/replies/fixed", field=name) from None
        return text_of(reply, fill(reply, {OPENS_AT: opens_at}).text, returns_at)


def _form_texts() -> list[str]:
    names = [f"form.{ending}" for ending in ("stopped", "stopped.more", "corrected", "noted", "handover")]
    for form in FORMS:
        names.append(f"form.{form.id}.done")
        names.extend(_questions(form))
    return names


def _questions(form: Form) -> list[str]:
    names: list[str] = []
    for slot in (slot for slot in form.slots if not slot.optional):
        again = _NEW_VALUE if slot.kind is SlotKind.NEW_VALUE else _FAULTS.get(slot.kind, ("again", "again2"))
        names.extend(f"form.{form.id}.{slot.name}{'.' if ending else ''}{ending}" for ending in ("", *again))
    return names
