"""What the rules say about a text before it leaves, in a state that is given or in a conversation."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from contracts.context import Context
from contracts.platform import Platform
from desk.routes.schemas import CheckAnswer
from desk.routes.services import DeskOf, ServiceOf
from desk.routes.talks import ReadTalk
from desk.wire import verdict_json

router = APIRouter(prefix="/v1", tags=["check"])
talk_router = APIRouter(prefix="/v1", tags=["check"])


class CheckRequest(BaseModel):
    """A text, the platform it goes to, and what is known."""

    model_config = ConfigDict(extra="forbid")

    text: Annotated[str, Field(max_length=200_000, examples=["要票的话加6个点"])]
    platform: Annotated[str, Field(examples=["tmall"])]
    context: Annotated[dict[str, Any], Field(description="Flat state keys.", examples=[{"order.status": "paid"}])] = {}
    shop: Annotated[str | None, Field(description="Whose own rules and hints hold as well.")] = None


@router.post("/check", response_model=CheckAnswer)
def check_text(request: CheckRequest, desk: DeskOf) -> dict[str, Any]:
    """Findings with the span, the reason, and what to say instead."""
    context, warnings = Context().with_values(request.context)
    platform = Platform.parse(request.platform)
    shop = desk.shops.get(request.shop, platform) if request.shop else None
    verdict = desk.checker.check(request.text, platform, context, shop)
    return {**verdict_json(verdict), "warnings": list(warnings)}


class DraftCheckRequest(BaseModel):
    """What an agent is about to say."""

    model_config = ConfigDict(extra="forbid")

    text: Annotated[str, Field(max_length=200_000, examples=["可以开的亲"])]


@talk_router.post("/conversations/{conversation}/check", response_model=CheckAnswer)
def check_draft(request: DraftCheckRequest, talk: ReadTalk, service: ServiceOf) -> dict[str, Any]:
    """Findings in this conversation as it stands: what the buyer asked, the order, what was sent before."""
    return {**verdict_json(service.sender.check(talk.id, request.text)), "warnings": []}
