"""What shift leaders set for their shop over its file: working hours, and what may be sent without an agent."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from pydantic import ValidationError

from contracts.errors import HuashuError, InputError
from contracts.hours import Hours, describe
from contracts.shop import Shop
from contracts.taxonomy import Taxonomy
from desk.clock import Clock, utc_now
from desk.hours_record import HoursRecord
from desk.shops import HOURS_SLOT, AutoRecord, Shops
from desk.storage.database import Connection, Database
from desk.storage.feed import publish
from desk.storage.ledger import record
from desk.storage.shop_settings import Setting, SettingKind, all_settings, put_setting, settings_of
from desk.storage.shops import lock_shop

_LOG = logging.getLogger("huashu.desk")


class Stale(HuashuError):
    """What was looked at has been changed by somebody else since."""


@dataclass(frozen=True)
class ShopSettings:
    """Reads and changes what is set; safe to use from several threads."""

    database: Database
    shops: Shops
    taxonomy: Taxonomy
    clock: Clock = utc_now

    def shop(self, connection: Connection, name: str) -> Shop:
        """The shop as it is set at this moment. Raises InputError for an unknown one."""
        return self._over(self.shops.of_file(name), settings_of(connection, name))

    def hours(self, value: HoursRecord) -> Hours:
        """The hours that a record writes. Raises InputError for an unknown preset."""
        if value.preset is not None and value.preset not in self.shops.presets:
            known = ", ".join(self.shops.presets) or "none"
            raise InputError(f"hours.preset: unknown preset {value.preset!r}; known: {known}")
        return value.hours(self.shops.presets[value.preset].shifts if value.preset else ())

    def set_hours(self, shop: str, value: HoursRecord | None, version: int | None, actor: str) -> Setting:
        """Set a shop's hours, None for those of its file.

        `version` is that of the value which was looked at before: Stale when somebody changed it since. Raises
        InputError, ServiceDown.
        """
        if value is not None:
            self.hours(value)
        written = value.model_dump(mode="json", exclude_none=True) if value else None
        return self._set(shop, SettingKind.HOURS, written, version, actor)

    def set_policy(self, shop: str, value: AutoRecord | None, version: int | None, actor: str) -> Setting:
        """Set what may be sent without an agent, None for what the file says. Raises as `set_hours`."""
        if value is not None:
            value.policy(self.taxonomy)
        return self._set(shop, SettingKind.AUTO, value.model_dump(mode="json") if value else None, version, actor)

    def step(self) -> bool:
        """Let every part of this process see what is set; there is nothing to do right after. Raises ServiceDown."""
        with self.database.reading() as connection:
            found = all_settings(connection)
        for name in self.shops.ids:
            fresh = self._over(self.shops.of_file(name), found.get(name, {}))
            if fresh != self.shops.find(name):
                self.shops.renew(fresh)
        return False

    def _set(
        self, shop: str, kind: SettingKind, value: Mapping[str, Any] | None, version: int | None, actor: str
    ) -> Setting:
        now = self.clock()
        with self.database.transaction() as connection:
            lock_shop(connection, shop)
            before = settings_of(connection, shop).get(kind)
            if version is not None and version != (before.version if before else 0):
                raise Stale("somebody has changed this in the meantime; look at it again")
            put_setting(connection, shop, kind, value, actor, now)
            setting = settings_of(connection, shop)[kind]
            body = {"setting": kind.value, "version": setting.version}
            publish(connection, shop, now, "shop", "", body)
            earlier = before.value if before else None
            record(connection, shop, now, actor, "shop_set", {**body, "value": value, "before": earlier})
            fresh = self.shop(connection, shop)
        self.shops.renew(fresh)
        return setting

    def _over(self, shop: Shop, found: Mapping[SettingKind, Setting]) -> Shop:
        hours, auto = found.get(SettingKind.HOURS), found.get(SettingKind.AUTO)
        try:
            if hours is not None and hours.value is not None:
                opened = self.hours(HoursRecord.model_validate(hours.value))
                shop = replace(shop, hours=opened, variables={**shop.variables, HOURS_SLOT: describe(opened)})
            if auto is not None and auto.value is not None:
                shop = replace(shop, auto=AutoRecord.model_validate(auto.value).policy(self.taxonomy))
        except (InputError, ValidationError) as error:  # a preset or a topic that an upgrade took away
            _LOG.warning("what is set for the shop %s cannot be used any more: %s", shop.id, error)
        return shop
