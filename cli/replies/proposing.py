"""`huashu replies proposals`: what agents proposed and a leader accepted, for the library."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cli.output import say, to_json
from cli.replies.opening import JsonOption, open_shelf
from cli.storage import open_database
from contracts.errors import InputError
from desk.assembly import open_shops
from desk.misses.proposals import accepted_replies
from desk.replies.formats import file_bytes, suffix_of
from desk.settings import load_settings
from files.atomic import write_bytes


def export_proposals(
    out: Annotated[Path, typer.Option("--out", help="A .yml, .csv or .xlsx file; one that is there is replaced.")],
    shop: Annotated[str | None, typer.Option("--shop", help="Only this shop's.")] = None,
    as_json: JsonOption = False,
) -> None:
    """Write the accepted proposals that the library does not have yet; `huashu replies import` reads the file."""
    settings = load_settings()
    suffix_of(out)
    shelf, shops = open_shelf(settings), open_shops(settings)
    if shop is not None:
        shops.find(shop)
    if shelf.folder.resolve() in out.resolve().parents:
        raise InputError(f"{out}: lies within the library itself; export to another folder")
    with open_database(settings) as database:
        replies = accepted_replies(database, shops, shelf.taxonomy, shelf.library, shop)
    if replies:
        write_bytes(out, file_bytes(replies, out))
    summary = {"replies": len(replies), "out": str(out) if replies else None}
    text = f"{len(replies)} replies -> {out}" if replies else "no accepted proposal is missing in the library"
    say(to_json(summary) if as_json else text)
