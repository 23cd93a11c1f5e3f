"""The HTTP application."""

from __future__ import annotations

import gc
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from functools import partial
from typing import Any

from fastapi import Depends, FastAPI
from fastapi.routing import APIRoute
from starlette.concurrency import run_in_threadpool

from contracts.errors import HuashuError
from contracts.version import VERSION
from desk.assembly import Desk, assemble, open_reader, open_suggester
from desk.channels.doors import Ways
from desk.journal import write_json_logs
from desk.routes import (
    audit,
    busy_hour,
    checks,
    conversations,
    dead_letters,
    demo_buyer,
    events,
    frame,
    handover,
    health,
    library,
    live,
    messages,
    misses,
    panel,
    people,
    proposals,
    rejections,
    replies,
    rules,
    sessions,
    shift_books,
    shop_hours,
    sidebar,
    statistics,
    suggestions,
    topics,
    webhook,
)
from desk.routes.limits import BodyLimit, limit_address, limit_caller
from desk.routes.problems import Problem, answer_problems
from desk.service import Service, make_service
from desk.settings import load_settings
from desk.storage.database import Database
from desk.suggest_process import SuggestProcess

SWITCH = 0.0005
"""Seconds after which a thread that computes lets another one go on: those that store lines wait for each statement's
answer, and are not to wait as long again for the interpreter."""

_PROBLEMS: dict[int | str, dict[str, object]] = {
    422: {"model": Problem, "description": "The request cannot be used, or the rules stop the text"},
    429: {"model": Problem, "description": "Too many requests; Retry-After says how long to wait"},
    503: {"model": Problem, "description": "A service that is needed does not answer"},
}
_ACCESS: dict[int | str, dict[str, object]] = {
    401: {"model": Problem, "description": "Nobody has logged in"},
    403: {"model": Problem, "description": "The caller may not do this"},
    404: {"model": Problem, "description": "It is not there, or not for this caller"},
}
_FOR_CALLERS = (
    conversations,
    messages,
    dead_letters,
    rejections,
    library,
    topics,
    replies,
    rules,
    misses,
    proposals,
    statistics,
    events,
    audit,
    people,
    handover,
    shift_books,
    shop_hours,
)
"""The routes of those who have logged in or send a token."""


def create_app() -> FastAPI:
    """The application of this installation, as uvicorn's factory; what must stop the start ends the process."""
    try:
        settings = load_settings()
        desk = assemble(settings, open_reader(settings))
        database = Database.open(settings.database_url)
        apart = SuggestProcess(desk.suggester, partial(open_suggester, settings)) if settings.suggests_apart else None
        service = make_service(desk, database, Ways.open(settings, desk.shops, database), apart=apart)
    except HuashuError as error:
        sys.exit(f"huashu: {error}")
    write_json_logs()
    _ready_interpreter(desk)
    return build_app(service)


def _ready_interpreter(desk: Desk) -> None:
    """Have the interpreter keep nobody waiting for what is not theirs.

    Replies, rules and tables stay for as long as the process: the search for unused objects, which stops all threads
    (an eighth of a second for all that is loaded), leaves them out.
    """
    desk.suggester.warm_up()
    gc.collect()
    gc.freeze()
    sys.setswitchinterval(SWITCH)


def build_app(service: Service) -> FastAPI:
    """An application that starts `service` and stops it at the end."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:  # noqa: ARG001 - the framework's signature
        await run_in_threadpool(service.start)
        yield
        await run_in_threadpool(service.stop)

    app = _routed(lifespan)
    app.state.service = service
    app.state.people = service.people
    app.state.doors = service.doors
    return app


def describe_api() -> dict[str, Any]:
    """The OpenAPI document; nothing is assembled for it."""
    return _routed(None).openapi()


def _routed(lifespan: Callable[[FastAPI], AbstractAsyncContextManager[None]] | None) -> FastAPI:
    app = FastAPI(
        title="Huashu", version=VERSION, lifespan=lifespan, generate_unique_id_function=_operation, responses=_PROBLEMS
    )
    for module in (suggestions, checks, sessions, frame):
        app.include_router(module.router, dependencies=[Depends(limit_address)])
    for router in (checks.talk_router, *(module.router for module in _FOR_CALLERS)):
        app.include_router(router, dependencies=[Depends(limit_caller)], responses=_ACCESS)
    for module in (webhook, demo_buyer, busy_hour, live, health, panel, sidebar):
        app.include_router(module.router)
    answer_problems(app)
    app.add_middleware(BodyLimit)
    return app


def _operation(route: APIRoute) -> str:
    """The name of an operation in generated clients: that of its function."""
    return route.name
