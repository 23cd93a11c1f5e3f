"""Who may do what: the one place where a caller's rights are decided.

Another shop's conversation and one that does not exist have the same answer, `NotFound`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from contracts.conversation import Conversation, Message
from contracts.errors import Forbidden, NotFound
from desk.storage.conversations import get_conversation, get_message
from desk.storage.database import Connection

_NOT_HERE = "not found"
_ID = re.compile(r"[0-9a-f]{32}")


class Kind(str, Enum):
    """A person with a session, or a program with a token."""

    AGENT = "agent"
    MACHINE = "machine"


class Right(str, Enum):
    """What may be done in a shop: read conversations, answer them, lead the shift, manage people."""

    READ = "read"
    REPLY = "reply"
    LEAD = "lead"
    ADMINISTER = "administer"


class Role(str, Enum):
    """What an agent is in a shop."""

    AGENT = "agent"
    LEADER = "leader"


class Scope(str, Enum):
    """What a token may be used for, in its one shop."""

    SUGGEST = "suggest"
    CHECK = "check"
    MESSAGES_READ = "messages:read"
    MESSAGES_WRITE = "messages:write"
    AUDIT_READ = "audit:read"


ROLE_RIGHTS: Mapping[Role, frozenset[Right]] = {
    Role.AGENT: frozenset({Right.READ, Right.REPLY}),
    Role.LEADER: frozenset({Right.READ, Right.REPLY, Right.LEAD}),
}
"""What each role has in its shop. An admin has every right in every shop."""


@dataclass(frozen=True)
class Caller:
    """Who asks. `shops` are all that the caller may know of, with the role there; a machine has one, and `scopes`."""

    kind: Kind
    id: str
    admin: bool = False
    shops: Mapping[str, Role] = field(default_factory=dict)
    scopes: frozenset[Scope] = frozenset()

    @property
    def actor(self) -> str:
        """The name that audit entries and messages bear; no agent can be called like a machine."""
        return self.id if self.kind is Kind.AGENT else f"token:{self.id}"

    def may(self, shop: str, right: Right, scope: Scope | None = None) -> bool:
        """Whether an agent with this right, or a machine with this scope, may do something in a shop."""
        if shop not in self.shops:
            return False
        if self.kind is Kind.MACHINE:
            return scope is not None and scope in self.scopes
        return self.admin or right in ROLE_RIGHTS[self.shops[shop]]


def require(caller: Caller, shop: str, right: Right, scope: Scope | None = None) -> None:
    """Let pass an agent who has `right` in the shop, or a machine whose token has `scope` there (None: no machine).

    Raises NotFound for a shop that is not the caller's, Forbidden for one that is when the right is missing.
    """
    if shop not in caller.shops:
        raise NotFound(_NOT_HERE)
    if not caller.may(shop, right, scope):
        raise Forbidden(_missing(caller, right, scope))


def require_anywhere(caller: Caller, right: Right, scope: Scope | None = None) -> None:
    """The same for what belongs to no shop: the right, or the scope, in any of them. Raises Forbidden."""
    if not any(caller.may(shop, right, scope) for shop in caller.shops):
        raise Forbidden(_missing(caller, right, scope))


def require_admin(caller: Caller) -> None:
    """Let pass an admin. Raises Forbidden."""
    if caller.kind is not Kind.AGENT or not caller.admin:
        raise Forbidden("only an admin may do this")


def conversation_for(
    connection: Connection, caller: Caller, conversation: str, right: Right = Right.READ, scope: Scope | None = None
) -> Conversation:
    """The conversation with this id. Raises NotFound when there is none in the caller's shops, Forbidden."""
    found = get_conversation(connection, conversation) if _ID.fullmatch(conversation) else None
    if found is None:
        raise NotFound(_NOT_HERE)
    require(caller, found.shop, right, scope)
    return found


def message_for(
    connection: Connection, caller: Caller, message: str, right: Right = Right.READ, scope: Scope | None = None
) -> Message:
    """The line with this id. Raises NotFound when there is none in the caller's shops, Forbidden."""
    found = get_message(connection, message) if _ID.fullmatch(message) else None
    if found is None:
        raise NotFound(_NOT_HERE)
    conversation_for(connection, caller, found.conversation, right, scope)
    return found


def _missing(caller: Caller, right: Right, scope: Scope | None) -> str:
    if caller.kind is Kind.AGENT:
        return f"this needs the right to {right.value}"
    return f"this needs a token with the scope {scope.value}" if scope else "no token may do this"
