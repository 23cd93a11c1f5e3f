"""Decisions of agents as labelled dialogues, without personal data."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from contracts.masking import mask
from contracts.platform import Platform
from contracts.taxonomy import Taxonomy, intent_of
from contracts.turn import Speaker
from desk.decided import Made
from desk.storage.decisions import DecisionKind
from evaluation.learning.edits import changed_share

KEPT = 0.5
"""Share of a suggestion that may be changed for its topic to still be the right one."""


def topic_of(made: Made, topics: Mapping[str, str]) -> str:
    """The topic of what the agent found right, "" when nobody can tell.

    That of the suggestion that was sent, unless more than half of it was changed, or of the reply found in the library;
    `topics` is the topic of each reply there.
    """
    taken = made.accepted
    if taken is not None:
        return taken.topic if changed_share(taken.text, made.sent) <= KEPT else ""
    return topics.get(made.reply_id, "") if made.kind is DecisionKind.SEARCHED else ""


def lesson(made: Made, platform: Platform, topics: Mapping[str, str], taxonomy: Taxonomy) -> dict[str, Any] | None:
    """The labelled dialogue of a decision, as files write it; None where it does not say what is right."""
    topic = topic_of(made, topics)
    if topic not in taxonomy or not made.lines:
        return None
    turns: list[dict[str, Any]] = [
        {"speaker": line.speaker.value, "at": line.said_at.isoformat(), "text": mask(line.text)} for line in made.lines
    ]
    if made.lines[-1].speaker is not Speaker.BUYER:
        return None
    turns[-1] |= {"intents": [intent_of(topic)], "topics": [topic]}
    return {"id": made.id, "platform": platform.value, "shop": made.shop, "source": "audit", "turns": turns}
