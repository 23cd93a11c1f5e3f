"""Answers and verdicts as the JSON that the command line and the API promise."""

from __future__ import annotations

from typing import Any

from contracts.answer import Answer, Suggestion
from contracts.finding import Finding, Verdict
from contracts.handover import Handover, Promise
from contracts.understanding import Guess, Understanding
from desk.night.first_reply import Outcome

DIGITS = 4
"""Decimals of a probability or score; times have 3."""


def answer_json(answer: Answer) -> dict[str, Any]:
    """The JSON of `suggest`."""
    return {
        "understanding": understanding_json(answer.understanding),
        "route": answer.route.value,
        "reason": answer.reason,
        "suggestions": [suggestion_json(item) for item in answer.suggestions],
        "blocked": [
            {"reply_id": item.reply_id, "findings": [finding_json(finding) for finding in item.findings]}
            for item in answer.blocked
        ],
        "notes": list(answer.notes),
        "timings_ms": {
            "understand": round(answer.timings.understand, 3),
            "encode": round(answer.timings.encode, 3),
            "search": round(answer.timings.search, 3),
            "rank": round(answer.timings.rank, 3),
            "check": round(answer.timings.check, 3),
            "total": round(answer.timings.total, 3),
        },
    }


def understanding_json(understanding: Understanding) -> dict[str, Any]:
    """What was read: intents and topics by falling confidence, entities with offsets in characters."""
    return {
        "intents": [_guess(guess) for guess in understanding.intents],
        "topics": [_guess(guess) for guess in understanding.topics],
        "entities": [
            {"entity": entity.name, "value": entity.value, "start": entity.start, "end": entity.end}
            for entity in understanding.entities
        ],
        "source": understanding.source,
    }


def suggestion_json(suggestion: Suggestion) -> dict[str, Any]:
    """One suggestion with its reasons."""
    candidate = suggestion.candidate
    return {
        "reply_id": candidate.reply.id,
        "topic": candidate.reply.topic,
        "text": candidate.text,
        "confidence": round(candidate.confidence, DIGITS),
        "scores": {
            "dense": round(candidate.scores.dense, DIGITS),
            "keyword": round(candidate.scores.keyword, DIGITS),
            "prior": round(candidate.scores.prior, DIGITS),
        },
        "auto": candidate.reply.auto,
        "keeps": list(candidate.reply.keeps),
        "clauses_checked": suggestion.verdict.clauses_checked,
        "findings": [finding_json(finding) for finding in suggestion.verdict.findings],
        "missing_slots": list(candidate.missing_slots),
    }


def outcome_json(outcome: Outcome) -> dict[str, Any]:
    """What `replay` says about a buyer turn, beside the dialogue's id and the turn's index."""
    sends = outcome.sends
    return {
        "route": outcome.route.value,
        "reason": outcome.reason,
        "would_send": [{"text": sends.text, "reply_id": sends.reply_id}] if sends else [],
        "handover": handover_json(outcome.handover) if outcome.handover else None,
    }


def handover_json(handover: Handover) -> dict[str, Any]:
    """One entry of the handover book."""
    returns_at = handover.returns_at
    return {
        "urgent": handover.urgent,
        "wants": handover.wants,
        "collected": dict(handover.collected),
        "form": handover.form,
        "asks": list(handover.asks),
        "promises": [_promise(promise) for promise in handover.promises],
        "returns_at": returns_at.isoformat() if returns_at else None,
    }


def _promise(promise: Promise) -> str:
    return f"{promise.text}（期限：{promise.due.isoformat()}）" if promise.due else promise.text


def verdict_json(verdict: Verdict) -> dict[str, Any]:
    """The JSON of `check`."""
    return {
        "blocked": verdict.blocked,
        "findings": [finding_json(finding) for finding in verdict.findings],
        "clauses_checked": verdict.clauses_checked,
    }


def finding_json(finding: Finding) -> dict[str, Any]:
    """One finding; the span counts characters of the text as given."""
    return {
        "clause": finding.clause,
        "severity": finding.severity.value,
        "span": list(finding.span),
        "why": finding.why,
        "instead": finding.instead,
        "penalty": finding.penalty,
    }


def _guess(guess: Guess) -> dict[str, Any]:
    return {"name": guess.name, "confidence": round(guess.confidence, DIGITS)}
