"""`/v1/shops/{shop}/proposals`: replies that agents propose for the library."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Path
from pydantic import BaseModel, ConfigDict, Field

from desk.misses.proposals import Judged, Likeness, ReplyDraft
from desk.people.access import Right, require
from desk.replies.lint import TextFault
from desk.routes.access import CallerOf
from desk.routes.problems import Problem
from desk.routes.schemas import FindingSchema
from desk.routes.services import ServiceOf
from desk.storage.proposals import Proposal, ProposalState

router = APIRouter(prefix="/v1/shops/{shop}/proposals", tags=["proposals"])

_DECIDED: dict[int | str, dict[str, object]] = {409: {"model": Problem, "description": "It was decided already"}}

_Value = str | bool | int | float
_Line = Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")]


class ProposalRequest(BaseModel):
    """A reply for the library. Without `questions` those are taken that buyers asked in `lines`, which are ids.

    `when` are states in which it holds, as files of the library write them.
    """

    model_config = ConfigDict(extra="forbid")

    topic: Annotated[str, Field(max_length=100, examples=["invoice/issue"])]
    text: Annotated[str, Field(min_length=1, max_length=500, examples=["可以开的，您付款后把抬头发我就行"])]
    questions: Annotated[list[Annotated[str, Field(max_length=500)]], Field(max_length=30)] = []
    when: Annotated[
        dict[str, list[_Value]], Field(max_length=20, examples=[{"order.status": ["paid", "shipped"]}])
    ] = {}
    lines: Annotated[list[_Line], Field(max_length=200)] = []


class ProposalSchema(BaseModel):
    """A proposed reply; `reply_id` is the id it will have in the library."""

    id: str
    reply_id: str
    topic: str
    text: str
    questions: list[str]
    when: dict[str, list[_Value]]
    lines: list[str]
    state: ProposalState
    made_by: str
    made_at: datetime
    decided_by: str
    decided_at: datetime | None
    note: str

    @classmethod
    def of(cls, proposal: Proposal) -> ProposalSchema:
        """The proposal as it is told."""
        return cls.model_validate({**vars(proposal), "when": proposal.conditions})


class AlikeSchema(BaseModel):
    """A reply of the library that says the same, or nearly so."""

    likeness: Likeness
    reply_id: str
    text: str


class ProposedAnswer(BaseModel):
    """What was stored, what the rules advise, what the lint of the library says, and which replies say it already."""

    proposal: ProposalSchema
    findings: list[FindingSchema]
    faults: list[TextFault]
    alike: list[AlikeSchema]

    @classmethod
    def of(cls, judged: Judged) -> ProposedAnswer:
        """The judgement as it is told."""
        return cls(
            proposal=ProposalSchema.of(judged.proposal),
            findings=[FindingSchema.model_validate(found, from_attributes=True) for found in judged.findings],
            faults=list(judged.faults),
            alike=[AlikeSchema(likeness=how, reply_id=reply.id, text=reply.text) for how, reply in judged.alike],
        )


class DecisionRequest(BaseModel):
    """Whether the library takes a proposal, and why."""

    model_config = ConfigDict(extra="forbid")

    state: Literal[ProposalState.ACCEPTED, ProposalState.DECLINED]
    note: Annotated[str, Field(max_length=500)] = ""


@router.get("")
def list_proposals(
    shop: str, caller: CallerOf, service: ServiceOf, state: ProposalState | None = None
) -> list[ProposalSchema]:
    """The latest proposals of the shop."""
    require(caller, shop, Right.READ)
    return [ProposalSchema.of(proposal) for proposal in service.proposals.of(shop, state)]


@router.post("", status_code=201)
def propose_reply(shop: str, request: ProposalRequest, caller: CallerOf, service: ServiceOf) -> ProposedAnswer:
    """Propose a reply. What a rule stops is answered by 422 with the findings, and is not stored."""
    require(caller, shop, Right.REPLY)
    draft = ReplyDraft(request.topic, request.text, tuple(request.questions), request.when, tuple(request.lines))
    return ProposedAnswer.of(service.proposals.propose(service.desk.shops.find(shop), draft, caller.actor))


@router.post("/{proposal}/decision", responses=_DECIDED)
def decide_proposal(
    shop: str,
    proposal: Annotated[str, Path(max_length=40)],
    request: DecisionRequest,
    caller: CallerOf,
    service: ServiceOf,
) -> ProposalSchema:
    """Accept or decline a proposal; `huashu replies proposals` exports those accepted."""
    require(caller, shop, Right.LEAD)
    return ProposalSchema.of(service.proposals.decide(shop, proposal, request.state, caller.actor, request.note))
