"""Sessions of agents: kept in the database, so that every process knows them and they can be ended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from desk.clock import Clock, utc_now
from desk.people.access import Caller, Kind, Role
from desk.people.secret import digest_of, new_secret, same
from desk.storage.agents import Agent, all_shops, get_agent
from desk.storage.database import Connection, Database
from desk.storage.sessions import StoredSession, add_session, drop_ended, end_session, get_session, note_use

IDLE = timedelta(hours=4)
"""A session that is not used for so long has ended."""

LONGEST = timedelta(hours=14)
"""A session ends after this however much it is used."""

FRAME = "frame_"
"""How the token of a session begins that belongs to the side bar in another desk's frame, where no cookie is sent."""

_NOTE_EVERY = timedelta(minutes=1)


@dataclass(frozen=True)
class Session:
    """A session in use; `csrf` is what the client sends along with everything that changes something."""

    digest: str
    agent: Agent
    caller: Caller
    csrf: str

    def knows(self, csrf: str) -> bool:
        """Whether the client sent the right token; compared in constant time."""
        return same(self.csrf, csrf)


class Sessions:
    """Finds and ends sessions; safe to use from several threads."""

    def __init__(self, database: Database, clock: Clock = utc_now) -> None:
        self._database = database
        self._clock = clock

    def begin(self, connection: Connection, agent: str, *, framed: bool = False) -> str:
        """Begin a session and give its token, which is kept nowhere. The caller knows that it is this agent."""
        token, now = f"{FRAME}{new_secret()}" if framed else new_secret(), self._clock()
        add_session(connection, StoredSession(digest_of(token), agent, new_secret(), now, now + LONGEST))
        return token

    def find(self, token: str) -> Session | None:
        """The session of a token, None when it has ended or its agent is disabled."""
        now = self._clock()
        with self._database.transaction() as connection:
            stored = get_session(connection, digest_of(token))
            if stored is None:
                return None
            agent = get_agent(connection, stored.agent)
            if stored.ends_at <= now or stored.used_at + IDLE <= now or agent is None or agent.disabled:
                end_session(connection, stored.digest)
                return None
            if stored.used_at + _NOTE_EVERY <= now:
                note_use(connection, stored.digest, now)
            return Session(stored.digest, agent, _caller(connection, agent), stored.csrf)

    def end(self, session: Session) -> None:
        """Log out."""
        with self._database.transaction() as connection:
            end_session(connection, session.digest)

    def drop_ended(self) -> int:
        """Forget what has ended anyway."""
        now = self._clock()
        with self._database.transaction() as connection:
            return drop_ended(connection, now, now - IDLE)


def _caller(connection: Connection, agent: Agent) -> Caller:
    shops = {shop: Role(role) for shop, role in agent.shops.items()}
    if agent.admin:
        shops = dict.fromkeys(all_shops(connection), Role.LEADER)
    return Caller(Kind.AGENT, agent.id, agent.admin, shops)
