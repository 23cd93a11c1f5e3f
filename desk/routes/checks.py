"""`POST /v1/check`: what the rules say about a text before it leaves."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from contracts.context import Context
from contracts.platform import Platform
from desk.routes.schemas import CheckAnswer
from desk.routes.services import DeskOf
from desk.wire import verdict_json

router = APIRouter(prefix="/v1", tags=["check"])


class CheckRequest(BaseModel):
    """A text, the platform it goes to, and what is known."""

    model_config = ConfigDict(extra="forbid")

    text: Annotated[str, Field(max_length=200_000, examples=["要票的话加6个点"])]
    platform: Annotated[str, Field(examples=["tmall"])]
    context: Annotated[dict[str, Any], Field(description="Flat state keys.", examples=[{"order.status": "paid"}])] = {}
    shop: Annotated[str | None, Field(description="Whose own rules and hints hold as well.")] = None


@router.post("/check", response_model=CheckAnswer)
def check(request: CheckRequest, desk: DeskOf) -> dict[str, Any]:
    """Findings with the span, the reason, and what to say instead."""
    context, warnings = Context().with_values(request.context)
    platform = Platform.parse(request.platform)
    shop = desk.shops.get(request.shop, platform) if request.shop else None
    verdict = desk.checker.check(request.text, platform, context, shop)
    return {**verdict_json(verdict), "warnings": list(warnings)}
