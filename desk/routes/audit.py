"""A shop's audit for its leaders and for programs: in pages, and whole as a file."""

from __future__ import annotations

from datetime import datetime
from enum import Enum
from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import StreamingResponse
from pydantic import AwareDatetime, BaseModel

from contracts.errors import Forbidden
from desk.audit import Export, Span, entry_json, write_entries
from desk.people.access import Caller, Kind, Right, Scope, require
from desk.routes.access import CallerOf
from desk.routes.services import ServiceOf
from desk.service import Service
from desk.storage.ledger import entries_after, head_of

router = APIRouter(prefix="/v1/shops/{shop}/audit", tags=["audit"])

Unmasked = Annotated[
    bool,
    Query(description="With telephone numbers and the like: admins only, where storage.unmasked_export allows it."),
]


class RecordSchema(BaseModel):
    """One entry: who did what, and when. `number` counts from 1 in the shop without gaps.

    `body` is null once it was `erased`; `hash` covers the entry before, these fields and `digest`, not the body itself.
    """

    shop: str
    number: int
    at: datetime
    actor: str
    kind: str
    conversation: str
    body: dict[str, Any] | None
    erased: bool
    digest: str
    hash: str


class AuditPage(BaseModel):
    """Entries in their order; `last` is the number of the shop's latest one."""

    entries: list[RecordSchema]
    last: int


class Format(str, Enum):
    """A JSON object a line, or a table."""

    JSONL = "jsonl"
    CSV = "csv"


_TYPES = {Format.JSONL: "application/jsonl", Format.CSV: "text/csv; charset=utf-8"}


@router.get("")
def read_audit(
    shop: str,
    caller: CallerOf,
    service: ServiceOf,
    after: Annotated[int, Query(ge=0, le=2**31 - 1, description="The number of the last entry seen.")] = 0,
    limit: Annotated[int, Query(ge=1, le=500)] = 100,
    unmasked: Unmasked = False,
) -> AuditPage:
    """The entries behind a number, in their order, personal data masked. For shift leaders, and `audit:read`."""
    _permit(caller, shop, service, unmasked=unmasked)
    with service.database.reading() as connection:
        last = head_of(connection, shop).number
        found = entries_after(connection, shop, after, limit)
    told = [RecordSchema.model_validate(entry_json(entry, masked=not unmasked)) for entry in found]
    return AuditPage(entries=told, last=last)


@router.get(
    "/export",
    response_class=StreamingResponse,
    responses={200: {"content": {kind.partition(";")[0]: {"schema": {"type": "string"}} for kind in _TYPES.values()}}},
)
def export_audit(
    shop: str,
    caller: CallerOf,
    service: ServiceOf,
    form: Annotated[Format, Query(alias="format")] = Format.JSONL,
    since: Annotated[AwareDatetime | None, Query(description="From this moment on.")] = None,
    until: Annotated[AwareDatetime | None, Query(description="Up to this moment, which is not included.")] = None,
    unmasked: Unmasked = False,
) -> StreamingResponse:
    """The whole audit as a file. That it was taken out is an entry, too, written before the first line leaves."""
    _permit(caller, shop, service, unmasked=unmasked)
    database, span, now = service.database, Span(since, until), service.clock()
    export = Export.begin(database, shop, span, caller.actor, now, masked=not unmasked)
    lines = write_entries(export.entries(database), form.value, masked=not unmasked)
    named = {"Content-Disposition": f'attachment; filename="audit.{form.value}"'}
    return StreamingResponse(lines, media_type=_TYPES[form], headers=named)


def _permit(caller: Caller, shop: str, service: Service, *, unmasked: bool) -> None:
    """Raises NotFound, Forbidden."""
    require(caller, shop, Right.LEAD, Scope.AUDIT_READ)
    if not unmasked:
        return
    if caller.kind is not Kind.AGENT or not caller.may(shop, Right.ADMINISTER):
        raise Forbidden("only an admin may see personal data in the audit")
    if not service.desk.settings.storage.unmasked_export:
        raise Forbidden("the setting storage.unmasked_export does not allow it")
