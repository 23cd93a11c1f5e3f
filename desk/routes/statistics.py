"""`/v1/shops/{shop}/statistics`: the service statistics book."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel

from desk.people.access import Right, Scope, require
from desk.period import Period
from desk.routes.access import CallerOf
from desk.routes.periods import PeriodOf
from desk.routes.services import ServiceOf
from desk.statistics.figures import Conversion, Figures, Responses
from desk.statistics.formulas import FORMULAS
from desk.statistics.table import Rows, table_bytes

router = APIRouter(prefix="/v1/shops/{shop}", tags=["statistics"])

_CSV = "text/csv; charset=utf-8"


class ResponsesSchema(BaseModel):
    """First response times; seconds. Null where nobody asked or, for times, nobody was answered."""

    answered: int
    unanswered: int
    median: float | None
    p90: float | None
    within_limit: float | None

    @classmethod
    def of(cls, responses: Responses) -> ResponsesSchema:
        """The times as they are told."""
        return cls.model_validate(responses, from_attributes=True)


class ConversionSchema(BaseModel):
    """Buyers who asked before they paid, those of them who then paid, and their share."""

    asked: int
    paid: int
    rate: float | None

    @classmethod
    def of(cls, conversion: Conversion) -> ConversionSchema:
        """The conversion as it is told."""
        return cls.model_validate(conversion, from_attributes=True)


class FiguresSchema(BaseModel):
    """What is counted; `formulas` say how.

    `accepted` are the shares of the agents' lines that were suggestion 1, 2 and 3, unchanged. `conversion` is null
    where the desk has no orders of the shop.
    """

    buyers: int
    received: int
    sent_by_people: int
    sent_automatically: int
    people: ResponsesSchema
    automatic: ResponsesSchema
    approved: list[int]
    accepted: list[float | None]
    edited: int
    edited_share: float | None
    edit_distance: float | None
    searched: int
    written: int
    rejected: int
    blocked: int
    conversion: ConversionSchema | None

    @classmethod
    def of(cls, figures: Figures) -> FiguresSchema:
        """The figures as they are told."""
        choices = figures.choices
        return cls(
            buyers=figures.buyers,
            received=figures.received,
            sent_by_people=figures.sent_by_people,
            sent_automatically=figures.sent_automatically,
            people=ResponsesSchema.of(figures.people),
            automatic=ResponsesSchema.of(figures.automatic),
            approved=list(choices.approved),
            accepted=[choices.accepted(rank) for rank in (1, 2, 3)],
            edited=choices.edited,
            edited_share=choices.edited_share,
            edit_distance=choices.edit_distance,
            searched=choices.searched,
            written=choices.written,
            rejected=choices.rejected,
            blocked=figures.blocked,
            conversion=ConversionSchema.of(figures.conversion) if figures.conversion else None,
        )


class DayFigures(BaseModel):
    """A day on the shop's clock."""

    day: date
    figures: FiguresSchema


class AgentFigures(BaseModel):
    """What one agent did; an id that begins with `token:` is a program."""

    agent: str
    figures: FiguresSchema


class ClauseCount(BaseModel):
    """How often a rule stopped a text."""

    clause: str
    count: int


class LimitSchema(BaseModel):
    """How long the platform lets a buyer wait, whose answers count there, and where that is said."""

    seconds: int
    counts: list[str]
    note: str
    source: str
    verified_on: date | None


class FormulaSchema(BaseModel):
    """How a figure is counted, in words."""

    zh: str
    en: str


class StatisticsAnswer(BaseModel):
    """The book of a shop. `hours` has 24 entries, by when a buyer asked; `agents` is null below leaders."""

    shop: str
    first: date
    last: date
    total: FiguresSchema
    days: list[DayFigures]
    hours: list[FiguresSchema]
    agents: list[AgentFigures] | None
    clauses: list[ClauseCount]
    limit: LimitSchema | None
    formulas: dict[str, FormulaSchema]


@router.get("/statistics")
def read_statistics(shop: str, caller: CallerOf, period: PeriodOf, service: ServiceOf) -> StatisticsAnswer:
    """Served buyers, first response times, what became of suggestions, stopped texts, conversion."""
    require(caller, shop, Right.READ, Scope.AUDIT_READ)
    book = service.book.read(service.desk.shops.find(shop), period)
    leads = caller.may(shop, Right.LEAD, Scope.AUDIT_READ)
    agents = [AgentFigures(agent=name, figures=FiguresSchema.of(of)) for name, of in book.agents.items()]
    clock = book.clock
    return StatisticsAnswer(
        shop=shop,
        first=period.first,
        last=period.last,
        total=FiguresSchema.of(book.total),
        days=[DayFigures(day=day, figures=FiguresSchema.of(figures)) for day, figures in book.days.items()],
        hours=[FiguresSchema.of(figures) for figures in book.hours],
        agents=agents if leads else None,
        clauses=[ClauseCount(clause=name, count=count) for name, count in book.clauses.items()],
        limit=LimitSchema(
            seconds=clock.limit,
            counts=list(clock.counts),
            note=clock.note,
            source=clock.document,
            verified_on=clock.verified_on,
        )
        if clock
        else None,
        formulas={name: FormulaSchema(zh=text.zh, en=text.en) for name, text in FORMULAS.items()},
    )


@router.get("/statistics.csv", response_class=Response, responses={200: {"content": {_CSV: {}}}})
def export_statistics(
    shop: str,
    caller: CallerOf,
    period: PeriodOf,
    service: ServiceOf,
    by: Annotated[Rows, Query(description="What a row stands for; agents are for leaders.")] = Rows.DAY,
) -> Response:
    """The same as a table that Excel opens."""
    require(caller, shop, Right.LEAD if by is Rows.AGENT else Right.READ, Scope.AUDIT_READ)
    content = table_bytes(service.book.read(service.desk.shops.find(shop), period), by)
    name = _file_name(shop, period, by)
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return Response(content, media_type=_CSV, headers=headers)


def _file_name(shop: str, period: Period, by: Rows) -> str:
    plain = "".join(character if character.isascii() and character.isalnum() else "-" for character in shop)
    return f"statistics-{plain}-{period.first}-{period.last}-{by.value}.csv"
