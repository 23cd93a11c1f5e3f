"""Who calls: the session of an agent (by cookie, in a frame by its token) or the bearer token of a machine.

The same holds for HTTP and WebSockets.
"""

from __future__ import annotations

from typing import Annotated
from urllib.parse import urlsplit

from fastapi import Depends, HTTPException, WebSocketException
from starlette.requests import HTTPConnection

from contracts.conversation import Conversation
from desk.people.access import Caller, Right, Scope, conversation_for, require_admin
from desk.people.people import People
from desk.people.sessions import FRAME, Session

COOKIE = "huashu_session"
CSRF_HEADER = "X-CSRF-Token"

_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_LOGIN_FIRST = "log in first, or send a token"
_POLICY_VIOLATION = 1008


def get_people(connection: HTTPConnection) -> People:
    """The people of this application."""
    people: People = connection.app.state.people
    return people


PeopleOf = Annotated[People, Depends(get_people)]


def get_session(connection: HTTPConnection, people: PeopleOf) -> Session:
    """The session of a browser, be its password fresh or not: 401 without, 403 when the request may be forged.

    A side bar in a frame sends its token itself, which no other page can have a browser do: nothing is forged then.
    """
    framed = _frame_token(connection)
    if framed is not None:
        session = people.sessions.find(framed)
        if session is None:
            raise _refusal(connection, 401, _LOGIN_FIRST)
        return session
    token = connection.cookies.get(COOKIE, "")
    session = people.sessions.find(token) if not token.startswith(FRAME) else None
    if session is None:
        raise _refusal(connection, 401, _LOGIN_FIRST)
    if connection.scope["type"] == "websocket":
        if not _same_origin(connection):
            raise _refusal(connection, 403, "this page is not the desk's own")
    elif connection.scope["method"] not in _SAFE and not session.knows(connection.headers.get(CSRF_HEADER, "")):
        raise _refusal(connection, 403, f"the header {CSRF_HEADER} is missing or wrong")
    return session


SessionOf = Annotated[Session, Depends(get_session)]


def get_caller(connection: HTTPConnection, people: PeopleOf) -> Caller:
    """Who calls: 401 when nobody can be made out, 403 for an agent who has to change their password first."""
    secret = _bearer(connection)
    if secret is not None and not secret.startswith(FRAME):
        caller = people.tokens.find(secret)
        if caller is None:
            raise _refusal(connection, 401, "this token is not known or was ended")
        return caller
    session = get_session(connection, people)
    if session.agent.must_change:
        raise _refusal(connection, 403, "change your password first (POST /v1/session/password)")
    return session.caller


CallerOf = Annotated[Caller, Depends(get_caller)]


def get_admin(caller: CallerOf) -> Caller:
    """An admin. Raises Forbidden."""
    require_admin(caller)
    return caller


AdminOf = Annotated[Caller, Depends(get_admin)]


def find_conversation(
    people: People, caller: Caller, conversation: str, right: Right = Right.READ, scope: Scope | None = None
) -> Conversation:
    """The conversation with this id. Raises NotFound when there is none for this caller, Forbidden, ServiceDown."""
    with people.database.transaction() as connection:
        return conversation_for(connection, caller, conversation, right, scope)


def _bearer(connection: HTTPConnection) -> str | None:
    scheme, _, secret = connection.headers.get("Authorization", "").partition(" ")
    return secret.strip() if scheme.casefold() == "bearer" else None


def _frame_token(connection: HTTPConnection) -> str | None:
    """The token of a side bar: as bearer, or among the subprotocols of a WebSocket, which has no other header."""
    offered = (_bearer(connection) or "", *connection.scope.get("subprotocols", ()))
    return next((token for token in offered if token.startswith(FRAME)), None)


def _same_origin(connection: HTTPConnection) -> bool:
    """Whether a page of this very host opens the connection; programs send no origin."""
    origin = connection.headers.get("Origin")
    return origin is None or urlsplit(origin).netloc == connection.headers.get("Host")


def _refusal(connection: HTTPConnection, status: int, message: str) -> Exception:
    if connection.scope["type"] == "websocket":
        return WebSocketException(_POLICY_VIOLATION, message)
    return HTTPException(status, message, {"WWW-Authenticate": "Bearer"} if status == 401 else None)
