"""`POST /v1/suggestions`: checked replies to one buyer message."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from contracts.platform import Platform
from contracts.text import clean, clean_optional
from contracts.turn import Inquiry
from desk.dialogues import build_context, parse_order
from desk.routes.schemas import SuggestionsAnswer
from desk.routes.services import DeskOf
from desk.wire import answer_json

router = APIRouter(prefix="/v1", tags=["suggestions"])


class SuggestionsRequest(BaseModel):
    """A buyer's message in its context. Text beyond 2,000 characters is not read."""

    model_config = ConfigDict(extra="forbid")

    text: Annotated[str, Field(description="What the buyer wrote.", examples=["能开专票吗"])]
    platform: Annotated[str, Field(examples=["tmall"])]
    shop: Annotated[str | None, Field(description="Shop id; fills slots and states.")] = None
    previous_buyer: Annotated[str, Field(description="The buyer's line before.")] = ""
    previous_agent: Annotated[str, Field(description="The shop's line before.")] = ""
    order: Annotated[
        dict[str, Any], Field(description="What is known of the order.", examples=[{"status": "paid"}])
    ] = {}
    context: Annotated[dict[str, Any], Field(description="Flat state keys.", examples=[{"item.custom": False}])] = {}
    k: Annotated[int, Field(ge=1, le=20)] = 3


@router.post("/suggestions", response_model=SuggestionsAnswer)
def suggest_replies(request: SuggestionsRequest, desk: DeskOf) -> dict[str, Any]:
    """Up to `k` replies that fit the question, the platform and the order, each held against the rules."""
    order, order_warnings = parse_order(request.order)
    context, context_warnings = build_context(request.order, request.context)
    inquiry = Inquiry(
        text=clean(request.text),
        platform=Platform.parse(request.platform),
        shop=request.shop,
        previous_buyer=clean_optional(request.previous_buyer),
        previous_agent=clean_optional(request.previous_agent),
        context=context,
        order=order,
    )
    answer = answer_json(desk.suggester.suggest(inquiry, desk.shop_of(inquiry), request.k))
    answer["notes"] = [*answer["notes"], *order_warnings, *context_warnings]
    return answer
