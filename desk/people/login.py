"""Logging in: the same answer and the same time for a wrong password and a name that does not exist."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from contracts.errors import HuashuError, InputError
from desk.clock import Clock, utc_now
from desk.people.agents import as_agent_id
from desk.people.passwords import Passwords
from desk.people.sessions import Session, Sessions
from desk.storage.agents import password_of, renew_hash, set_password
from desk.storage.database import Connection, Database
from desk.storage.login_failures import (
    add_failure,
    drop_failures,
    forget_failures,
    latest_failures,
    lock_subjects,
)
from desk.storage.sessions import end_sessions


class WrongLogin(HuashuError):
    """The name or the password is wrong, and the answer does not say which (HTTP 401)."""


class LoginLocked(HuashuError):
    """Too many failed logins; `until` is when the next may be tried (HTTP 429)."""

    def __init__(self, until: datetime) -> None:
        super().__init__("too many failed logins; wait a quarter of an hour")
        self.until = until


@dataclass(frozen=True)
class Limit:
    """So many failures within `span` lock an account or an address for `lock`."""

    failures: int = 5
    span: timedelta = timedelta(minutes=15)
    lock: timedelta = timedelta(minutes=15)

    def locked_until(self, latest: tuple[datetime, ...]) -> datetime | None:
        """The end of the lock that the latest failures (at most `failures`, latest first) make, None without one."""
        if len(latest) < self.failures or latest[0] - latest[-1] >= self.span:
            return None
        return latest[0] + self.lock


class Login:
    """Lets agents in; safe to use from several threads and processes.

    What counts is decided after the password was compared, one login of an account after another: of many sent at
    once no more get an answer than of those sent one by one.
    """

    def __init__(
        self,
        database: Database,
        passwords: Passwords,
        sessions: Sessions,
        limit: Limit | None = None,
        clock: Clock = utc_now,
    ) -> None:
        self._database = database
        self._passwords = passwords
        self._sessions = sessions
        self._limit = limit or Limit()
        self._clock = clock

    def attempt(self, name: str, password: str, address: str, *, framed: bool = False) -> str:
        """The token of a new session, `framed` for the side bar. `address` is where the attempt comes from.

        Raises WrongLogin, LoginLocked.
        """
        agent = as_agent_id(name)
        subjects = (f"account:{agent}", f"address:{address}")
        stored = self._compared(agent, password, subjects)
        renewed = stored is not None and self._passwords.outdated(stored)
        newer = self._passwords.hash(password) if renewed else None
        with self._database.transaction() as connection:
            if self._settled(connection, agent, stored, subjects) and stored is not None:
                if newer is not None:
                    renew_hash(connection, agent, stored, newer)
                return self._sessions.begin(connection, agent, framed=framed)
        raise WrongLogin("the name or the password is wrong")

    def change_password(self, session: Session, old: str, new: str, address: str) -> str:
        """Change one's own password: all sessions end, and the token of a new one is given.

        Raises InputError for a wrong old password, which counts like a failed login, and for a new one that is weak or
        the same; LoginLocked.
        """
        agent = session.agent.id
        subjects = (f"account:{agent}", f"address:{address}")
        self._passwords.refuse_weak(new, agent)
        if new == old:
            raise InputError("the new password is the old one")
        stored = self._compared(agent, old, subjects)
        hashed = self._passwords.hash(new)
        with self._database.transaction() as connection:
            if self._settled(connection, agent, stored, subjects):
                set_password(connection, agent, hashed, must_change=False)
                end_sessions(connection, agent)
                return self._sessions.begin(connection, agent)
        raise InputError("the old password is wrong")

    def drop_old(self) -> int:
        """Forget failures that no longer count."""
        with self._database.transaction() as connection:
            return drop_failures(connection, self._clock() - self._limit.span - self._limit.lock)

    def _compared(self, agent: str, password: str, subjects: tuple[str, ...]) -> str | None:
        """The stored hash when the password fits it; takes the same time when there is none. Raises LoginLocked."""
        with self._database.transaction() as connection:
            self._refuse_locked(connection, subjects)
            stored = password_of(connection, agent) if agent else None
        return stored if self._passwords.matches(stored, password) else None

    def _settled(self, connection: Connection, agent: str, stored: str | None, subjects: tuple[str, ...]) -> bool:
        """Count the attempt: whether it is good, with `stored` as the hash that the password fitted."""
        lock_subjects(connection, subjects)
        self._refuse_locked(connection, subjects)
        if stored is not None and password_of(connection, agent) == stored:
            forget_failures(connection, subjects[0])
            return True
        for subject in subjects:
            add_failure(connection, subject, self._clock())
        return False

    def _refuse_locked(self, connection: Connection, subjects: tuple[str, ...]) -> None:
        now = self._clock()
        for subject in subjects:
            until = self._limit.locked_until(latest_failures(connection, subject, self._limit.failures))
            if until is not None and now < until:
                raise LoginLocked(until)
