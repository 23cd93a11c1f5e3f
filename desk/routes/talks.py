"""The conversation that a route is about, loaded where the caller may see it and nowhere else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

from fastapi import Depends

from contracts.conversation import Conversation, Message
from contracts.errors import NotFound
from desk.people.access import Right, Scope, conversation_for, message_for
from desk.routes.access import CallerOf
from desk.routes.services import ServiceOf


def _talk(right: Right, scope: Scope) -> Callable[..., Conversation]:
    def load(conversation: str, caller: CallerOf, service: ServiceOf) -> Conversation:
        with service.database.reading() as connection:
            return conversation_for(connection, caller, conversation, right, scope)

    return load


ReadTalk = Annotated[Conversation, Depends(_talk(Right.READ, Scope.MESSAGES_READ))]
"""A conversation that the caller may read."""

ReplyTalk = Annotated[Conversation, Depends(_talk(Right.REPLY, Scope.MESSAGES_WRITE))]
"""A conversation that the caller may answer."""


def _line(message: str, talk: ReplyTalk, caller: CallerOf, service: ServiceOf) -> Message:
    with service.database.reading() as connection:
        found = message_for(connection, caller, message, Right.REPLY, Scope.MESSAGES_WRITE)
    if found.conversation != talk.id:
        raise NotFound("not found")
    return found


ReplyLine = Annotated[Message, Depends(_line)]
"""A line of a conversation that the caller may answer."""
