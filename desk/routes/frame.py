"""`/v1/frame`: the side bar in the frame of another desk, where a browser sends no cookie of ours.

Whoever logs in there gets a token that the side bar sends itself, as bearer token or as a subprotocol of `/v1/live`.
"""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException, Request, Response
from pydantic import BaseModel

from desk.routes.access import PeopleOf
from desk.routes.services import DeskOf
from desk.routes.sessions import LoginRequest, SessionAnswer, attempt_login, find_begun, session_answer

router = APIRouter(prefix="/v1/frame", tags=["frame"])


class FrameAnswer(BaseModel):
    """The desks of others that may show the side bar, and with which it speaks."""

    origins: list[str]


class FrameSession(BaseModel):
    """Who is logged in, and the token that goes along with every request."""

    token: str
    session: SessionAnswer


def get_origins(desk: DeskOf) -> tuple[str, ...]:
    """The origins that may frame the side bar: 404 when there is none."""
    origins = desk.settings.desk.frame_origins
    if not origins:
        raise HTTPException(404, "there is no side bar: desk.frame_origins is empty")
    return origins


OriginsOf = Annotated[tuple[str, ...], Depends(get_origins)]


@router.get("", response_model=FrameAnswer, responses={404: {}})
def read_frame(origins: OriginsOf) -> FrameAnswer:
    """With whom the side bar may speak."""
    return FrameAnswer(origins=list(origins))


@router.post("/session", response_model=FrameSession, responses={401: {}, 404: {}, 429: {}})
def log_in_framed(
    login: LoginRequest, request: Request, response: Response, people: PeopleOf, _: OriginsOf
) -> FrameSession:
    """Log in inside a frame; no cookie is set. The token ends as a session does."""
    token = attempt_login(login, request, people, framed=True)
    response.headers["Cache-Control"] = "no-store"
    return FrameSession(token=token, session=session_answer(find_begun(token, people)))
