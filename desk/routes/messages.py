"""What agents say: sending, taking back, trying again, and that somebody is typing."""

from __future__ import annotations

from fastapi import APIRouter, Response

from desk.routes.access import CallerOf
from desk.routes.conversation_schemas import MessageSchema, SendRequest, SentAnswer
from desk.routes.problems import Problem
from desk.routes.schemas import FindingSchema
from desk.routes.services import ServiceOf
from desk.routes.talks import ReplyLine, ReplyTalk
from desk.send import Draft
from desk.storage.feed import Notice

router = APIRouter(prefix="/v1/conversations/{conversation}", tags=["messages"])

TOO_LATE: dict[int | str, dict[str, object]] = {409: {"model": Problem, "description": "Too late for that"}}


@router.post("/messages", status_code=201, responses={200: {"model": SentAnswer, "description": "Sent before"}})
def send_message(
    request: SendRequest, response: Response, talk: ReplyTalk, caller: CallerOf, service: ServiceOf
) -> SentAnswer:
    """Check a line and send it. What a rule stops is answered by 422 with the findings, and does not leave."""
    draft = Draft(
        conversation=talk.id,
        text=request.text,
        author=caller.actor,
        key=f"{caller.actor}/{request.key}",
        suggestion=request.suggestion,
        rank=request.rank,
        reply_id=request.reply_id,
    )
    sent = service.sender.send(draft)
    if sent.duplicate:
        response.status_code = 200
    findings = [FindingSchema.model_validate(found, from_attributes=True) for found in sent.verdict.findings]
    undo = 0.0 if sent.duplicate else service.desk.settings.desk.undo_seconds
    return SentAnswer(
        message=MessageSchema.of(sent.message), findings=findings, duplicate=sent.duplicate, undo_seconds=undo
    )


@router.delete("/messages/{message}", responses=TOO_LATE)
def withdraw_message(talk: ReplyTalk, line: ReplyLine, caller: CallerOf, service: ServiceOf) -> MessageSchema:
    """Take a line back that has not left yet."""
    return MessageSchema.of(service.outgoings.withdraw(talk, line, caller.actor))


@router.post("/messages/{message}/retry", responses=TOO_LATE)
def retry_message(talk: ReplyTalk, line: ReplyLine, caller: CallerOf, service: ServiceOf) -> MessageSchema:
    """Try a line again that could not be delivered."""
    return MessageSchema.of(service.outgoings.retry(talk, line, caller.actor))


@router.post("/typing", status_code=204)
def note_typing(talk: ReplyTalk, caller: CallerOf, service: ServiceOf) -> None:
    """Tell the others in the shop that the caller is answering; nothing is stored."""
    service.live.announce(Notice(talk.shop, service.clock(), "typing", talk.id, {"agent": caller.actor}))
