"""The shapes of answers, for OpenAPI and the clients made from it."""

from __future__ import annotations

from pydantic import BaseModel


class GuessSchema(BaseModel):
    """A label with its probability."""

    name: str
    confidence: float


class EntitySchema(BaseModel):
    """A value found in the message; offsets count characters."""

    entity: str
    value: str
    start: int
    end: int


class UnderstandingSchema(BaseModel):
    """What was read; `source` is "rasa", or "retrieval" when the intent model did not answer."""

    intents: list[GuessSchema]
    topics: list[GuessSchema]
    entities: list[EntitySchema]
    source: str


class FindingSchema(BaseModel):
    """A breach of one clause; `span` is [start, end) in characters of the text, `penalty` what it costs."""

    clause: str
    severity: str
    span: tuple[int, int]
    why: str
    instead: str
    penalty: str = ""


class ScoresSchema(BaseModel):
    """What ranked a suggestion, each part 0..1."""

    dense: float
    keyword: float
    prior: float


class SuggestionSchema(BaseModel):
    """A reply that passed the check.

    `auto` ones may leave without an agent; one with `missing_slots` cannot be sent before they are filled.
    """

    reply_id: str
    topic: str
    text: str
    confidence: float
    scores: ScoresSchema
    auto: bool
    keeps: list[str]
    clauses_checked: int
    findings: list[FindingSchema]
    missing_slots: list[str]


class BlockedSchema(BaseModel):
    """A reply that the rules stopped."""

    reply_id: str
    findings: list[FindingSchema]


class TimingsSchema(BaseModel):
    """Milliseconds by step."""

    understand: float
    encode: float
    search: float
    rank: float
    check: float
    total: float


class SuggestionsAnswer(BaseModel):
    """The JSON of `huashu suggest`."""

    understanding: UnderstandingSchema
    route: str
    reason: str
    suggestions: list[SuggestionSchema]
    blocked: list[BlockedSchema]
    notes: list[str]
    timings_ms: TimingsSchema


class CheckAnswer(BaseModel):
    """The JSON of `huashu check`."""

    blocked: bool
    findings: list[FindingSchema]
    clauses_checked: int
    warnings: list[str]


class MissingSchema(BaseModel):
    """A part that is missing, and why where that is known."""

    part: str
    reason: str


class HealthAnswer(BaseModel):
    """Whether the service can answer (ok, degraded: with less, down: not), and what is missing."""

    status: str
    missing: list[MissingSchema]
