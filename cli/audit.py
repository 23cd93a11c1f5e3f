"""`huashu audit`: whether the record of what was done is whole, taking it out, and erasing one buyer's data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import typer

from cli.output import Exit, say, to_json
from cli.progress import with_progress
from cli.storage import open_database
from contracts.errors import InputError
from desk.assembly import open_shops
from desk.audit import Export, Span, verify_chain, write_entries
from desk.clock import utc_now
from desk.erasure import erase_buyer
from desk.people.agents import CONSOLE
from desk.settings import Settings, load_settings
from desk.storage.agents import all_shops
from desk.storage.database import Database
from desk.storage.ledger import Break, Entry, Mark
from files.atomic import writing

app = typer.Typer(help="The record of what was suggested, decided, sent and delivered.", no_args_is_help=True)

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@app.command("verify")
def verify(
    shop: Annotated[str | None, typer.Option(help="Only this shop.")] = None,
    as_json: AsJson = False,
) -> None:
    """Check that no entry was changed, taken away or put in; exit 1 when one was, saying where.

    The hash at the end stands for all entries before it: kept elsewhere, it shows later that none of them was changed.
    """
    with open_database(load_settings()) as database:
        results = {name: verify_chain(database, name) for name in _chosen(database, shop)}
    if as_json:
        say(to_json({"shops": [_result(name, result) for name, result in results.items()]}))
    else:
        for name, result in results.items():
            say(_line(name, result))
    if any(isinstance(result, Break) for result in results.values()):
        raise typer.Exit(Exit.FINDING)


@app.command("export")
def export_file(
    shop: Annotated[str, typer.Option(help="Shop id.")],
    out: Annotated[Path, typer.Option(help="A file that ends in .csv or .jsonl.")],
    since: Annotated[
        str | None, typer.Option("--from", help="ISO date or time, the shop's own without a zone.")
    ] = None,
    until: Annotated[str | None, typer.Option("--to", help="The same; what happened then is not included.")] = None,
    unmasked: Annotated[
        bool, typer.Option("--unmasked", help="With telephone numbers and the like; storage.unmasked_export allows it.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Write a shop's entries to a file, personal data masked. That it was done is an entry, too."""
    settings = load_settings()
    if out.suffix not in (".csv", ".jsonl"):
        raise InputError(f"--out {out.name}: the file must end in .csv or .jsonl")
    if unmasked and not settings.storage.unmasked_export:
        raise InputError("--unmasked: the setting storage.unmasked_export does not allow it")
    span = Span(_moment("--from", since, settings, shop), _moment("--to", until, settings, shop))
    with open_database(settings) as database:
        export = Export.begin(database, shop, span, CONSOLE, utc_now(), masked=not unmasked)
        entries = with_progress(export.entries(database), export.last, "export")
        written = _write(out, entries, masked=not unmasked)
    summary = {"shop": shop, "entries": written, "masked": not unmasked, "out": str(out)}
    say(to_json(summary) if as_json else f"{written} entries -> {out}")


@app.command("erase")
def erase(
    shop: Annotated[str, typer.Option(help="Shop id.")],
    buyer: Annotated[str, typer.Option(help="The buyer's id, as the channel gives it.")],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    as_json: AsJson = False,
) -> None:
    """Erase what one buyer said and was told, and their orders, for good; the chain of the audit stays whole."""
    if not yes:
        typer.confirm(f"Erase everything about this buyer in {shop}? It cannot be undone", abort=True, err=True)
    with open_database(load_settings()) as database:
        erased = asdict(erase_buyer(database, shop, buyer, CONSOLE))
    say(
        to_json({"shop": shop, **erased}) if as_json else ", ".join(f"{count} {what}" for what, count in erased.items())
    )


def _chosen(database: Database, shop: str | None) -> tuple[str, ...]:
    with database.reading() as connection:
        known = all_shops(connection)
    if shop is not None and shop not in known:
        raise InputError(f"unknown shop {shop!r}; known: {', '.join(known) or 'none'}")
    return known if shop is None else (shop,)


def _result(shop: str, result: Mark | Break) -> dict[str, Any]:
    if isinstance(result, Break):
        return {"shop": shop, "whole": False, "number": result.number, "fault": result.fault}
    return {"shop": shop, "whole": True, "entries": result.number, "hash": result.hash}


def _line(shop: str, result: Mark | Break) -> str:
    if isinstance(result, Break):
        return f"{shop}: broken at entry {result.number}: {result.fault}"
    return f"{shop}: {result.number} entries, whole  {result.hash}".rstrip()


def _moment(option: str, text: str | None, settings: Settings, shop: str) -> datetime | None:
    """Raises InputError for what is no time, and for an unknown shop whose zone would be needed."""
    if text is None:
        return None
    try:
        moment = datetime.fromisoformat(text.replace("Z", "+00:00"))
    except ValueError:
        raise InputError(f"{option} {text!r} is not an ISO date or time such as 2026-10-01T22:30:00+08:00") from None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=ZoneInfo(open_shops(settings).find(shop).timezone))
    return moment


def _write(out: Path, entries: Iterable[Entry], *, masked: bool) -> int:
    """Write the file, whole or not at all, and give the number of its entries."""
    count = 0

    def counted() -> Iterator[Entry]:
        nonlocal count
        for entry in entries:
            count += 1
            yield entry

    with writing(out) as stream:
        for line in write_entries(counted(), out.suffix[1:], masked=masked):
            stream.write(line)
    return count
