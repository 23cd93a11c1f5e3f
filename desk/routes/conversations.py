"""Shops and their conversations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated

from fastapi import APIRouter, Query

from contracts.conversation import Conversation
from contracts.errors import ServiceDown
from desk.channels.webhook_door import Name
from desk.people.access import Right, Scope, require
from desk.routes.access import CallerOf
from desk.routes.conversation_schemas import (
    ConversationDetail,
    ConversationPage,
    ConversationSchema,
    MessagePage,
    MessageSchema,
    OrderSchema,
    ShopSchema,
    SuggestedSchema,
)
from desk.routes.services import ServiceOf
from desk.routes.talks import ReadTalk
from desk.service import Service
from desk.storage.conversations import get_conversation, messages_of
from desk.storage.database import Connection
from desk.storage.feed import last_number
from desk.storage.glances import Glance, glances
from desk.storage.listing import list_conversations
from desk.storage.suggestions import latest_suggested

router = APIRouter(prefix="/v1", tags=["conversations"])

Limit = Annotated[int, Query(ge=1, le=200, description="The most that one page has.")]
Before = Annotated[int | None, Query(ge=1, le=2**31 - 1, description="Only lines numbered below.")]


@router.get("/shops")
def read_shops(caller: CallerOf, service: ServiceOf) -> list[ShopSchema]:
    """The shops that the caller may see."""
    mine = [service.desk.shops.find(name) for name in service.desk.shops.ids if name in caller.shops]
    return [ShopSchema(id=shop.id, name=shop.name, platform=shop.platform.value) for shop in mine]


@router.get("/shops/{shop}/conversations")
def read_conversations(
    shop: str,
    caller: CallerOf,
    service: ServiceOf,
    limit: Limit = 50,
    cursor: Annotated[str | None, Query(max_length=500, description="`next` of the page before.")] = None,
    buyer: Annotated[Name | None, Query(description="Only what this buyer says, by the channel's id.")] = None,
) -> ConversationPage:
    """The conversations of a shop: those that wait first, the longest wait first, then the latest."""
    require(caller, shop, Right.READ, Scope.MESSAGES_READ)
    with service.database.reading() as connection:
        event = last_number(connection, shop)
        page = list_conversations(connection, shop, limit, cursor, buyer)
        seen = glances(connection, [talk.id for talk in page.conversations])
    talks = _told(service, page.conversations, seen)
    return ConversationPage(conversations=talks, next=page.next, event=event)


@router.get("/conversations/{conversation}/summary")
def read_summary(talk: ReadTalk, service: ServiceOf) -> ConversationSchema:
    """A conversation as the list of the shop shows it."""
    with service.database.reading() as connection:
        talk = get_conversation(connection, talk.id) or talk
        seen = glances(connection, [talk.id])
    return _told(service, (talk,), seen)[0]


@router.get("/conversations/{conversation}")
def read_conversation(talk: ReadTalk, service: ServiceOf, limit: Limit = 50) -> ConversationDetail:
    """A conversation with its latest lines, what was offered last, and the buyer's order."""
    with service.database.reading() as connection:
        event = last_number(connection, talk.shop)
        latest = get_conversation(connection, talk.id) or talk
        lines = _page(connection, talk.id, limit, None)
        suggested = latest_suggested(connection, talk.id)
        seen = glances(connection, [talk.id])
    (told,) = _told(service, (latest,), seen)
    return ConversationDetail(
        conversation=told,
        lines=lines,
        suggested=SuggestedSchema.of(suggested) if suggested else None,
        order=_order(service, talk),
        event=event,
    )


@router.get("/conversations/{conversation}/messages")
def read_messages(talk: ReadTalk, service: ServiceOf, limit: Limit = 50, before: Before = None) -> MessagePage:
    """The latest lines of a conversation, or those before a number."""
    with service.database.reading() as connection:
        return _page(connection, talk.id, limit, before)


@router.get("/conversations/{conversation}/suggestions")
def read_suggestions(talk: ReadTalk, service: ServiceOf) -> SuggestedSchema | None:
    """What was offered last, null before anything was."""
    with service.database.reading() as connection:
        suggested = latest_suggested(connection, talk.id)
    return SuggestedSchema.of(suggested) if suggested else None


def _told(service: Service, talks: Sequence[Conversation], seen: Mapping[str, Glance]) -> list[ConversationSchema]:
    """As the list shows them; whether one is urgent costs computing, so no transaction is open here."""
    return [
        ConversationSchema.of(talk, service.deadline(talk), seen[talk.id], service.urgency.of(seen[talk.id]))
        for talk in talks
    ]


def _page(connection: Connection, conversation: str, limit: int, before: int | None) -> MessagePage:
    lines = messages_of(connection, conversation, limit, before)
    earlier = lines[0].number if lines and lines[0].number > 1 else None
    return MessagePage(messages=[MessageSchema.of(line) for line in lines], before=earlier)


def _order(service: Service, talk: Conversation) -> OrderSchema:
    try:
        return OrderSchema(fields=dict(service.ways.orders.latest(talk.shop, talk.buyer)))
    except ServiceDown as down:
        return OrderSchema(fields={}, note=f"订单系统没有回应（{down}）")
