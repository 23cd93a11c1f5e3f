"""`/v1/session`: logging in and out, who is logged in, and changing one's own password."""

from __future__ import annotations

from datetime import datetime
from ipaddress import IPv6Address, IPv6Network, ip_address
from typing import Annotated

from fastapi import APIRouter, HTTPException, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from desk.clock import utc_now
from desk.people.login import LoginLocked, WrongLogin
from desk.people.people import People
from desk.people.sessions import LONGEST, Session
from desk.routes.access import COOKIE, PeopleOf, SessionOf

router = APIRouter(prefix="/v1/session", tags=["session"])

_Password = Annotated[str, Field(max_length=1000, json_schema_extra={"format": "password"})]


class LoginRequest(BaseModel):
    """Who wants in."""

    model_config = ConfigDict(extra="forbid")

    name: Annotated[str, Field(max_length=200, examples=["admin"])]
    password: _Password


class PasswordRequest(BaseModel):
    """One's own password, old and new."""

    model_config = ConfigDict(extra="forbid")

    old: _Password
    new: _Password


class ShopRole(BaseModel):
    """A shop that the agent works in: `agent` or `leader`."""

    shop: str
    role: str


class SessionAnswer(BaseModel):
    """Who is logged in. `csrf` goes into the header X-CSRF-Token of every request that changes something.

    While `must_change` is true nothing but the password can be changed.
    """

    agent: str
    name: str
    admin: bool
    must_change: bool
    shops: list[ShopRole]
    csrf: str


@router.post("", response_model=SessionAnswer, responses={401: {}, 429: {}})
def log_in(login: LoginRequest, request: Request, response: Response, people: PeopleOf) -> SessionAnswer:
    """Log in; the session comes as a cookie. 401 when name or password are wrong, 429 after too many failures."""
    return _begun(attempt_login(login, request, people), request, response, people)


@router.get("", response_model=SessionAnswer, responses={401: {}})
def who(session: SessionOf) -> SessionAnswer:
    """Who is logged in."""
    return session_answer(session)


@router.delete("", status_code=204, responses={401: {}, 403: {}})
def log_out(session: SessionOf, response: Response, people: PeopleOf) -> None:
    """Log out."""
    people.sessions.end(session)
    response.delete_cookie(COOKIE, path="/", httponly=True, samesite="strict")


@router.post("/password", response_model=SessionAnswer, responses={401: {}, 403: {}, 429: {}})
def change_password(
    passwords: PasswordRequest, session: SessionOf, request: Request, response: Response, people: PeopleOf
) -> SessionAnswer:
    """Change one's own password. All other sessions of the agent end; this one goes on under a new cookie."""
    try:
        token = people.login.change_password(session, passwords.old, passwords.new, _address(request))
    except LoginLocked as error:
        raise _locked(error) from None
    return _begun(token, request, response, people)


def attempt_login(login: LoginRequest, request: Request, people: People, *, framed: bool = False) -> str:
    """The token of a new session. Raises HTTPException: 401, 403 for a page of others, 429."""
    if request.headers.get("Sec-Fetch-Site") == "cross-site":
        raise HTTPException(403, "this page is not the desk's own")
    try:
        return people.login.attempt(login.name, login.password, _address(request), framed=framed)
    except WrongLogin as error:
        raise HTTPException(401, str(error)) from None
    except LoginLocked as error:
        raise _locked(error) from None


def find_begun(token: str, people: People) -> Session:
    """The session that has just begun. Raises HTTPException 401."""
    session = people.sessions.find(token)
    if session is None:
        raise HTTPException(401, "this agent has just been disabled")
    return session


def _begun(token: str, request: Request, response: Response, people: People) -> SessionAnswer:
    session = find_begun(token, people)
    response.set_cookie(
        COOKIE,
        token,
        max_age=int(LONGEST.total_seconds()),
        path="/",
        secure=request.url.scheme == "https",
        httponly=True,
        samesite="strict",
    )
    response.headers["Cache-Control"] = "no-store"
    return session_answer(session)


def session_answer(session: Session) -> SessionAnswer:
    """The session as it is told."""
    agent = session.agent
    return SessionAnswer(
        agent=agent.id,
        name=agent.name,
        admin=agent.admin,
        must_change=agent.must_change,
        shops=[ShopRole(shop=shop, role=role.value) for shop, role in session.caller.shops.items()],
        csrf=session.csrf,
    )


def _address(request: Request) -> str:
    """Where a request comes from; of an IPv6 address the network, in which a client may choose as it likes."""
    host = request.client.host if request.client else ""
    try:
        address = ip_address(host)
    except ValueError:
        return host[:64]
    return str(IPv6Network((address, 64), strict=False)) if isinstance(address, IPv6Address) else host


def _locked(error: LoginLocked) -> HTTPException:
    seconds = max(1, int(_until(error.until)))
    return HTTPException(429, str(error), {"Retry-After": str(seconds)})


def _until(moment: datetime) -> float:
    return (moment - utc_now()).total_seconds() + 1
