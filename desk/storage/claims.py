"""Taking work from a queue so that no two processes do it at once, and nothing is left when one of them dies.

A claim moves `due_at` into the future and writes down who holds it: when the holder dies, the work is due again.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, Row, Table, select, update


def claim(
    connection: Connection,
    queue: Table,
    ready: ColumnElement[bool],
    now: datetime,
    holder: str,
    lease: timedelta,
    key: str = "message",
) -> Row[tuple[object, ...]] | None:
    """The row of `queue` (its primary key is `key`) that has been due for longest, None when none is due.

    `ready` narrows what may be taken. The row counts one more try and is due again when the lease has ended.
    """
    due = select(queue.c[key]).where(queue.c.due_at <= now, ready).order_by(queue.c.due_at, queue.c[key])
    found = connection.execute(due.limit(1).with_for_update(skip_locked=True)).scalar()
    if found is None:
        return None
    taken = update(queue).where(queue.c[key] == found)
    held = taken.values(due_at=now + lease, claimed_by=holder, tries=queue.c.tries + 1)
    return connection.execute(held.returning(*queue.c)).one()


def held_by(connection: Connection, queue: Table, name: str, holder: str, key: str = "message") -> bool:
    """Whether `holder` still has the claim on the row `name`; it is locked until the transaction ends."""
    mine = (queue.c[key] == name) & (queue.c.claimed_by == holder)
    return connection.execute(select(queue.c[key]).where(mine).with_for_update()).first() is not None
