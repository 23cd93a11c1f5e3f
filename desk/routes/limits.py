"""How much may come in: the size of a body, and requests by caller."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable

from fastapi import Request, Response

from desk.routes.access import CallerOf
from desk.routes.problems import problem
from desk.routes.services import ServiceOf
from desk.service import Service

MAX_BODY = 1_000_000
"""Bytes of a request body; more is refused before it is read."""


async def limit_body(request: Request, proceed: Callable[[Request], Awaitable[Response]]) -> Response:
    """Refuse a body that is too long, and one that does not say how long it is."""
    length = request.headers.get("content-length", "0")
    if "transfer-encoding" in request.headers or not length.isdecimal() or int(length) > MAX_BODY:
        return problem(413, f"the body must have a length of at most {MAX_BODY} bytes")
    return await proceed(request)


def limit_caller(caller: CallerOf, service: ServiceOf) -> None:
    """Refuse a caller who asks too often, wherever the requests come from. Raises TooOften."""
    _count(service, f"caller {caller.id}")


def limit_address(request: Request, service: ServiceOf) -> None:
    """Refuse an address that asks too often, where anybody may ask. Raises TooOften."""
    _count(service, f"address {request.client.host if request.client else ''}")


def _count(service: Service, name: str) -> None:
    if service.pace is not None:
        service.pace.step(name, time.monotonic())
