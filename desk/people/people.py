"""Everything about people, over one database."""

from __future__ import annotations

from dataclasses import dataclass

from desk.clock import Clock, utc_now
from desk.people.agents import Agents
from desk.people.login import Login
from desk.people.passwords import Passwords
from desk.people.sessions import Sessions
from desk.people.tokens import Tokens
from desk.storage.database import Database


@dataclass(frozen=True)
class People:
    """What the routes and the command line are given."""

    database: Database
    agents: Agents
    sessions: Sessions
    login: Login
    tokens: Tokens

    @classmethod
    def over(cls, database: Database, passwords: Passwords | None = None, clock: Clock = utc_now) -> People:
        """The people of this database."""
        hashing, sessions = passwords or Passwords(), Sessions(database, clock)
        return cls(
            database=database,
            agents=Agents(database, hashing, clock),
            sessions=sessions,
            login=Login(database, hashing, sessions, clock=clock),
            tokens=Tokens(database, clock),
        )

    def tidy(self) -> None:
        """Forget sessions that have ended and failed logins that no longer count."""
        self.sessions.drop_ended()
        self.login.drop_old()
