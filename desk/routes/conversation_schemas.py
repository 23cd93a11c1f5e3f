"""The shapes of conversations and what belongs to them, for OpenAPI and the clients made from it."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from contracts.conversation import Conversation, Message
from desk.clocks import ClockState, clock_json
from desk.routes.schemas import FindingSchema, SuggestionsAnswer, SuggestionSchema
from desk.storage.feed import Event
from desk.storage.glances import Glance, Glimpse
from desk.storage.suggestions import Suggested

DeliveryName = Literal["queued", "sending", "delivered", "dead", "withdrawn"]
SpeakerName = Literal["buyer", "agent", "robot", "system"]

GLIMPSE = 80
"""Characters of a line that a list shows."""


class ShopSchema(BaseModel):
    """A shop that the caller may see."""

    id: str
    name: str
    platform: str


class ClockSchema(BaseModel):
    """The platform's response clock; negative `seconds_left` are those past the limit."""

    state: Literal["running", "due", "over", "paused"]
    goal_at: datetime
    limit_at: datetime
    seconds_left: int
    resumes_at: datetime | None
    goal_seconds: int
    limit_seconds: int
    counts: list[str]
    hours: list[str]
    note: str
    source: str
    verified_on: date | None


class LastLine(BaseModel):
    """The last line of a conversation, cut to what a list shows."""

    number: int
    speaker: SpeakerName
    text: str
    said_at: datetime


class ConversationSchema(BaseModel):
    """All that one buyer says to one shop through one channel.

    `waiting_since` is null when nobody waits, and then there is no `clock`. `unanswered` counts the buyer's lines
    behind the last one of the shop; `urgent` says why a person should look soon, "" when there is no reason.
    """

    id: str
    shop: str
    channel: str
    buyer: str
    buyer_name: str
    opened_at: datetime
    updated_at: datetime
    waiting_since: datetime | None
    clock: ClockSchema | None
    last: LastLine | None
    unanswered: int
    urgent: str

    @classmethod
    def of(cls, talk: Conversation, clock: ClockState | None, glance: Glance, urgent: str) -> ConversationSchema:
        """The conversation as it is told, with its clock and what a list shows of it."""
        return cls(
            **asdict(talk),
            clock=ClockSchema.model_validate(clock_json(clock)) if clock else None,
            last=_last_line(glance.last) if glance.last else None,
            unanswered=len(glance.unanswered),
            urgent=urgent,
        )


def _last_line(line: Glimpse) -> LastLine:
    return LastLine(number=line.number, speaker=line.speaker.value, text=line.text[:GLIMPSE], said_at=line.said_at)


class ConversationPage(BaseModel):
    """Some conversations, those that wait first, the longest wait first.

    `next` is the cursor of the next page. `event` is the number of the shop's latest event when the page was read: live
    events go on from there.
    """

    conversations: list[ConversationSchema]
    next: str | None
    event: int


class MessageSchema(BaseModel):
    """A line; `number` counts from 1 in its conversation. `delivery` is null for what came in."""

    id: str
    number: int
    speaker: SpeakerName
    text: str
    said_at: datetime
    author: str
    reply_id: str
    delivery: DeliveryName | None

    @classmethod
    def of(cls, message: Message) -> MessageSchema:
        """The line as it is told."""
        return cls.model_validate(message, from_attributes=True)


class MessagePage(BaseModel):
    """Lines in their order; `before` is what the page of earlier lines is asked for by, null at the beginning."""

    messages: list[MessageSchema]
    before: int | None


class SuggestedSchema(BaseModel):
    """What was offered last, for which line."""

    id: str
    message: str
    answer: SuggestionsAnswer

    @classmethod
    def of(cls, suggested: Suggested) -> SuggestedSchema:
        """The suggestions as they are told."""
        return cls.model_validate(suggested, from_attributes=True)


class OrderSchema(BaseModel):
    """The buyer's latest order as the shop's source tells it; `note` says why there is none to be had."""

    fields: dict[str, Any]
    note: str = ""


class ConversationDetail(BaseModel):
    """A conversation with its latest lines, what was offered last, and the buyer's order."""

    conversation: ConversationSchema
    lines: MessagePage
    suggested: SuggestedSchema | None
    order: OrderSchema
    event: int


class SendRequest(BaseModel):
    """A line to be sent. The same `key` in the same conversation is sent once, however often it is asked for.

    `suggestion` and `rank` (from 1) name the suggestion that it came from, `reply_id` the reply that was found in the
    library.
    """

    model_config = ConfigDict(extra="forbid")

    text: Annotated[str, Field(max_length=100_000, examples=["可以开的亲，付款后把抬头发我就行"])]
    key: Annotated[str, Field(pattern=r"^[A-Za-z0-9._:-]{1,100}$", examples=["5f0c1e7a"])]
    suggestion: Annotated[str | None, Field(pattern=r"^[0-9a-f]{32}$")] = None
    rank: Annotated[int | None, Field(ge=1, le=20)] = None
    reply_id: Annotated[str, Field(pattern=r"^[A-Za-z0-9._-]{0,150}$")] = ""


class SentAnswer(BaseModel):
    """The line as it is stored, and what the rules advise; `duplicate` when its key had been used before.

    It may be taken back for `undo_seconds` from now on.
    """

    message: MessageSchema
    findings: list[FindingSchema]
    duplicate: bool
    undo_seconds: float


class RejectRequest(BaseModel):
    """A suggestion that is of no use, and why."""

    model_config = ConfigDict(extra="forbid")

    suggestion: Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")]
    rank: Annotated[int, Field(ge=1, le=20)]
    reason: Annotated[str, Field(max_length=500)] = ""


class RejectedAnswer(BaseModel):
    """The id of the decision."""

    id: str


class LibraryAnswer(BaseModel):
    """Replies nearest to what was searched for, best first."""

    replies: list[SuggestionSchema]


class EventSchema(BaseModel):
    """Something that happened in a shop; the live connection sends the same form.

    `number` counts from 1 in the shop without gaps; null for a notice that is not stored (`typing`).
    """

    number: int | None
    kind: Annotated[str, Field(examples=["message", "suggestions", "delivery", "rejected", "typing", "reset"])]
    conversation: str
    at: datetime
    body: dict[str, Any]

    @classmethod
    def of(cls, event: Event) -> EventSchema:
        """The event as it is told."""
        return cls.model_validate(event, from_attributes=True)


class EventPage(BaseModel):
    """Events in their order; `last` is the number of the shop's latest one."""

    events: list[EventSchema]
    last: int
