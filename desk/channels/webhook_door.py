"""The way in by webhook: signed lines of a shop's own system."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import Annotated

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from contracts.conversation import Incoming
from contracts.errors import HuashuError, InputError
from contracts.text import MAX_CHARACTERS, clean_optional
from desk.channels.receiving import receive_once
from desk.channels.signing import WINDOW, is_signed
from desk.channels.webhook import NAME
from desk.clock import Clock, utc_now
from desk.connections import WebhookConnection
from desk.inbox import Inbox, Received
from desk.storage.database import Database

_EARLIEST = datetime(2000, 1, 1, tzinfo=timezone.utc)
_AHEAD = timedelta(seconds=WINDOW)


class Unsigned(HuashuError):
    """The signature is missing, wrong or too old, or the shop has no webhook: it is not said which."""


def _printable(text: str) -> str:
    if text != clean_optional(text):
        raise ValueError("has blanks at its ends, double blanks or characters that cannot be seen")
    return text


def _in_time(moment: datetime) -> datetime:
    if moment < _EARLIEST:
        raise ValueError("lies before the year 2000")
    return moment


Name = Annotated[str, Field(min_length=1, max_length=200), AfterValidator(_printable)]


class WebhookLine(BaseModel):
    """A buyer's line: `id` is the sender's own, and the same id of the same buyer is the same line."""

    model_config = ConfigDict(extra="forbid", strict=True)

    id: Name
    buyer: Name
    buyer_name: Annotated[str, Field(max_length=200)] = ""
    text: Annotated[str, Field(min_length=1, max_length=MAX_CHARACTERS)]
    said_at: Annotated[AwareDatetime, AfterValidator(_in_time)]


@dataclass(frozen=True)
class Signature:
    """What the headers of a request say."""

    timestamp: str
    signature: str


class WebhookDoor:
    """Takes signed lines in; safe to use from several threads."""

    def __init__(
        self,
        connections: Mapping[str, WebhookConnection],
        inbox: Inbox,
        database: Database,
        clock: Clock = utc_now,
    ) -> None:
        self._connections = connections
        self._inbox = inbox
        self._database = database
        self._clock = clock

    def receive(self, shop: str, signed: Signature, body: bytes) -> Received:
        """Store the line in a request's raw body.

        Raises Unsigned, InputError for a body that is no line, Conflict when its id belongs to another, ServiceDown.
        """
        connection = self._connections.get(shop)
        now = self._clock()
        secrets = connection.secrets if connection else ()
        if not is_signed(secrets, signed.timestamp, signed.signature, body, now.timestamp()):
            raise Unsigned("the signature is missing, wrong, or older than five minutes")
        line = _line(body)
        if line.said_at > now + _AHEAD:
            raise InputError("said_at: lies in the future")
        incoming = Incoming(
            shop=shop,
            channel=NAME,
            buyer=line.buyer,
            text=line.text,
            external_id=line.id,
            said_at=min(line.said_at, now),
            buyer_name=clean_optional(line.buyer_name),
        )
        return receive_once(self._inbox, self._database, incoming)


def _line(body: bytes) -> WebhookLine:
    try:
        return WebhookLine.model_validate_json(body)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        field = ".".join(str(part) for part in first["loc"])
        message = "unknown key" if first["type"] == "extra_forbidden" else first["msg"].removeprefix("Value error, ")
        raise InputError(f"{field}: {message}" if field else message) from None
