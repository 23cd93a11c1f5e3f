"""`GET /v1/topics`: what questions and replies can be about."""

from __future__ import annotations

from fastapi import APIRouter
from pydantic import BaseModel

from desk.people.access import Right, Scope, require_anywhere
from desk.routes.access import CallerOf
from desk.routes.services import ServiceOf

router = APIRouter(prefix="/v1", tags=["library"])


class TopicSchema(BaseModel):
    """A topic (`invoice/title`) with a few words for it, and what it covers."""

    topic: str
    label: str
    description: str


@router.get("/topics")
def read_topics(caller: CallerOf, service: ServiceOf) -> list[TopicSchema]:
    """Every topic, in the order of the taxonomy."""
    require_anywhere(caller, Right.READ, Scope.SUGGEST)
    taxonomy, labels = service.proposals.taxonomy, service.labels
    return [
        TopicSchema(topic=topic.path, label=labels[topic.path], description=topic.description)
        for topic in taxonomy.topics
    ]
