"""Shops: `data/shops/<id>.yml`, loaded strictly."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import BaseModel, ConfigDict, Field

from contracts.context import Context
from contracts.errors import InputError
from contracts.platform import Platform
from contracts.shop import Shop
from files.records import Located, read_mapping


class _ShopFile(BaseModel):
    """A shop as its file writes it."""

    model_config = ConfigDict(extra="forbid", coerce_numbers_to_str=True)

    platform: str
    name: str = Field(min_length=1)
    timezone: str = "Asia/Shanghai"
    variables: dict[str, str] = Field(default_factory=dict)
    context: dict[str, object] = Field(default_factory=dict)


class Shops:
    """The shops of this installation, by id."""

    def __init__(self, shops: Mapping[str, Shop]) -> None:
        self._shops = dict(shops)

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


def load_shops(folder: Path, slot_names: frozenset[str]) -> Shops:
    """Every shop below `folder`. Raises DataError for a fault, with file and field."""
    return Shops({path.stem: _shop(path, slot_names) for path in sorted(folder.glob("*.yml"))})


def _shop(path: Path, slot_names: frozenset[str]) -> Shop:
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
    return Shop(path.stem, platform, record.name, record.timezone, record.variables, record.context)


def _check_names(entry: Located[_ShopFile], slot_names: frozenset[str]) -> None:
    for name in entry.value.variables:
        if name not in slot_names:
            raise entry.error("unknown slot", f"variables.{name}")
    _, warnings = Context().with_values(entry.value.context)
    if warnings:
        raise entry.error(warnings[0], "context")
