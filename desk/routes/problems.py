"""Errors, in one form: problem details (RFC 9457)."""

from __future__ import annotations

import math
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request, Response, WebSocket
from fastapi.exceptions import RequestValidationError
from fastapi.openapi.utils import get_openapi
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException

from contracts.errors import Forbidden, HuashuError, InputError, NotFound, ServiceDown
from contracts.finding import Finding
from desk.channels.pace import TooOften
from desk.misses.proposals import Faulty
from desk.outgoing import TooLate
from desk.routes.schemas import FindingSchema
from desk.send import Blocked
from desk.wire import finding_json

MEDIA_TYPE = "application/problem+json"
BLOCKED = "urn:huashu:problem:blocked"
"""The type of a problem that the rules found; every other one is told by its status alone."""

_LATER = {"Retry-After": "5"}


class Problem(BaseModel):
    """What was wrong: `field` names the part of the request, `findings` the rules that stopped a text."""

    type: str = Field(examples=["about:blank", BLOCKED])
    title: str
    status: int
    detail: str
    field: str | None = None
    findings: list[FindingSchema] | None = None


def problem(
    status: int,
    detail: str,
    field: str | None = None,
    findings: tuple[Finding, ...] = (),
    headers: dict[str, str] | None = None,
) -> Response:
    """The answer to a request that failed."""
    content: dict[str, Any] = {
        "type": BLOCKED if findings else "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail.encode("utf-8", errors="backslashreplace").decode("utf-8"),
    }
    if field:
        content["field"] = field.encode("utf-8", errors="backslashreplace").decode("utf-8")
    if findings:
        content["findings"] = [finding_json(found) for found in findings]
    return JSONResponse(content, status, headers, MEDIA_TYPE)


def answer_problems(app: FastAPI) -> None:
    """Have every error of `app` answered in this form, and say so in its OpenAPI."""
    app.add_exception_handler(HuashuError, _expected)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _refused)
    app.add_exception_handler(Exception, _unexpected)
    app.openapi = lambda: _described(app)  # type: ignore[method-assign]


async def _expected(request: Any, error: Exception) -> Any:
    if isinstance(request, WebSocket):  # what comes before the connection stands; nobody is told why
        await request.close(1011 if isinstance(error, ServiceDown) else 1008, "refused")
        return None
    if isinstance(error, Forbidden):
        return problem(403, str(error))
    if isinstance(error, NotFound):
        return problem(404, str(error))
    if isinstance(error, Blocked):
        return problem(422, str(error), "text", error.verdict.findings)
    if isinstance(error, Faulty):
        return problem(422, str(error), error.field)
    if isinstance(error, ServiceDown):
        return problem(503, str(error), headers=_LATER)
    if isinstance(error, TooOften):
        return problem(429, str(error), headers={"Retry-After": str(math.ceil(error.wait))})
    if isinstance(error, TooLate):
        return problem(409, str(error))
    return problem(422 if isinstance(error, InputError) else 500, str(error))


async def _invalid(request: Request, error: Exception) -> Response:  # noqa: ARG001 - the framework's signature
    if not isinstance(error, RequestValidationError):
        raise error
    first = error.errors()[0]
    return problem(422, str(first["msg"]), ".".join(str(part) for part in first["loc"][1:]) or None)


async def _refused(request: Request, error: Exception) -> Response:  # noqa: ARG001 - the framework's signature
    if not isinstance(error, HTTPException):
        raise error
    return problem(error.status_code, str(error.detail), headers=dict(error.headers or {}))


async def _unexpected(request: Request, error: Exception) -> Response:  # noqa: ARG001 - the framework's signature
    """The server's log has the error itself."""
    return problem(500, "something went wrong inside; the log says what")


def _described(app: FastAPI) -> dict[str, Any]:
    """The OpenAPI document, with problems under their own media type."""
    if app.openapi_schema:
        return app.openapi_schema
    document = get_openapi(title=app.title, version=app.version, routes=app.routes)
    for operations in document["paths"].values():
        for operation in operations.values():
            for answer in operation["responses"].values():
                content = answer.get("content", {})
                schema = content.get("application/json", {}).get("schema", {})
                if str(schema.get("$ref", "")).endswith("/Problem"):
                    answer["content"] = {MEDIA_TYPE: content["application/json"]}
    app.openapi_schema = document
    return document
