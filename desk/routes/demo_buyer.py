"""`/v1/demo`: the shops of the built-in buyer window and `/v1/demo/{shop}/messages`, without a login."""

from __future__ import annotations

import secrets
from typing import Annotated, Any

from fastapi import APIRouter, Cookie, Depends, Header, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from desk.channels.demo import LONGEST, Buyer
from desk.channels.webhook_door import Name
from desk.routes.doors import DoorsOf, refusals

router = APIRouter(prefix="/v1/demo", tags=["demo"])

COOKIE = "huashu_buyer"
HEADER = "X-Huashu-Buyer"
_ID = r"^[A-Za-z0-9_-]{16,64}$"
_YEAR = 365 * 86_400
_REFUSED: dict[int | str, dict[str, Any]] = {
    404: {"description": "There is no demo shop of this name"},
    429: {"description": "Too often"},
}


class DemoLine(BaseModel):
    """A buyer's line; `id` is the sender's own, and the same id is the same line."""

    model_config = ConfigDict(extra="forbid")

    text: Annotated[str, Field(min_length=1, max_length=LONGEST)]
    id: Name


class DemoShop(BaseModel):
    """A shop that anybody may write to."""

    id: str
    name: str
    platform: str


class DemoReceived(BaseModel):
    """The line is kept; `duplicate` when it had come before."""

    message: str
    duplicate: bool


class DemoShown(BaseModel):
    """A line in the window; `mine` are the buyer's own."""

    place: int
    message: str
    mine: bool
    text: str
    at: str


class DemoView(BaseModel):
    """What appeared; the next request asks with `after` = `next`."""

    shop: str
    lines: list[DemoShown]
    next: int
    order: dict[str, Any] | None


def get_buyer(
    request: Request,
    response: Response,
    header: Annotated[
        str | None, Header(alias=HEADER, pattern=_ID, description="A random id, in place of the cookie.")
    ] = None,
    cookie: Annotated[str | None, Cookie(alias=COOKIE, pattern=_ID)] = None,
) -> Buyer:
    """The buyer of the header or the cookie; one who is new gets a cookie."""
    known = header or cookie
    if known is None:
        known = secrets.token_urlsafe(24)
        secure = request.url.scheme == "https"
        response.set_cookie(
            COOKIE, known, max_age=_YEAR, path="/v1/demo", secure=secure, httponly=True, samesite="strict"
        )
    return Buyer(known, request.client.host if request.client else "")


BuyerOf = Annotated[Buyer, Depends(get_buyer)]


@router.get("", response_model=list[DemoShop])
def list_demo_shops(doors: DoorsOf) -> list[DemoShop]:
    """The shops that anybody may write to."""
    return [DemoShop(id=shop.id, name=shop.name, platform=shop.platform.value) for shop in doors.demo.shops]


@router.post("/{shop}/messages", status_code=202, response_model=DemoReceived, responses=_REFUSED)
def say(shop: str, line: DemoLine, buyer: BuyerOf, doors: DoorsOf) -> dict[str, Any]:
    """Write to a demo shop."""
    with refusals():
        received = doors.demo.say(shop, buyer, line.text, line.id)
    return {"message": received.message, "duplicate": received.duplicate}


@router.get("/{shop}/messages", response_model=DemoView, responses=_REFUSED)
def look(
    shop: str, buyer: BuyerOf, doors: DoorsOf, after: Annotated[int, Query(ge=0, le=2_000_000_000)] = 0
) -> dict[str, Any]:
    """What appeared behind a place: the buyer's own lines, and the shop's once they were delivered."""
    with refusals():
        view = doors.demo.look(shop, buyer, after)
    return {
        "shop": view.shop.name,
        "lines": [
            {
                "place": line.place,
                "message": line.message,
                "mine": line.mine,
                "text": line.text,
                "at": line.at.isoformat(),
            }
            for line in view.lines
        ],
        "next": view.next,
        "order": dict(view.order) or None,
    }
