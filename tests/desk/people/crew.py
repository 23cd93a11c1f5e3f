"""People of the tests' own, whose passwords are hashed as cheaply as argon2 lets."""

from __future__ import annotations

from argon2 import PasswordHasher

from desk.people.access import Role
from desk.people.agents import NewAgent
from desk.people.passwords import Passwords
from desk.people.people import People
from desk.people.sessions import Session
from desk.storage.database import Database
from tests.desk.talk import Hand

GOOD = "绿水青山 lamp-7"
OTHER = "海阔天空 shoe-9"
HERE = "203.0.113.7"


def cheap(time_cost: int = 1) -> Passwords:
    return Passwords(PasswordHasher(time_cost=time_cost, memory_cost=8, parallelism=1))


class Crew:
    """People over one database, with a clock that is moved by hand."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.clock = Hand()
        self.passwords = cheap()
        self.people = People.over(database, self.passwords, self.clock)

    def add(self, name: str, *shops: str, role: Role = Role.AGENT, admin: bool = False) -> None:
        """An agent whose password is GOOD and need not be changed."""
        self.people.agents.add(NewAgent(name, GOOD, admin=admin, must_change=False))
        for shop in shops:
            self.people.agents.grant(name, shop, role, "admin")

    def enter(self, name: str, password: str = GOOD, address: str = HERE) -> str:
        """The token of a new session."""
        return self.people.login.attempt(name, password, address)

    def session(self, name: str) -> Session:
        """A new session."""
        session = self.people.sessions.find(self.enter(name))
        assert session is not None
        return session
