"""Shops: `data/shops/<id>.yml`, loaded strictly."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import BaseModel, ConfigDict, Field

from contracts.context import Context
from contracts.errors import InputError
from contracts.hours import STANDARD, Hours, Shift, describe
from contracts.platform import Platform
from contracts.policy import AutoMode, AutoPolicy
from contracts.shop import Shop
from contracts.taxonomy import Taxonomy
from desk.hours_record import HoursRecord, PresetRecord
from files.records import Located, read_mapping

HOURS_SLOT = "shop.hours"
"""Written from the shop's hours, so that no reply can name others."""


@dataclass(frozen=True)
class Preset:
    """A ready set of shifts with its title."""

    title: str
    shifts: tuple[Shift, ...]


Presets = Mapping[str, Preset]


class AutoRecord(BaseModel):
    """What may be sent while nobody is there, as a shop's file and a shift leader write it."""

    model_config = ConfigDict(extra="forbid")

    mode: Literal["off", "notice", "answers"] = "answers"
    topics: list[str] = Field(default_factory=list)
    quiet_minutes: float = Field(default=10.0, ge=0, le=240)

    def policy(self, taxonomy: Taxonomy | None) -> AutoPolicy:
        """The policy. Raises InputError for a topic that the taxonomy does not have."""
        for topic in self.topics if taxonomy else ():
            if taxonomy is not None and topic not in taxonomy and topic not in taxonomy.intents:
                raise InputError(f"unknown topic or intent {topic!r}")
        return AutoPolicy(AutoMode(self.mode), frozenset(self.topics), self.quiet_minutes)


class _ShopFile(BaseModel):
    """A shop as its file writes it."""

    model_config = ConfigDict(extra="forbid", coerce_numbers_to_str=True)

    platform: str
    name: str = Field(min_length=1)
    timezone: str = "Asia/Shanghai"
    variables: dict[str, str] = Field(default_factory=dict)
    context: dict[str, object] = Field(default_factory=dict)
    hours: HoursRecord | None = None
    auto: AutoRecord = AutoRecord()
    hints_off: list[str] = Field(default_factory=list)
    demo: bool = False


class Shops:
    """The shops of this installation, by id, and the ready sets of shifts; safe to use from several threads.

    A shop stands as its file says until `renew` puts it otherwise.
    """

    def __init__(self, shops: Mapping[str, Shop], presets: Presets | None = None) -> None:
        self._files = dict(shops)
        self._shops = dict(shops)
        self.presets: Presets = presets or {}

    @property
    def ids(self) -> tuple[str, ...]:
        return tuple(self._shops)

    def get(self, shop_id: str, platform: Platform) -> Shop:
        """The shop with this id; raises InputError when there is none or it sells on another platform."""
        shop = self._shops.get(shop_id)
        if shop is None:
            raise InputError(f"unknown shop {shop_id!r}; known: {', '.join(self._shops) or 'none'}")
        if shop.platform is not platform:
            raise InputError(f"shop {shop_id!r} sells on {shop.platform.value}, not on {platform.value}")
        return shop

    def find(self, shop_id: str) -> Shop:
        """The shop with this id; raises InputError when there is none."""
        if shop_id not in self._shops:
            raise InputError(f"unknown shop {shop_id!r}; known: {', '.join(self._shops) or 'none'}")
        return self._shops[shop_id]

    def of_file(self, shop_id: str) -> Shop:
        """The same as its file says."""
        self.find(shop_id)
        return self._files[shop_id]

    def renew(self, shop: Shop) -> None:
        """Let a shop that is known be as it is set now."""
        self._shops = {**self._shops, shop.id: shop}


def load_shops(folder: Path, slot_names: frozenset[str], taxonomy: Taxonomy | None = None) -> Shops:
    """Every shop below `folder`, with the presets of hours beside it. Raises DataError with file and field.

    With a taxonomy the topics that a shop lets be answered must be its own.
    """
    presets = load_presets(folder.parent / "hours")
    shops = {path.stem: _shop(path, slot_names, presets, taxonomy) for path in sorted(folder.glob("*.yml"))}
    return Shops(shops, presets)


def load_presets(folder: Path) -> Presets:
    """The ready sets of shifts by name. Raises DataError."""
    return {path.stem: _preset(path) for path in sorted(folder.glob("*.yml"))}


def _preset(path: Path) -> Preset:
    record = read_mapping(path, PresetRecord).value
    return Preset(record.title, record.named_shifts())


def _shop(path: Path, slot_names: frozenset[str], presets: Presets, taxonomy: Taxonomy | None) -> Shop:
    entry = read_mapping(path, _ShopFile)
    record = entry.value
    try:
        platform = Platform.parse(record.platform)
        ZoneInfo(record.timezone)
    except InputError as error:
        raise entry.error(str(error), "platform") from None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise entry.error(f"unknown time zone {record.timezone!r}", "timezone") from None
    _check_names(entry, slot_names)
    hours = _hours(entry, presets)
    variables = {**record.variables, HOURS_SLOT: describe(hours)} if hours else record.variables
    return Shop(
        id=path.stem,
        platform=platform,
        name=record.name,
        timezone=record.timezone,
        variables=variables,
        context=record.context,
        hours=hours or STANDARD,
        auto=_policy(entry, taxonomy),
        hints_off=frozenset(record.hints_off),
        demo=record.demo,
    )


def _hours(entry: Located[_ShopFile], presets: Presets) -> Hours | None:
    record = entry.value.hours
    if record is None:
        return None
    if HOURS_SLOT in entry.value.variables:
        raise entry.error("is written from hours, which this shop has", f"variables.{HOURS_SLOT}")
    if record.preset is not None and record.preset not in presets:
        raise entry.error(f"unknown preset {record.preset!r}; known: {', '.join(presets) or 'none'}", "hours.preset")
    return record.hours(presets[record.preset].shifts if record.preset else ())


def _policy(entry: Located[_ShopFile], taxonomy: Taxonomy | None) -> AutoPolicy:
    try:
        return entry.value.auto.policy(taxonomy)
    except InputError as error:
        raise entry.error(str(error), "auto.topics") from None


def _check_names(entry: Located[_ShopFile], slot_names: frozenset[str]) -> None:
    for name in entry.value.variables:
        if name not in slot_names:
            raise entry.error("unknown slot", f"variables.{name}")
    _, warnings = Context().with_values(entry.value.context)
    if warnings:
        raise entry.error(warnings[0], "context")
