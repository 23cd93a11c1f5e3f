"""`/v1/shops/{shop}/misses`: questions that no suggestion answered, grouped by meaning."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel

from desk.misses.misses import MissGroup
from desk.people.access import Right, Scope, require
from desk.routes.access import CallerOf
from desk.routes.periods import PeriodOf
from desk.routes.services import ServiceOf
from desk.storage.missed import MissReason

router = APIRouter(prefix="/v1/shops/{shop}", tags=["misses"])


class NearestSchema(BaseModel):
    """The reply of the library that comes nearest; `score` (0..1) orders search results."""

    reply_id: str
    topic: str
    text: str
    score: float


class ReasonCount(BaseModel):
    """Why lines were missed: nothing safe was found, all was refused, something else was sent."""

    reason: MissReason
    count: int


class MissGroupSchema(BaseModel):
    """Lines that mean the same, the plainest wording first, personal data masked. `lines` are ids for a proposal."""

    examples: list[str]
    count: int
    buyers: int
    platform: str
    reasons: list[ReasonCount]
    first_at: datetime
    last_at: datetime
    lines: list[str]
    nearest: NearestSchema | None

    @classmethod
    def of(cls, group: MissGroup, platform: str) -> MissGroupSchema:
        """The group as it is told."""
        nearest = group.nearest
        return cls(
            examples=list(group.examples),
            count=group.count,
            buyers=group.buyers,
            platform=platform,
            reasons=[ReasonCount(reason=reason, count=count) for reason, count in group.reasons.items()],
            first_at=group.first_at,
            last_at=group.last_at,
            lines=list(group.lines),
            nearest=NearestSchema(
                reply_id=nearest.id, topic=nearest.topic, text=nearest.text, score=round(group.nearness, 4)
            )
            if nearest
            else None,
        )


class MissesAnswer(BaseModel):
    """Groups, the newest first; `lines` counts all that were missed. `cut`: only the latest of them were looked at."""

    groups: list[MissGroupSchema]
    total: int
    lines: int
    cut: bool
    next: int | None


@router.get("/misses")
def read_misses(
    shop: str,
    caller: CallerOf,
    period: PeriodOf,
    service: ServiceOf,
    start: Annotated[int, Query(ge=0, le=10_000, description="`next` of the page before.")] = 0,
    limit: Annotated[int, Query(ge=1, le=50)] = 20,
) -> MissesAnswer:
    """What buyers asked without a suggestion that was used."""
    require(caller, shop, Right.READ, Scope.MESSAGES_READ)
    known = service.desk.shops.find(shop)
    page = service.misses.read(known, period, start, limit)
    return MissesAnswer(
        groups=[MissGroupSchema.of(group, known.platform.value) for group in page.groups],
        total=page.total,
        lines=page.lines,
        cut=page.cut,
        next=start + limit if start + limit < page.total else None,
    )
