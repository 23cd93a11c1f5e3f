"""Agents: who may log in, in which shops they work, and their passwords."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from contracts.errors import InputError, NotFound
from contracts.text import clean
from desk.clock import Clock, utc_now
from desk.people.access import Role
from desk.people.passwords import Passwords, one_time_password
from desk.storage import agents as stored
from desk.storage.agents import Agent
from desk.storage.database import Connection, Database
from desk.storage.ledger import record
from desk.storage.sessions import end_sessions
from desk.storage.shops import lock_shop

FIRST = "admin"
"""Who is there at the first start."""

CONSOLE = "console"
"""Who did what was done on the command line."""

_ID = re.compile(r"[^\W_][\w.@-]{0,63}")
_RESERVED = frozenset({"huashu", "buyer", CONSOLE})
"""Names that the audit uses for others."""

_LONGEST_NAME = 100


def as_agent_id(name: str) -> str:
    """A name as it is stored, so that Li and li are one; empty when it can be no agent's."""
    folded = unicodedata.normalize("NFKC", name[:200]).strip().casefold()
    return folded if _ID.fullmatch(folded) else ""


@dataclass(frozen=True)
class NewAgent:
    """Somebody to be added."""

    id: str
    password: str
    name: str = ""
    admin: bool = False
    must_change: bool = True


class Agents:
    """Adds and changes agents; safe to use from several threads. `actor` is who does it, for the audit."""

    def __init__(self, database: Database, passwords: Passwords, clock: Clock = utc_now) -> None:
        self._database = database
        self._passwords = passwords
        self._clock = clock

    def add(self, new: NewAgent) -> Agent:
        """Add an agent. Raises InputError for a name that is taken or cannot be one, and for a weak password."""
        agent = as_agent_id(new.id)
        if not agent or agent in _RESERVED:
            raise InputError("a login name has 1 to 64 letters, digits or . _ @ - and begins with a letter or digit")
        name = clean(new.name or new.id, field="name")[:_LONGEST_NAME]
        self._passwords.refuse_weak(new.password, agent)
        hashed = self._passwords.hash(new.password)
        with self._database.transaction() as connection:
            if not stored.add_agent(
                connection, agent, name, hashed, self._clock(), admin=new.admin, must_change=new.must_change
            ):
                raise InputError(f"there is an agent {agent!r} already")
            return _known(connection, agent)

    def add_first(self) -> str | None:
        """Make the first admin when there is no agent, and give the one-time password; None when there is one."""
        with self._database.reading() as connection:
            if stored.agent_count(connection):
                return None
        password = one_time_password()
        hashed = self._passwords.hash(password)
        with self._database.transaction() as connection:
            made = stored.add_agent(connection, FIRST, FIRST, hashed, self._clock(), admin=True, must_change=True)
        return password if made else None

    def all(self) -> tuple[Agent, ...]:
        """Every agent, by id."""
        with self._database.reading() as connection:
            return stored.all_agents(connection)

    def get(self, name: str) -> Agent:
        """One agent. Raises NotFound."""
        with self._database.reading() as connection:
            return _known(connection, as_agent_id(name))

    def change(
        self,
        name: str,
        actor: str,
        *,
        display: str | None = None,
        admin: bool | None = None,
        disabled: bool | None = None,
    ) -> Agent:
        """Change what is not None; a disabled agent's sessions end. Raises NotFound, InputError for the last admin."""
        wanted: dict[str, str | bool] = (
            {} if display is None else {"name": clean(display, field="name")[:_LONGEST_NAME]}
        )
        wanted |= {key: value for key, value in (("admin", admin), ("disabled", disabled)) if value is not None}
        with self._database.transaction() as connection:
            admins = stored.lock_admins(connection)
            agent = _known(connection, as_agent_id(name))
            if admins == (agent.id,) and (admin is False or disabled):
                raise InputError("the last admin cannot be taken away")
            if wanted:
                stored.change_agent(connection, agent.id, wanted)
            if disabled:
                end_sessions(connection, agent.id)
            if disabled is not None and disabled != agent.disabled:
                self._record(connection, agent, actor, "agent_disabled" if disabled else "agent_enabled")
            return _known(connection, agent.id)

    def set_password(self, name: str, password: str) -> None:
        """Give an agent a password that they must change; all their sessions end. Raises NotFound, InputError."""
        agent = self.get(name)
        self._passwords.refuse_weak(password, agent.id)
        hashed = self._passwords.hash(password)
        with self._database.transaction() as connection:
            stored.set_password(connection, agent.id, hashed, must_change=True)
            end_sessions(connection, agent.id)

    def grant(self, name: str, shop: str, role: Role, actor: str) -> Agent:
        """Let an agent work in a shop. Raises NotFound, InputError for an unknown shop."""
        with self._database.transaction() as connection:
            lock_shop(connection, shop)
            agent = _known(connection, as_agent_id(name))
            stored.grant(connection, agent.id, shop, role.value)
            body = {"agent": agent.id, "role": role.value}
            record(connection, shop, self._clock(), actor, "granted", body)
            return _known(connection, agent.id)

    def revoke(self, name: str, shop: str, actor: str) -> Agent:
        """Take an agent out of a shop, in which they need not be. Raises NotFound, InputError for an unknown shop."""
        with self._database.transaction() as connection:
            lock_shop(connection, shop)
            agent = _known(connection, as_agent_id(name))
            if stored.revoke(connection, agent.id, shop):
                record(connection, shop, self._clock(), actor, "revoked", {"agent": agent.id})
            return _known(connection, agent.id)

    def _record(self, connection: Connection, agent: Agent, actor: str, kind: str) -> None:
        for shop in sorted(agent.shops):
            lock_shop(connection, shop)
            record(connection, shop, self._clock(), actor, kind, {"agent": agent.id})


def _known(connection: Connection, agent: str) -> Agent:
    found = stored.get_agent(connection, agent) if agent else None
    if found is None:
        raise NotFound("there is no such agent")
    return found
