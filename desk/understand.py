"""Asking Rasa what a message means, over loopback HTTP."""

from __future__ import annotations

import time
from threading import Lock
from typing import Protocol

import httpx
from pydantic import BaseModel, ValidationError

from contracts.errors import ServiceDown
from contracts.turn import Inquiry
from contracts.understanding import Entity, Guess, Understanding
from contracts.utterance import CONTEXT_CHARACTERS, Utterance


class Reader(Protocol):
    """Whatever reads a message. `patience` is how long one answer is waited for in all, in seconds."""

    patience: float

    def read(self, inquiry: Inquiry) -> Understanding:
        """What the message means. Raises ServiceDown when nobody can say in time."""
        ...

    def ready(self) -> bool:
        """Whether it would answer now."""
        ...

    def close(self) -> None:
        """Give connections back."""
        ...


class NoReader:
    """Stands where no intent model is wanted: it never answers."""

    patience = 1.0

    def read(self, inquiry: Inquiry) -> Understanding:  # noqa: ARG002 - the Protocol's signature
        raise ServiceDown("没有启用")

    def ready(self) -> bool:
        return False

    def close(self) -> None:
        return None


class RasaReader:
    """Rasa's parse endpoint.

    After `FAILURES` time-outs in a row it is left alone for `PAUSE` seconds, so that a hanging server
    costs one time-out now and then and not one a message.
    """

    FAILURES = 3
    PAUSE = 5.0

    def __init__(self, url: str, timeout: float) -> None:
        """`timeout` in seconds is what connecting, each wait for data, and an answer in all may take."""
        self.patience = timeout
        self._client = httpx.Client(base_url=url, timeout=timeout, trust_env=False)
        self._lock = Lock()
        self._failed = 0
        self._resume_at = 0.0

    def read(self, inquiry: Inquiry) -> Understanding:
        if time.monotonic() < self._resume_at:
            raise ServiceDown("刚才太慢，先停几秒再问")
        try:
            response = self._client.post("/model/parse", json={"text": packed(inquiry)})
        except httpx.TimeoutException:
            self._count_failure()
            raise ServiceDown("没有按时回答") from None
        except httpx.HTTPError:
            raise ServiceDown("连接不上") from None
        self._failed = 0
        return understanding_from(response)

    def _count_failure(self) -> None:
        with self._lock:
            self._failed += 1
            if self._failed >= self.FAILURES:
                self._failed = 0
                self._resume_at = time.monotonic() + self.PAUSE

    def ready(self) -> bool:
        """Whether Rasa is up and has loaded a model."""
        try:
            response = self._client.get("/status")
            return response.status_code == 200 and bool(response.json().get("model_id"))
        except (httpx.HTTPError, ValueError, AttributeError):
            return False

    def close(self) -> None:
        self._client.close()


def packed(inquiry: Inquiry) -> str:
    """All that a reader sees of a message: its text and the lines before, as one string."""
    said, written = inquiry.previous_agent[-CONTEXT_CHARACTERS:], inquiry.previous_buyer[-CONTEXT_CHARACTERS:]
    return Utterance(inquiry.text, said, written).pack()


class _Ranked(BaseModel):
    name: str
    confidence: float


class _Found(BaseModel):
    entity: str
    value: str
    start: int
    end: int


class _Parsed(BaseModel):
    """What is used of Rasa's answer."""

    intent: _Ranked
    intent_ranking: list[_Ranked] = []
    topics: list[_Ranked] = []
    entities: list[_Found] = []


def understanding_from(response: httpx.Response) -> Understanding:
    """What Rasa's answer says. Raises ServiceDown when it is an error or not of the expected form."""
    try:
        parsed = _Parsed.model_validate_json(response.content)
    except ValidationError:
        raise ServiceDown("没有能读消息的模型") from None
    if response.status_code != 200:
        raise ServiceDown("回答出错")
    return Understanding(
        intents=_guesses(parsed.intent_ranking or [parsed.intent]),
        topics=_guesses(parsed.topics),
        entities=tuple(Entity(found.entity, found.value, found.start, found.end) for found in parsed.entities),
    )


def _guesses(entries: list[_Ranked]) -> tuple[Guess, ...]:
    return tuple(Guess(entry.name, entry.confidence) for entry in entries)
