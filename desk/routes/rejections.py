"""Suggestions that agents found to be of no use."""

from __future__ import annotations

from fastapi import APIRouter

from desk.routes.access import CallerOf
from desk.routes.conversation_schemas import RejectedAnswer, RejectRequest
from desk.routes.services import ServiceOf
from desk.routes.talks import ReplyTalk

router = APIRouter(prefix="/v1/conversations/{conversation}", tags=["suggestions"])


@router.post("/rejections", status_code=201)
def reject_suggestion(request: RejectRequest, talk: ReplyTalk, caller: CallerOf, service: ServiceOf) -> RejectedAnswer:
    """Say that a suggestion is of no use, and why."""
    name = service.refusals.refuse(talk, request.suggestion, request.rank, caller.actor, request.reason)
    return RejectedAnswer(id=name)
