"""Health, readiness and metrics."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Response
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, generate_latest

from desk.routes.schemas import HealthAnswer
from desk.routes.services import DeskOf

router = APIRouter(tags=["health"])


@router.get("/health/live", response_model=HealthAnswer)
def live() -> dict[str, Any]:
    """The process runs."""
    return {"status": "ok", "missing": []}


@router.get("/health/ready", response_model=HealthAnswer)
def ready(desk: DeskOf) -> dict[str, Any]:
    """The desk answers; `degraded` when a part is missing and answers come without it."""
    parts = desk.suggester.parts
    missing = list(parts.notes)
    if not parts.reader.ready():
        missing.append("Rasa")
    return {"status": "degraded" if missing else "ok", "missing": missing}


@router.get("/metrics", include_in_schema=False)
def metrics() -> Response:
    """Figures for Prometheus."""
    return Response(generate_latest(REGISTRY), media_type=CONTENT_TYPE_LATEST)
