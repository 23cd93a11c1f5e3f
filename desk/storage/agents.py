"""Agents and the shops they work in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Row, delete, func, select, update
from sqlalchemy.exc import IntegrityError

from desk.storage.tables import agents, memberships, shops


@dataclass(frozen=True)
class Agent:
    """Somebody who may log in; `id` is the name they do it with. `shops` are roles by shop."""

    id: str
    name: str
    admin: bool
    must_change: bool
    disabled: bool
    made_at: datetime
    shops: Mapping[str, str]


def add_agent(
    connection: Connection, agent: str, name: str, password: str, now: datetime, *, admin: bool, must_change: bool
) -> bool:
    """Add an agent with the hash of a password; False when the name is taken."""
    values = {"id": agent, "name": name, "password": password, "admin": admin, "must_change": must_change}
    try:
        with connection.begin_nested():
            connection.execute(agents.insert().values(**values, made_at=now))
    except IntegrityError:
        return False
    return True


def get_agent(connection: Connection, agent: str) -> Agent | None:
    """The agent with this id, None when there is none."""
    row = connection.execute(select(agents).where(agents.c.id == agent)).first()
    if row is None:
        return None
    mine = connection.execute(select(memberships).where(memberships.c.agent == agent).order_by(memberships.c.shop))
    return _agent(row, {membership.shop: membership.role for membership in mine})


def all_agents(connection: Connection) -> tuple[Agent, ...]:
    """Every agent, by id."""
    roles: dict[str, dict[str, str]] = {}
    for membership in connection.execute(select(memberships).order_by(memberships.c.shop)):
        roles.setdefault(membership.agent, {})[membership.shop] = membership.role
    rows = connection.execute(select(agents).order_by(agents.c.id))
    return tuple(_agent(row, roles.get(row.id, {})) for row in rows)


def agent_count(connection: Connection) -> int:
    """How many agents there are, disabled ones too."""
    return int(connection.execute(select(func.count()).select_from(agents)).scalar_one())


def lock_admins(connection: Connection) -> tuple[str, ...]:
    """The admins who are not disabled; none of them changes until the transaction ends."""
    wanted = select(agents.c.id).where(agents.c.admin, ~agents.c.disabled).order_by(agents.c.id)
    return tuple(connection.scalars(wanted.with_for_update(key_share=True)))


def password_of(connection: Connection, agent: str) -> str | None:
    """The hash of an agent's password, None when there is no such agent or they are disabled.

    Neither changes until the transaction ends.
    """
    mine = select(agents.c.password).where(agents.c.id == agent, ~agents.c.disabled)
    found: str | None = connection.execute(mine.with_for_update(read=True)).scalar()
    return found


def set_password(connection: Connection, agent: str, password: str, *, must_change: bool) -> None:
    """Put another hash in the place of an agent's."""
    mine = update(agents).where(agents.c.id == agent)
    connection.execute(mine.values(password=password, must_change=must_change))


def renew_hash(connection: Connection, agent: str, old: str, new: str) -> None:
    """Store a newer hash of the same password, unless it was changed in the meantime."""
    connection.execute(update(agents).where(agents.c.id == agent, agents.c.password == old).values(password=new))


def change_agent(connection: Connection, agent: str, values: Mapping[str, str | bool]) -> None:
    """Change `name`, `admin` or `disabled`."""
    connection.execute(update(agents).where(agents.c.id == agent).values(**values))


def grant(connection: Connection, agent: str, shop: str, role: str) -> None:
    """Let an agent work in a shop under a role, in the place of another they had there."""
    revoke(connection, agent, shop)
    connection.execute(memberships.insert().values(agent=agent, shop=shop, role=role))


def revoke(connection: Connection, agent: str, shop: str) -> bool:
    """Take an agent out of a shop; False when they were not in it."""
    theirs = (memberships.c.agent == agent) & (memberships.c.shop == shop)
    return connection.execute(delete(memberships).where(theirs)).rowcount == 1


def all_shops(connection: Connection) -> tuple[str, ...]:
    """The ids of every shop that the database knows."""
    return tuple(connection.scalars(select(shops.c.id).order_by(shops.c.id)))


def _agent(row: Row[tuple[object, ...]], roles: Mapping[str, str]) -> Agent:
    return Agent(row.id, row.name, row.admin, row.must_change, row.disabled, row.made_at, roles)
