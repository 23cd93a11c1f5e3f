"""The HTTP application."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import FileResponse, JSONResponse
from starlette.exceptions import HTTPException

from contracts.errors import Forbidden, HuashuError, InputError, NotFound, ServiceDown
from contracts.version import VERSION
from desk.assembly import Desk, assemble
from desk.routes import checks, health, suggestions
from desk.routes.schemas import ErrorAnswer
from desk.settings import load_settings
from desk.understand import RasaReader

MAX_BODY = 1_000_000
"""Bytes of a request body; more is refused before it is read."""

_STATUS = ((ServiceDown, 503), (NotFound, 404), (InputError, 422), (Forbidden, 403))
"""What a caller is told, by the kind of error; the first that fits."""

_PAGE = Path(__file__).parent / "pages" / "try.html"


def create_app() -> FastAPI:
    """The application of this installation, as uvicorn's factory; what must stop the start ends the process."""
    try:
        settings = load_settings()
        desk = assemble(settings, RasaReader(settings.rasa_url, settings.rasa.timeout_ms / 1000))
    except HuashuError as error:
        sys.exit(f"huashu: {error}")
    return build_app(desk)


def build_app(desk: Desk) -> FastAPI:
    """An application that serves `desk` and closes it at the end."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        app.state.desk = desk
        desk.suggester.warm_up()
        yield
        desk.suggester.close()

    responses: dict[int | str, dict[str, object]] = {
        422: {"model": ErrorAnswer, "description": "The request cannot be used"}
    }
    app = FastAPI(title="Huashu", version=VERSION, lifespan=lifespan, responses=responses)
    app.include_router(suggestions.router)
    app.include_router(checks.router)
    app.include_router(health.router)
    app.add_exception_handler(HuashuError, _expected)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _refused)
    app.add_exception_handler(Exception, _unexpected)
    app.middleware("http")(_limit_body)

    @app.get("/", include_in_schema=False)
    def page() -> FileResponse:
        return FileResponse(_PAGE, media_type="text/html; charset=utf-8")

    return app


async def _limit_body(request: Request, proceed: Callable[[Request], Awaitable[Response]]) -> Response:
    length = request.headers.get("content-length", "0" if request.method == "GET" else "")
    if request.method == "POST" and (not length.isdecimal() or int(length) > MAX_BODY):
        return _error(413, f"the body must have a length of at most {MAX_BODY} bytes")
    return await proceed(request)


async def _expected(request: Request, error: Exception) -> Response:  # noqa: ARG001 - the framework's signature
    status = next((status for kind, status in _STATUS if isinstance(error, kind)), 500)
    return _error(status, str(error))


async def _invalid(request: Request, error: Exception) -> Response:  # noqa: ARG001 - the framework's signature
    if not isinstance(error, RequestValidationError):
        raise error
    first = error.errors()[0]
    field = ".".join(str(part) for part in first["loc"][1:])
    return _error(422, str(first["msg"]), field or None)


async def _refused(request: Request, error: Exception) -> Response:  # noqa: ARG001 - the framework's signature
    if not isinstance(error, HTTPException):
        raise error
    return _error(error.status_code, str(error.detail))


async def _unexpected(request: Request, error: Exception) -> Response:  # noqa: ARG001 - the framework's signature
    """The server's log has the error itself."""
    return _error(500, "something went wrong inside; the log says what")


def _error(status: int, message: str, field: str | None = None) -> JSONResponse:
    safe = message.encode("utf-8", errors="backslashreplace").decode("utf-8")
    return JSONResponse({"error": {"message": safe, "field": field}}, status_code=status)
