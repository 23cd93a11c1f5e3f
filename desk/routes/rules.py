"""The rules of a platform, and what they stopped in a shop."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query
from pydantic import BaseModel

from contracts.clause import Clause, Example
from contracts.platform import Platform
from desk.people.access import Right, Scope, require, require_anywhere
from desk.routes.access import CallerOf
from desk.routes.periods import PeriodOf
from desk.routes.services import DeskOf, ServiceOf
from desk.stops import stops_by_clause

router = APIRouter(prefix="/v1", tags=["rules"])


class SourceSchema(BaseModel):
    """Where a rule comes from; `verified_on` is null while nobody compared it with the platform's own text."""

    document: str
    note: str
    effective_from: date | None
    verified_on: date | None


class ExampleSchema(BaseModel):
    """A text with the state it is read in."""

    text: str
    context: dict[str, Any]

    @classmethod
    def of(cls, example: Example) -> ExampleSchema:
        """The example as it is told."""
        return cls(text=example.text, context=dict(example.context))


class ClauseSchema(BaseModel):
    """A rule. `own` ones are the shop's; a hint that is `off` is not shown to its agents; `stopped` counts texts."""

    id: str
    topic: str
    platforms: list[str]
    statement_zh: str
    statement_en: str
    severity: Literal["block", "warn"]
    hint: bool
    penalty: str
    source: SourceSchema
    why: str
    instead: str
    violating: list[ExampleSchema]
    compliant: list[ExampleSchema]
    own: bool = False
    off: bool = False
    stopped: int = 0


class ShopRules(BaseModel):
    """The rules that hold in a shop, those first that stopped most."""

    platform: str
    first: date
    last: date
    clauses: list[ClauseSchema]


@router.get("/rules")
def read_rules(
    platform: Annotated[str, Query(max_length=20, examples=["tmall"])], caller: CallerOf, desk: DeskOf
) -> list[ClauseSchema]:
    """The rules that hold on a platform for every shop."""
    require_anywhere(caller, Right.READ, Scope.CHECK)
    return [_told(clause) for clause in desk.checker.catalogue.for_platform(Platform.parse(platform))]


@router.get("/shops/{shop}/rules")
def read_shop_rules(shop: str, caller: CallerOf, period: PeriodOf, service: ServiceOf) -> ShopRules:
    """The rules of the shop's platform and its own, with how many texts each stopped in the period."""
    require(caller, shop, Right.READ, Scope.AUDIT_READ)
    known, catalogue = service.desk.shops.find(shop), service.desk.checker.catalogue
    stops = stops_by_clause(service.database, shop, period)
    own = catalogue.own.get(shop, ())
    clauses = [
        *_counted(catalogue.for_platform(known.platform), stops, known.hints_off),
        *(clause.model_copy(update={"own": True}) for clause in _counted(own, stops, known.hints_off)),
    ]
    clauses.sort(key=lambda clause: -clause.stopped)
    return ShopRules(platform=known.platform.value, first=period.first, last=period.last, clauses=clauses)


def _counted(clauses: Iterable[Clause], stops: Mapping[str, int], off: frozenset[str]) -> Iterable[ClauseSchema]:
    for clause in clauses:
        counted = {"stopped": stops.get(clause.id, 0), "off": clause.hint and clause.id in off}
        yield _told(clause).model_copy(update=counted)


def _told(clause: Clause) -> ClauseSchema:
    return ClauseSchema(
        id=clause.id,
        topic=clause.topic,
        platforms=[platform.value for platform in Platform if platform in clause.platforms],
        statement_zh=clause.statement_zh,
        statement_en=clause.statement_en,
        severity=clause.severity.value,
        hint=clause.hint,
        penalty=clause.penalty,
        source=SourceSchema.model_validate(clause.source, from_attributes=True),
        why=clause.why,
        instead=clause.instead,
        violating=[ExampleSchema.of(example) for example in clause.violating],
        compliant=[ExampleSchema.of(example) for example in clause.compliant],
    )
