"""`/v1/demo/{shop}/busy-hour`: our own dialogues, played into a demo shop, without a login."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, Request
from pydantic import BaseModel, ConfigDict, Field

from desk.channels.busy_hour import USUAL_SPEED
from desk.routes.doors import DoorsOf, refusals
from desk.routes.problems import Problem

router = APIRouter(prefix="/v1/demo", tags=["demo"])

_REFUSED: dict[int | str, dict[str, Any]] = {
    404: {"model": Problem, "description": "There is no demo shop of this name"},
    409: {"model": Problem, "description": "It is being played already"},
    429: {"model": Problem, "description": "Too often"},
}


class BusyHourRequest(BaseModel):
    """How fast the hour is played, in times real time: at 60 it takes a minute."""

    model_config = ConfigDict(extra="forbid")

    speed: Annotated[float, Field(ge=1, le=3600)] = USUAL_SPEED


class BusyHourProgress(BaseModel):
    """How far the hour is; `seconds_left` are those until its last line."""

    running: bool
    conversations: int
    lines: int
    played: int
    seconds_left: float


@router.post("/{shop}/busy-hour", status_code=202, response_model=BusyHourProgress, responses=_REFUSED)
def begin_busy_hour(
    shop: str, request: Request, doors: DoorsOf, wanted: BusyHourRequest | None = None
) -> dict[str, Any]:
    """Begin to play the hour."""
    with refusals():
        address = request.client.host if request.client else ""
        return asdict(doors.busy_hour.begin(shop, address, wanted.speed if wanted else USUAL_SPEED))


@router.get("/{shop}/busy-hour", response_model=BusyHourProgress, responses={404: _REFUSED[404]})
def read_busy_hour(shop: str, doors: DoorsOf) -> dict[str, Any]:
    """How far the hour is."""
    return asdict(doors.busy_hour.progress(shop))
