"""The log: one JSON object a line, with ids of shop and conversation, without texts and buyers."""

from __future__ import annotations

import logging
import logging.config
import traceback
from collections.abc import MutableMapping
from typing import Any

import structlog

from contracts.answer import Answer, Route
from contracts.conversation import Delivery
from contracts.errors import ServiceDown
from contracts.finding import Verdict
from contracts.turn import Speaker
from desk.watch import Watch

_SERVER = ("uvicorn", "uvicorn.error")
_ACCESS = "uvicorn.access"
"""Addresses of people and what they searched for: never written."""


def write_json_logs() -> None:
    """Have this process, its server included, log JSON to standard error."""
    shared: list[Any] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _without_words,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
    )
    last: list[Any] = [
        structlog.stdlib.ProcessorFormatter.remove_processors_meta,
        structlog.processors.JSONRenderer(ensure_ascii=False),
    ]
    handler = logging.StreamHandler()
    handler.setFormatter(structlog.stdlib.ProcessorFormatter(foreign_pre_chain=shared, processors=last))
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(logging.INFO)
    logging.getLogger("httpx").setLevel(logging.WARNING)
    for name in _SERVER:
        logging.getLogger(name).handlers = []
        logging.getLogger(name).propagate = True
    logging.getLogger(_ACCESS).handlers = []
    logging.getLogger(_ACCESS).propagate = False


def _without_words(logger: object, method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:  # noqa: ARG001
    """An error by its kind and place: what it says may hold what a buyer wrote. Our own word on a service stays."""
    given = event.pop("exc_info", None)
    record = event.get("_record")
    given = given or (record.exc_info if record is not None else None)
    if record is not None:
        record.exc_info = record.exc_text = None
    error = given[1] if isinstance(given, tuple) else given
    if isinstance(error, BaseException):
        event["error"] = type(error).__name__
        event["at"] = [
            f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(error.__traceback__)
        ]
        if isinstance(error, ServiceDown):
            event["reason"] = str(error)
    return event


class Journal(Watch):
    """Writes down what happens, for whoever looks for one conversation."""

    def __init__(self) -> None:
        self._log = structlog.stdlib.get_logger("huashu.desk")

    def received(self, shop: str, conversation: str, *, duplicate: bool) -> None:
        self._log.info("received", shop=shop, conversation=conversation, duplicate=duplicate)

    def suggested(self, shop: str, conversation: str, answer: Answer) -> None:
        self._log.info(
            "suggested",
            shop=shop,
            conversation=conversation,
            route=answer.route.value,
            suggestions=len(answer.suggestions),
            source=answer.understanding.source,
            ms=round(answer.timings.total, 1),
        )

    def decided(self, shop: str, conversation: str, route: Route, waited: float) -> None:
        seconds = round(waited, 3)
        self._log.info("decided", shop=shop, conversation=conversation, route=route.value, seconds=seconds)

    def sent(self, shop: str, conversation: str, speaker: Speaker) -> None:
        self._log.info("sent", shop=shop, conversation=conversation, speaker=speaker.value)

    def blocked(self, shop: str, conversation: str, verdict: Verdict) -> None:
        clauses = sorted({found.clause for found in verdict.findings})
        self._log.info("blocked", shop=shop, conversation=conversation, clauses=clauses)

    def delivered(self, shop: str, conversation: str, state: Delivery, attempt: int) -> None:
        self._log.info("delivery", shop=shop, conversation=conversation, state=state.value, attempt=attempt)
