"""What shift leaders have set over their shop's file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any

from sqlalchemy import Connection, Row, null, select, update

from desk.storage.tables_night import shop_settings


class SettingKind(str, Enum):
    """What can be set."""

    HOURS = "hours"
    AUTO = "auto"


@dataclass(frozen=True)
class Setting:
    """One of them as it stands; `value` is None when the file's holds again. `version` counts the changes from 1."""

    shop: str
    kind: SettingKind
    version: int
    value: Mapping[str, Any] | None
    changed_by: str
    changed_at: datetime


def settings_of(connection: Connection, shop: str) -> Mapping[SettingKind, Setting]:
    """What was set in a shop, by kind."""
    mine = connection.execute(select(shop_settings).where(shop_settings.c.shop == shop))
    return {setting.kind: setting for setting in map(_setting, mine)}


def all_settings(connection: Connection) -> Mapping[str, Mapping[SettingKind, Setting]]:
    """What was set in any shop."""
    found: dict[str, dict[SettingKind, Setting]] = {}
    for setting in map(_setting, connection.execute(select(shop_settings))):
        found.setdefault(setting.shop, {})[setting.kind] = setting
    return found


def _setting(row: Row[tuple[object, ...]]) -> Setting:
    return Setting(row.shop, SettingKind(row.kind), row.version, row.value, row.changed_by, row.changed_at)


def put_setting(
    connection: Connection, shop: str, kind: SettingKind, value: Mapping[str, Any] | None, actor: str, now: datetime
) -> int:
    """Set a value and give its version. The caller has locked the shop."""
    mine = (shop_settings.c.shop == shop) & (shop_settings.c.kind == kind.value)
    stored = connection.execute(select(shop_settings.c.version).where(mine)).scalar()
    version = (stored or 0) + 1
    values = {
        "version": version,
        "value": dict(value) if value is not None else null(),
        "changed_by": actor,
        "changed_at": now,
    }
    if stored is None:
        connection.execute(shop_settings.insert().values(shop=shop, kind=kind.value, **values))
    else:
        connection.execute(update(shop_settings).where(mine).values(**values))
    return version
