"""`huashu orders`: the orders that shops without an order system of their own import."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import typer

from cli.output import say, to_json
from cli.progress import with_progress
from cli.storage import open_database
from contracts.errors import InputError
from contracts.shop import Shop
from desk.assembly import open_shops
from desk.clock import utc_now
from desk.orders.csv_file import read_orders
from desk.orders.table import PART, import_orders
from desk.settings import load_settings
from desk.storage.database import Database
from desk.storage.orders import OrderRow, get_order, orders_of

app = typer.Typer(help="Orders that were imported.", no_args_is_help=True)

ShopOption = Annotated[str, typer.Option("--shop", help="Shop id, a file of data/shops.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@app.command("import")
def import_file(
    file: Annotated[Path, typer.Argument(help="CSV whose first line names the columns; `number` is needed.")],
    shop: ShopOption,
    as_json: JsonOption = False,
) -> None:
    """Import the orders of a file, all or none; an order with a known number takes the place of the old one."""
    with _open(shop) as (known, database):
        rows = read_orders(file, ZoneInfo(known.timezone))
        import_orders(database, known.id, rows, utc_now(), _shown)
    if as_json:
        say(to_json({"shop": known.id, "imported": len(rows)}))
    else:
        say(f"{known.id}: {len(rows)} orders")


@app.command("list")
def list_orders(
    shop: ShopOption,
    buyer: Annotated[str | None, typer.Option(help="Only this buyer's.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=10_000, help="At most so many, the latest first.")] = 50,
    as_json: JsonOption = False,
) -> None:
    """List orders, the latest first."""
    with _open(shop) as (known, database), database.reading() as connection:
        found = orders_of(connection, known.id, limit, buyer)
    if as_json:
        say(to_json([_record(row) for row in found]))
        return
    for row in found:
        say(_line(row, ZoneInfo(known.timezone)))
    say(f"{len(found)} orders")


@app.command("show")
def show(
    number: Annotated[str, typer.Argument(help="Its number.")], shop: ShopOption, as_json: JsonOption = False
) -> None:
    """Show one order with everything that is known of it."""
    with _open(shop) as (known, database), database.reading() as connection:
        found = get_order(connection, known.id, number)
    if found is None:
        raise InputError(f"{known.id} has no order {number!r}")
    record = _record(found)
    if as_json:
        say(to_json(record))
        return
    for name, value in record.items():
        say(f"{name:24}  {value}")


@contextmanager
def _open(shop: str) -> Iterator[tuple[Shop, Database]]:
    """The shop and the desk's database, for the duration of a command; the desk may run meanwhile."""
    settings = load_settings()
    known = open_shops(settings).find(shop)
    with open_database(settings) as database:
        yield known, database


def _shown(parts: Sequence[Sequence[OrderRow]]) -> Iterator[Sequence[OrderRow]]:
    return with_progress(parts, len(parts), f"orders (x{PART})")


def _record(row: OrderRow) -> dict[str, Any]:
    placed = row.placed_at.isoformat() if row.placed_at else None
    return {"number": row.number, "buyer": row.buyer, "placed_at": placed, **row.fields}


def _line(row: OrderRow, zone: ZoneInfo) -> str:
    placed = row.placed_at.astimezone(zone).strftime("%Y-%m-%d %H:%M") if row.placed_at else "-"
    status, item = row.fields.get("status", "-"), row.fields.get("item", "")
    return f"{row.number:24}  {placed:16}  {status:10}  {row.buyer}  {item}"
