"""`/v1/live`: a WebSocket on which events arrive as soon as they are stored.

The client names a shop and the number of the last event it has seen. It gets what it missed and then what happens,
each event once, as JSON in the form of EventSchema. When the connection ends for whatever reason it comes back with its
last number. It may send `ping` and is answered by `pong`.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import datetime
from functools import partial
from typing import Annotated

import anyio
from fastapi import APIRouter, HTTPException, Query, WebSocket, WebSocketDisconnect, WebSocketException
from starlette.concurrency import run_in_threadpool

from contracts.errors import HuashuError, ServiceDown
from desk.clock import utc_now
from desk.live import Client, Live
from desk.people.access import Right, Scope, require
from desk.routes.access import CallerOf, PeopleOf, get_caller
from desk.routes.conversation_schemas import EventSchema
from desk.routes.services import ServiceOf
from desk.storage.feed import Event, Notice

router = APIRouter(prefix="/v1", tags=["live"])

PROTOCOL = "huashu.live"
"""The subprotocol that a client names which sends its token beside it, as the side bar does."""

COME_BACK = 1013
"""The close code that tells a client to connect again with its last number ("try again later")."""

NO_ACCESS = 4403
"""The close code for a client without (or no longer with) access."""

_LOOK = 30.0
"""Seconds between two looks at whether the session is still good."""

_FAREWELL = 2.0
"""Seconds in which a client must take its close frame."""

_EXPECTED = (ServiceDown, WebSocketDisconnect)
"""What ends a connection without being anybody's mistake."""


@router.websocket("/live")
async def follow_live(
    socket: WebSocket,
    caller: CallerOf,
    people: PeopleOf,
    service: ServiceOf,
    shop: Annotated[str, Query(max_length=200)],
    after: Annotated[int | None, Query(ge=0, le=2**31 - 1)] = None,
) -> None:
    """Send events until one side ends it."""
    require(caller, shop, Right.READ, Scope.MESSAGES_READ)
    await socket.accept(PROTOCOL if PROTOCOL in socket.scope["subprotocols"] else None)
    client = Client(shop)

    def look() -> None:
        require(get_caller(socket, people), shop, Right.READ, Scope.MESSAGES_READ)

    ended: list[str] = []
    try:
        async with anyio.create_task_group() as group:

            async def until_end(name: str, work: Callable[[], Awaitable[object]]) -> None:
                with suppress(*_EXPECTED):
                    await work()
                ended.append(name)
                group.cancel_scope.cancel()

            group.start_soon(until_end, "feed", partial(_feed, socket, service.live, client, after))
            group.start_soon(until_end, "left", partial(_listen, socket))
            group.start_soon(until_end, "access", partial(_watch, look))
            group.start_soon(until_end, "slow", client.slow.wait)
    finally:
        service.live.leave(client)
    if "left" not in ended:
        code, reason = (
            (NO_ACCESS, "log in again") if ended[0] == "access" else (COME_BACK, "come back with your number")
        )
        with suppress(*_EXPECTED), anyio.move_on_after(_FAREWELL):
            await socket.close(code, reason)


async def _feed(socket: WebSocket, live: Live, client: Client, after: int | None) -> None:
    sent = await run_in_threadpool(live.last, client.shop) if after is None else after
    sent = await _catch_up(socket, live, client.shop, sent)
    await run_in_threadpool(live.join, client)
    sent = await _catch_up(socket, live, client.shop, sent)
    while True:
        item = await client.next()
        if isinstance(item, Notice):
            await socket.send_text(_notice(item))
        elif item.number == sent + 1:
            await socket.send_text(EventSchema.of(item).model_dump_json())
            sent = item.number
        elif item.number > sent:
            sent = await _catch_up(socket, live, client.shop, sent)


async def _catch_up(socket: WebSocket, live: Live, shop: str, sent: int) -> int:
    """Send what is stored behind `sent` and give the number of the last; a client whose number is of no use is told."""
    while True:
        last, events = await run_in_threadpool(_stored, live, shop, sent)
        missing = events[0].number != sent + 1 if events else last > sent
        if sent > last or missing:
            await socket.send_text(_reset(last, utc_now()))
            return last
        for event in events:
            await socket.send_text(EventSchema.of(event).model_dump_json())
            sent = event.number
        if not events:
            return sent


def _stored(live: Live, shop: str, sent: int) -> tuple[int, tuple[Event, ...]]:
    return live.last(shop), live.read(shop, sent)


async def _listen(socket: WebSocket) -> None:
    """Answer pings until the client leaves; what else it says is ignored."""
    while True:
        said = await socket.receive()
        if said["type"] == "websocket.disconnect":
            return
        if said.get("text") == "ping":
            await socket.send_text("pong")


async def _watch(look: Callable[[], None]) -> None:
    """Return once the caller has no access any more; a database that is away for a moment says nothing about that."""
    while True:
        await anyio.sleep(_LOOK)
        try:
            await run_in_threadpool(look)
        except ServiceDown:
            continue
        except (HuashuError, HTTPException, WebSocketException):
            return


def _notice(notice: Notice) -> str:
    told = EventSchema(
        number=None, kind=notice.kind, conversation=notice.conversation, at=notice.at, body=dict(notice.body)
    )
    return told.model_dump_json()


def _reset(last: int, now: datetime) -> str:
    """The client's number is older than what is kept, or of another database: it loads everything anew."""
    return EventSchema(number=last, kind="reset", conversation="", at=now, body={}).model_dump_json()
