"""The library as its owner sees it: replies with their usage, and what is covered."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query
from pydantic import BaseModel

from contracts.reply import Reply
from contracts.taxonomy import Taxonomy
from desk.people.access import Right, Scope, require
from desk.replies.coverage import Count, state_coverage
from desk.replies.shelving import Order, Standing, Wanted, reply_on, select
from desk.replies.usage import UNUSED, Edit, Usage, edits_of, usage_of
from desk.routes.access import CallerOf
from desk.routes.periods import PeriodOf
from desk.routes.services import ServiceOf
from desk.service import Service
from retrieval.reply_record import record_of

router = APIRouter(prefix="/v1/shops/{shop}", tags=["library"])


class UsageSchema(BaseModel):
    """What agents made of a reply in the period; shares are of how often it was shown, null when it never was."""

    shown: int
    approved: int
    edited: int
    searched: int
    rejected: int
    approved_share: float | None
    edited_share: float | None
    rejected_share: float | None
    edit_distance: float | None

    @classmethod
    def of(cls, usage: Usage) -> UsageSchema:
        """The usage as it is told."""
        return cls(
            shown=usage.shown,
            approved=usage.approved,
            edited=usage.edited,
            searched=usage.searched,
            rejected=usage.rejected,
            approved_share=usage.share(usage.approved),
            edited_share=usage.share(usage.edited),
            rejected_share=usage.share(usage.rejected),
            edit_distance=usage.edit_distance,
        )


class ReplySchema(BaseModel):
    """A reply of the library. `standing` says whether its days have come or are over; `when` are states it needs."""

    id: str
    topic: str
    text: str
    platforms: list[str]
    when: dict[str, list[str | bool | int | float]]
    auto: bool
    keeps: list[str]
    valid_from: date | None
    valid_to: date | None
    standing: Standing
    approved_by: str
    approved_on: date
    usage: UsageSchema

    @classmethod
    def of(cls, reply: Reply, usage: Usage, today: date) -> ReplySchema:
        """The reply as it is told."""
        return cls.model_validate(_told(reply, usage, today))


class ReplyPage(BaseModel):
    """Some replies; `next` is where the next page starts, null behind the last."""

    replies: list[ReplySchema]
    total: int
    next: int | None


class EditSchema(BaseModel):
    """What agents made of a reply, personal data masked, and how often."""

    text: str
    count: int

    @classmethod
    def of(cls, edit: Edit) -> EditSchema:
        """The edit as it is told."""
        return cls.model_validate(edit, from_attributes=True)


class ReplyDetail(BaseModel):
    """One reply with the questions that lead to it and its most frequent edits."""

    reply: ReplySchema
    questions: list[str]
    edits: list[EditSchema]


class CoverCount(BaseModel):
    """Replies that ask for nothing but this state of the order, and those that ask for more, or for certain days."""

    always: int
    bound: int

    @classmethod
    def of(cls, count: Count) -> CoverCount:
        """The count as it is told."""
        return cls.model_validate(count, from_attributes=True)


class CoverCell(BaseModel):
    """A topic in one state of the order, null for a buyer without one; `night` may leave without an agent."""

    status: str | None
    day: CoverCount
    night: CoverCount


class TopicCover(BaseModel):
    """A topic in every state of an order."""

    topic: str
    states: list[CoverCell]


Topic = Annotated[str, Query(max_length=100, description="An intent (invoice) or a topic (invoice/title).")]
Words = Annotated[str, Query(max_length=500, description="What the reply should say or answer.")]


@router.get("/replies")
def list_replies(
    shop: str,
    caller: CallerOf,
    period: PeriodOf,
    service: ServiceOf,
    topic: Topic = "",
    q: Words = "",
    standing: Standing | None = None,
    order: Order = Order.LIBRARY,
    start: Annotated[int, Query(ge=0, le=10_000_000, description="`next` of the page before.")] = 0,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> ReplyPage:
    """The replies of the shop's platform, with what agents made of each in the period."""
    require(caller, shop, Right.READ, Scope.SUGGEST)
    platform, today = service.desk.shops.find(shop).platform, period.local(service.clock()).date()
    usage = usage_of(service.database, shop, period)
    wanted = Wanted(platform, topic, q, standing, order)
    found = select(wanted, service.desk.suggester.parts, usage, today, start, limit)
    replies = [ReplySchema.of(reply, usage.get(reply.id, UNUSED), today) for reply in found.replies]
    return ReplyPage(replies=replies, total=found.total, next=found.next)


@router.get("/replies/{reply}")
def read_reply(
    shop: str,
    reply: Annotated[str, Path(max_length=200)],
    caller: CallerOf,
    period: PeriodOf,
    service: ServiceOf,
) -> ReplyDetail:
    """One reply, the questions that lead to it, and its most frequent edits."""
    require(caller, shop, Right.READ, Scope.SUGGEST)
    found = reply_on(service.desk.suggester.parts, reply, service.desk.shops.find(shop).platform)
    usage = usage_of(service.database, shop, period).get(reply, UNUSED)
    today = period.local(service.clock()).date()
    edits = edits_of(service.database, shop, reply, period)
    return ReplyDetail(
        reply=ReplySchema.of(found, usage, today),
        questions=list(found.questions),
        edits=[EditSchema.of(edit) for edit in edits],
    )


@router.get("/coverage")
def read_coverage(shop: str, caller: CallerOf, service: ServiceOf) -> list[TopicCover]:
    """How many replies each topic has in each state of an order, on the shop's platform."""
    require(caller, shop, Right.READ, Scope.SUGGEST)
    return _covers(service, service.proposals.taxonomy, shop)


def _covers(service: Service, taxonomy: Taxonomy, shop: str) -> list[TopicCover]:
    covers = state_coverage(service.desk.library, taxonomy, service.desk.shops.find(shop).platform)
    return [
        TopicCover(
            topic=topic,
            states=[
                CoverCell(
                    status=status.value if status else None,
                    day=CoverCount.of(cover.day),
                    night=CoverCount.of(cover.night),
                )
                for status, cover in states.items()
            ],
        )
        for topic, states in covers.items()
    ]


def _told(reply: Reply, usage: Usage, today: date) -> dict[str, Any]:
    record = record_of(reply)
    return {
        **{name: record[name] for name in ("id", "topic", "text", "platforms", "when", "auto", "keeps")},
        "valid_from": reply.valid.first,
        "valid_to": reply.valid.last,
        "standing": Standing.of(reply, today),
        "approved_by": reply.approved.by,
        "approved_on": reply.approved.on,
        "usage": UsageSchema.of(usage),
    }
