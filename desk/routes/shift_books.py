"""The problem book (问题登记本) and the service statistics book (服务统计本) of a shop."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Path, Query, Response
from pydantic import BaseModel, ConfigDict, Field

from contracts.errors import InputError, NotFound
from contracts.masking import mask
from contracts.text import clean_optional
from desk.inbox import whole_text
from desk.people.access import Right, Scope, conversation_for, require
from desk.routes.access import CallerOf
from desk.routes.services import ServiceOf
from desk.service import Service
from desk.service_book import FORMULA, Served, service_book
from desk.storage.feed import publish
from desk.storage.ledger import record
from desk.storage.shift_books import Problem, add_problem, answer_problem, get_problem, problems_of
from desk.storage.shops import lock_shop
from files.csv_table import csv_bytes

router = APIRouter(prefix="/v1/shops/{shop}", tags=["books"])

_DAY = timedelta(days=1)
_WEEK = timedelta(days=7)
_FIRST_YEAR, _LAST_YEAR = 2000, 2100
_LONG = Annotated[str, Field(min_length=1, max_length=2000)]
_Since = Annotated[date | None, Query(description="First day on the shop's clock; six days before today without it.")]
_Until = Annotated[date | None, Query(description="Last day; today without it.")]
_CSV: dict[int | str, dict[str, object]] = {200: {"content": {"text/csv": {}}}}
_PROBLEM_COLUMNS = ("登记时间", "登记人", "问题", "答案", "答复人", "答复时间")
_SERVICE_COLUMNS = ("日期", "客服", "班次", "接待人数", "成交人数", "转化率")


class ProblemSchema(BaseModel):
    """Something that came up at work; `due` when it waits for an answer for more than a day."""

    id: str
    conversation: str | None
    text: str
    asked_by: str
    asked_at: datetime
    answer: str
    answered_by: str
    answered_at: datetime | None
    due: bool

    @classmethod
    def of(cls, problem: Problem, now: datetime) -> ProblemSchema:
        """The problem as it is told."""
        due = problem.answered_at is None and problem.asked_at < now - _DAY
        return cls.model_validate({**vars(problem), "due": due})


class ProblemsAnswer(BaseModel):
    """Problems, the latest first; `week` counts those of the last seven days: asked, answered, open."""

    problems: list[ProblemSchema]
    week: dict[str, int]


class ProblemRequest(BaseModel):
    """A problem or an idea to be written down."""

    model_config = ConfigDict(extra="forbid")

    text: Annotated[_LONG, Field(examples=["买家问灯罩能不能单买，资料里没有"])]
    conversation: Annotated[str | None, Field(pattern=r"^[0-9a-f]{32}$")] = None


class ProblemAnswer(BaseModel):
    """What was found out."""

    model_config = ConfigDict(extra="forbid")

    answer: _LONG


class ServedSchema(BaseModel):
    """An agent's day; `rate` is bought by served, 0..1."""

    day: date
    agent: str
    shifts: list[str]
    served: int
    bought: int
    rate: float

    @classmethod
    def of(cls, served: Served) -> ServedSchema:
        """The day as it is told."""
        return cls.model_validate(served, from_attributes=True)


class ServiceAnswer(BaseModel):
    """Days and agents, with the formula in words."""

    days: list[ServedSchema]
    formula: str


@router.get("/problems")
def read_problems(
    shop: str,
    caller: CallerOf,
    service: ServiceOf,
    state: Literal["all", "open", "answered"] = "all",
    q: Annotated[str, Query(max_length=100, description="Words in the problem or its answer.")] = "",
) -> ProblemsAnswer:
    """The problem book."""
    require(caller, shop, Right.READ)
    now = service.clock()
    with service.database.reading() as connection:
        found = problems_of(connection, shop, None if state == "all" else state == "answered", clean_optional(q))
        week = problems_of(connection, shop, since=now - _WEEK)
    answered = sum(problem.answered_at is not None for problem in week)
    counts = {"asked": len(week), "answered": answered, "open": len(week) - answered}
    return ProblemsAnswer(problems=[ProblemSchema.of(problem, now) for problem in found], week=counts)


