"""How much may come in: the size of a body, and requests by caller."""

from __future__ import annotations

import time

from fastapi import Request
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from desk.routes.access import CallerOf
from desk.routes.problems import problem
from desk.routes.services import ServiceOf
from desk.service import Service

MAX_BODY = 1_000_000
"""Bytes of a request body; more is refused before it is read."""


class BodyLimit:
    """Refuses a body that is too long, and one that does not say how long it is."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and not _has_fit_body(Headers(scope=scope)):
            refusal = problem(413, f"the body must have a length of at most {MAX_BODY} bytes")
            await refusal(scope, receive, send)
            return
        await self._app(scope, receive, send)


def _has_fit_body(headers: Headers) -> bool:
    length = headers.get("content-length", "0")
    return "transfer-encoding" not in headers and length.isdecimal() and int(length) <= MAX_BODY


def limit_caller(caller: CallerOf, service: ServiceOf) -> None:
    """Refuse a caller who asks too often, wherever the requests come from. Raises TooOften."""
    _count(service, f"caller {caller.id}")


def limit_address(request: Request, service: ServiceOf) -> None:
    """Refuse an address that asks too often, where anybody may ask. Raises TooOften."""
    _count(service, f"address {request.client.host if request.client else ''}")


def _count(service: Service, name: str) -> None:
    if service.pace is not None:
        service.pace.step(name, time.monotonic())
