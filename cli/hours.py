"""`huashu hours`: whether a shop is open at a moment, which shift works, and when it opens next."""

from __future__ import annotations

from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from cli.output import say, tell, to_json
from contracts.errors import InputError, ServiceDown
from contracts.hours import describe
from contracts.shop import Shop
from desk.assembly import open_shops
from desk.settings import Settings, load_settings
from desk.shifts import Calendar, Standing
from desk.shop_settings import ShopSettings
from desk.storage.database import Database
from desk.when import spoken
from files.taxonomy import load_taxonomy

_FILE = "sqlite:///"


def hours(
    shop: Annotated[str, typer.Argument(help="Shop id, a file of data/shops.")],
    at: Annotated[
        str | None, typer.Option(help="ISO time; without a zone it is the shop's own. Now by default.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Say whether a shop is open, which shift works, since when it is closed and when it opens next."""
    known = _as_set(load_settings(), shop)
    calendar = Calendar.of(known)
    standing = calendar.at(_moment(at) if at else datetime.now(calendar.zone))
    say(to_json(_record(known, standing)) if as_json else _page(known, standing))


def _as_set(settings: Settings, name: str) -> Shop:
    """The shop as shift leaders have set it; as its file says where the desk has no database yet or it is away."""
    shops = open_shops(settings)
    shop = shops.find(name)
    url = settings.database_url
    if url.startswith(_FILE) and not Path(url.removeprefix(_FILE)).exists():
        return shop
    try:
        with closing(Database.open(url, alone=False)) as database, database.transaction() as connection:
            return ShopSettings(database, shops, load_taxonomy(settings.data / "taxonomy.yml")).shop(connection, name)
    except ServiceDown as down:
        tell(f"huashu: {down}; the hours are those of the shop's file")
        return shop


def _moment(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text.replace("Z", "+00:00"))
    except ValueError:
        raise InputError(f"--at {text!r} is not an ISO time such as 2026-10-01T22:30:00+08:00") from None


def _record(shop: Shop, standing: Standing) -> dict[str, Any]:
    return {
        "shop": shop.id,
        "at": standing.at.isoformat(),
        "open": standing.open,
        "shift": standing.shift or None,
        "closed_since": _iso(standing.closed_at),
        "closes_at": _iso(standing.closes_at),
        "opens_at": _iso(standing.opens_at),
        "hours": describe(shop.hours),
    }


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def _page(shop: Shop, standing: Standing) -> str:
    """For a person at a terminal."""
    when = standing.at.strftime("%Y-%m-%d %H:%M:%S")
    opens = spoken(standing.opens_at, standing.at) if standing.opens_at else "近一年没有排班"
    lines = [f"{shop.name}（{describe(shop.hours)}）", f"{when}  {'有人在线' if standing.open else '没有人在线'}"]
    if standing.open:
        lines.append(f"班次  {standing.shift or '（未命名）'}")
        lines.append(f"下班  {spoken(standing.closes_at, standing.at) if standing.closes_at else '不打烊'}")
        lines.append(f"下次上班  {opens}")
    else:
        lines.append(
            f"上次下班  {standing.closed_at.strftime('%Y-%m-%d %H:%M:%S') if standing.closed_at else '没有记录'}"
        )
        lines.append(f"上班  {opens}")
    return "\n".join(lines)
