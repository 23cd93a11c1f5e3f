"""The page on which a file is labelled, for one person on the same machine."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from secrets import compare_digest
from typing import Annotated, Any

from fastapi import Body, Depends, FastAPI, HTTPException, Request, Response
from fastapi.responses import HTMLResponse, JSONResponse
from pydantic import BaseModel, ConfigDict, Field
from starlette.middleware.trustedhost import TrustedHostMiddleware

from contracts.clause import Clause
from contracts.errors import InputError
from contracts.turn import Speaker
from evaluation.dialogues import Clarity
from evaluation.labelling.sheet import Mark, Sheet
from evaluation.labelling.tasks import Task

_PAGE = Path(__file__).with_name("page.html")
_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}


class TurnMark(BaseModel):
    """Labels of one turn as the page sends them."""

    model_config = ConfigDict(extra="forbid")

    turn: Annotated[int, Field(ge=0)]
    topics: list[str] | None = None
    clear: Clarity = Clarity.CLEAR
    violates: list[str] | None = None


@dataclass(frozen=True)
class Desktop:
    """What the page works with: the file, its tasks in their order, and the words for topics and rules."""

    sheet: Sheet
    tasks: list[Task]
    labels: Mapping[str, str]
    clauses: Mapping[str, Clause]

    def overview(self) -> dict[str, Any]:
        sheet = self.sheet
        return {
            "file": sheet.path.name,
            "tasks": [
                {
                    "id": task.id,
                    "speaker": task.speaker.value,
                    "judged": task.id in sheet.judged,
                    "standing": task.standing(sheet.dialogues[task.position]).name.lower(),
                }
                for task in self.tasks
            ],
            "topics": dict(self.labels),
            "clauses": {
                name: {"says": clause.statement_zh, "platforms": sorted(item.value for item in clause.platforms)}
                for name, clause in self.clauses.items()
            },
        }

    def detail(self, task: Task) -> dict[str, Any]:
        labelled = self.sheet.dialogues[task.position]
        dialogue = labelled.dialogue
        return {
            "id": task.id,
            "platform": dialogue.platform.value,
            "order": dict(dialogue.order),
            "speaker": task.speaker.value,
            "turns": [
                {
                    "speaker": turn.speaker.value,
                    "at": turn.at.strftime("%m-%d %H:%M") if turn.at else "",
                    "text": turn.text,
                    "topics": list(label.topics),
                    "clear": label.clarity.value if label.clarity else "1",
                    "violates": sorted(label.violates) if label.violates is not None else None,
                }
                for turn, label in zip(dialogue.turns, labelled.labels, strict=True)
            ],
            "ask": list(task.turns),
            "guesses": [{"topic": guess.name, "confidence": guess.confidence} for guess in task.topics],
            "intent": task.intent,
            "sureness": task.sureness,
            "rules": list(task.rules),
            "standing": task.standing(labelled).name.lower(),
        }

    def save(self, task: Task, marks: list[TurnMark]) -> None:
        """Write the labels of all of the task's turns. Raises InputError."""
        if sorted(mark.turn for mark in marks) != sorted(task.turns):
            raise InputError("每一句都要标")
        self.sheet.label(task.position, {mark.turn: _mark(task, mark) for mark in marks}, task.id)


def _mark(task: Task, mark: TurnMark) -> Mark:
    if task.speaker is Speaker.AGENT:
        if mark.violates is None:
            raise InputError("这一句还没有标")
        return Mark(violates=tuple(mark.violates))
    if not mark.topics:
        raise InputError("至少要有一个话题")
    return Mark(topics=tuple(mark.topics), clarity=mark.clear)


def create_page(desktop: Desktop, token: str) -> FastAPI:
    """The application. Everything of it lies below the token, and it answers to names of this machine alone."""
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=["127.0.0.1", "localhost"])

    @app.middleware("http")
    async def guarded(request: Request, call_next: Callable[[Request], Any]) -> Response:
        response: Response = await call_next(request)
        response.headers.update(_HEADERS)
        return response

    @app.exception_handler(InputError)
    async def refused(_: Request, error: InputError) -> JSONResponse:
        return JSONResponse({"detail": str(error)}, status_code=422)

    def allowed(key: str) -> None:
        if not compare_digest(key.encode(), token.encode()):
            raise HTTPException(404)

    def task_of(number: int) -> Task:
        if not 0 <= number < len(desktop.tasks):
            raise HTTPException(404)
        return desktop.tasks[number]

    guard = [Depends(allowed)]

    @app.get("/{key}/", dependencies=guard)
    def page() -> HTMLResponse:
        return HTMLResponse(_PAGE.read_text(encoding="utf-8"))

    @app.get("/{key}/tasks", dependencies=guard)
    def tasks() -> dict[str, Any]:
        return desktop.overview()

    @app.get("/{key}/tasks/{number}", dependencies=guard)
    def task(number: int) -> dict[str, Any]:
        return desktop.detail(task_of(number))

    @app.put("/{key}/tasks/{number}", dependencies=guard)
    def save(number: int, marks: Annotated[list[TurnMark], Body()]) -> dict[str, Any]:
        found = task_of(number)
        desktop.save(found, marks)
        return desktop.detail(found)

    return app
