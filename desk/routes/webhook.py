"""`POST /v1/channels/webhook/{shop}`: a buyer's line from the shop's own system, signed."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Header
from pydantic import BaseModel
from starlette.concurrency import run_in_threadpool

from desk.channels.webhook_door import Signature, WebhookLine
from desk.routes.doors import DoorsOf, read_body, refusals

router = APIRouter(prefix="/v1/channels", tags=["channels"])

_REFUSED: dict[int | str, dict[str, Any]] = {
    401: {"description": "The signature is missing, wrong or too old"},
    409: {"description": "The id belongs to another line"},
    413: {"description": "The body is too long"},
}
_BODY = {
    "requestBody": {"required": True, "content": {"application/json": {"schema": WebhookLine.model_json_schema()}}}
}


class WebhookAnswer(BaseModel):
    """Where the line is kept; `duplicate` when it had come before."""

    message: str
    conversation: str
    duplicate: bool


def get_signature(
    timestamp: Annotated[str, Header(alias="X-Huashu-Timestamp", description="Seconds since 1970.")] = "",
    signature: Annotated[
        str, Header(alias="X-Huashu-Signature", description="sha256=HMAC-SHA256 over {timestamp}.{body}, in hex.")
    ] = "",
) -> Signature:
    """What the headers say."""
    return Signature(timestamp, signature)


@router.post("/webhook/{shop}", status_code=202, response_model=WebhookAnswer, responses=_REFUSED, openapi_extra=_BODY)
async def receive_line(
    shop: str,
    signature: Annotated[Signature, Depends(get_signature)],
    body: Annotated[bytes, Depends(read_body)],
    doors: DoorsOf,
) -> dict[str, Any]:
    """Keep a line and answer at once; suggestions are made afterwards."""
    with refusals():
        received = await run_in_threadpool(doors.webhook.receive, shop, signature, body)
    return {
        "message": received.message,
        "conversation": received.conversation,
        "duplicate": received.duplicate,
    }