@router.post("/problems", status_code=201)
def write_problem(shop: str, request: ProblemRequest, caller: CallerOf, service: ServiceOf) -> ProblemSchema:
    """Write down a problem or an idea."""
    require(caller, shop, Right.REPLY)
    now, text = service.clock(), whole_text(request.text)
    with service.database.transaction() as connection:
        lock_shop(connection, shop)
        if request.conversation is not None and conversation_for(connection, caller, request.conversation).shop != shop:
            raise NotFound("not found")
        problem = add_problem(connection, shop, text, caller.actor, now, request.conversation)
        publish(connection, shop, now, "problem", "", {"problem": problem.id, "author": caller.actor})
        record(connection, shop, now, caller.actor, "problem", {"problem": problem.id, "text": text})
    return ProblemSchema.of(problem, now)


@router.put("/problems/{problem}/answer")
def answer(
    shop: str,
    problem: Annotated[str, Path(pattern=r"^[0-9a-f]{32}$")],
    request: ProblemAnswer,
    caller: CallerOf,
    service: ServiceOf,
) -> ProblemSchema:
    """Write down what was found out."""
    require(caller, shop, Right.REPLY)
    now, text = service.clock(), whole_text(request.answer)
    with service.database.transaction() as connection:
        lock_shop(connection, shop)
        if not answer_problem(connection, shop, problem, text, caller.actor, now):
            raise NotFound("not found")
        found = get_problem(connection, shop, problem)
        publish(connection, shop, now, "problem", "", {"problem": problem, "author": caller.actor})
        record(connection, shop, now, caller.actor, "problem_answered", {"problem": problem, "answer": text})
    if found is None:
        raise NotFound("not found")
    return ProblemSchema.of(found, now)


@router.get("/problems.csv", response_class=Response, responses=_CSV)
def export_problems(shop: str, caller: CallerOf, service: ServiceOf) -> Response:
    """The problem book as a table for Excel."""
    require(caller, shop, Right.READ)
    zone, shown = ZoneInfo(service.desk.shops.find(shop).timezone), _shown(service)
    with service.database.reading() as connection:
        found = problems_of(connection, shop)
    rows = [
        [
            _time(problem.asked_at, zone),
            problem.asked_by,
            shown(problem.text),
            shown(problem.answer),
            problem.answered_by,
            _time(problem.answered_at, zone),
        ]
        for problem in found
    ]
    return _table("problems", service, csv_bytes(_PROBLEM_COLUMNS, rows))


@router.get("/service-book")
def read_service_book(
    shop: str, caller: CallerOf, service: ServiceOf, since: _Since = None, until: _Until = None
) -> ServiceAnswer:
    """Buyers served, buyers who bought and the conversion rate, by day and agent."""
    require(caller, shop, Right.READ, Scope.MESSAGES_READ)
    days = [ServedSchema.of(day) for day in _served(service, shop, since, until)]
    return ServiceAnswer(days=days, formula=FORMULA)


@router.get("/service-book.csv", response_class=Response, responses=_CSV)
def export_service_book(
    shop: str, caller: CallerOf, service: ServiceOf, since: _Since = None, until: _Until = None
) -> Response:
    """The same as a table for Excel."""
    require(caller, shop, Right.READ, Scope.MESSAGES_READ)
    rows = [
        [day.day.isoformat(), day.agent, "、".join(day.shifts), str(day.served), str(day.bought), f"{day.rate:.1%}"]
        for day in _served(service, shop, since, until)
    ]
    return _table("service", service, csv_bytes(_SERVICE_COLUMNS, rows))


def _served(service: Service, shop: str, since: date | None, until: date | None) -> tuple[Served, ...]:
    known = service.desk.shops.find(shop)
    today = service.clock().astimezone(ZoneInfo(known.timezone)).date()
    for day in (since, until):
        if day is not None and not _FIRST_YEAR <= day.year <= _LAST_YEAR:
            raise InputError(f"the days lie between {_FIRST_YEAR} and {_LAST_YEAR}")
    until = until or today
    first = since or until - (_WEEK - _DAY)
    with service.database.reading() as connection:
        return service_book(connection, known, first, until)


def _shown(service: Service) -> Callable[[str], str]:
    """What an export shows of a text."""
    return str if service.desk.settings.storage.unmasked_export else mask


def _time(moment: datetime | None, zone: ZoneInfo) -> str:
    return moment.astimezone(zone).strftime("%Y-%m-%d %H:%M") if moment else ""


def _table(name: str, service: Service, content: bytes) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}-{service.clock():%Y%m%d}.csv"'}
    return Response(content, media_type="text/csv; charset=utf-8", headers=headers)
