"""Health, readiness and metrics."""

from __future__ import annotations

from fastapi import APIRouter, Response

from desk.metrics import MEDIA_TYPE
from desk.routes.schemas import HealthAnswer, MissingSchema
from desk.routes.services import ServiceOf

router = APIRouter(tags=["health"])


@router.get("/health/live")
def read_liveness() -> HealthAnswer:
    """The process runs."""
    return HealthAnswer(status="ok", missing=[])


@router.get("/health/ready", responses={503: {"model": HealthAnswer, "description": "It cannot answer"}})
def read_readiness(service: ServiceOf, response: Response) -> HealthAnswer:
    """`ok`; `degraded` when a part is missing and answers come without it; `down` without a database, by 503."""
    missing = [MissingSchema(part=note.part, reason=note.reason) for note in service.missing()]
    status = "degraded" if missing else "ok"
    if any(item.part == "database" for item in missing):
        status, response.status_code = "down", 503
    return HealthAnswer(status=status, missing=missing)


@router.get("/metrics", include_in_schema=False)
def read_metrics(service: ServiceOf) -> Response:
    """Figures for Prometheus."""
    return Response(service.metrics.exposition(), media_type=MEDIA_TYPE)
