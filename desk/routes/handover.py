"""`/v1/shops/{shop}/handover`: the handover book, read, ticked off, exported and printed; the form of a shift's end."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query, Response
from fastapi.responses import HTMLResponse
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from contracts.text import clean_optional
from desk.handover_book import HandoverBook, OpenPoints, ShiftItem
from desk.handover_paper import CSV_COLUMNS, csv_rows, paper
from desk.people.access import Right, Scope, require
from desk.routes.access import CallerOf
from desk.routes.handover_schemas import BookAnswer, EntrySchema, OpenAnswer, ShiftEndSchema
from desk.routes.services import ServiceOf
from desk.service import Service
from desk.storage.handovers import EntryKind, EntryState
from files.csv_table import csv_bytes

router = APIRouter(prefix="/v1/shops/{shop}", tags=["handover"])

Id = Annotated[str, Path(pattern=r"^[0-9a-f]{32}$")]
Period = Annotated[
    str | None,
    Query(pattern=r"^[0-9T:+.-]{0,40}$", description="A closed period as the answer lists it; else what is not done."),
]


class EntryChange(BaseModel):
    """Take an entry, tick it off or open it again; without a note the one that stands there stays."""

    model_config = ConfigDict(extra="forbid")

    state: EntryState
    note: Annotated[str | None, Field(max_length=2000)] = None


class ShiftItemRequest(BaseModel):
    """What is left to the next shift about one conversation; `due` is until when it was promised."""

    model_config = ConfigDict(extra="forbid")

    conversation: Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")]
    kind: EntryKind
    text: Annotated[str, Field(min_length=1, max_length=500, examples=["已联系仓库补发，明早把单号发给买家"])]
    due: AwareDatetime | None = None


class ShiftEndRequest(BaseModel):
    """The end of a shift: a note on it, and one item for each conversation that is left open."""

    model_config = ConfigDict(extra="forbid")

    note: Annotated[str, Field(max_length=2000)] = ""
    items: Annotated[list[ShiftItemRequest], Field(max_length=200)] = []


def _book(service: Service) -> HandoverBook:
    return HandoverBook(service.database, service.settings, service.clock)


@router.get("/handover")
def read_handover(shop: str, caller: CallerOf, service: ServiceOf, period: Period = None) -> BookAnswer:
    """The entries of a closed period, or all that are not done: the urgent first, then what was promised soonest."""
    require(caller, shop, Right.READ, Scope.MESSAGES_READ)
    return BookAnswer.of(_book(service).page(shop, period), service.clock())


@router.patch("/handover/{entry}")
def change_handover(shop: str, entry: Id, change: EntryChange, caller: CallerOf, service: ServiceOf) -> EntrySchema:
    """Take an entry over, tick it off, or open it again."""
    require(caller, shop, Right.REPLY)
    changed = _book(service).change(shop, entry, change.state, _clean(change.note), caller.actor)
    return EntrySchema.of(changed, service.clock())


@router.get("/handover.csv", response_class=Response, responses={200: {"content": {"text/csv": {}}}})
def export_handover(shop: str, caller: CallerOf, service: ServiceOf, period: Period = None) -> Response:
    """The same as a table for Excel; telephone numbers and the like only where the installation allows it."""
    require(caller, shop, Right.READ, Scope.MESSAGES_READ)
    page = _book(service).page(shop, period)
    masked = not service.desk.settings.storage.unmasked_export
    rows = csv_rows(page.entries, service.desk.shops.find(shop), masked=masked)
    headers = {"Content-Disposition": f'attachment; filename="handover-{service.clock():%Y%m%d}.csv"'}
    return Response(csv_bytes(CSV_COLUMNS, rows), media_type="text/csv; charset=utf-8", headers=headers)


@router.get("/handover/paper", response_class=HTMLResponse)
def print_handover(shop: str, caller: CallerOf, service: ServiceOf, period: Period = None) -> HTMLResponse:
    """The same as a page to be printed, with boxes to tick."""
    require(caller, shop, Right.READ)
    page = _book(service).page(shop, period)
    html = paper(page, service.desk.shops.find(shop), service.clock())
    return HTMLResponse(html, headers={"Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'"})


@router.get("/shift-end")
def read_shift_end(shop: str, caller: CallerOf, service: ServiceOf) -> OpenAnswer:
    """What is open as the shift ends; `owed` are the conversations that must have an item."""
    require(caller, shop, Right.REPLY)
    points: OpenPoints = _book(service).open_points(shop)
    return OpenAnswer.of(points, service.clock())


@router.post("/shift-end", status_code=201)
def end_shift(shop: str, request: ShiftEndRequest, caller: CallerOf, service: ServiceOf) -> ShiftEndSchema:
    """Hand the shift over. 422 while a buyer waits, or a promise is late, without an item about it."""
    require(caller, shop, Right.REPLY)
    items = [ShiftItem(item.conversation, item.kind, item.text, item.due) for item in request.items]
    return ShiftEndSchema.of(_book(service).end_shift(shop, clean_optional(request.note), items, caller.actor))


def _clean(note: str | None) -> str | None:
    return None if note is None else clean_optional(note)
