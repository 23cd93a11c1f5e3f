"""`huashu backup` and `huashu restore`: the desk's SQLite database in one file, and back."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cli.output import say, tell, to_json
from desk.clock import utc_now
from desk.settings import load_settings
from desk.storage.backup import back_up, restore

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


def back_up_file(
    out: Annotated[Path, typer.Option(help="A new file; it holds what buyers said: keep it as safe as the desk.")],
    as_json: AsJson = False,
) -> None:
    """Write the desk's database to a file, whether the desk runs or not. SQLite only: see docs/operations.md."""
    size = back_up(load_settings().database_url, out)
    say(to_json({"out": str(out), "bytes": size}) if as_json else f"{size:,} bytes -> {out}")


def restore_file(
    file: Annotated[Path, typer.Argument(help="What `huashu backup` wrote.")],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    as_json: AsJson = False,
) -> None:
    """Put a back-up in the place of the desk's database, which is kept beside it. The desk must be stopped."""
    if not yes:
        typer.confirm("Put this back-up in the place of the desk's database?", abort=True, err=True)
    aside = restore(load_settings().database_url, file, utc_now())
    if aside is not None:
        tell(f"huashu: what was there before is kept as {aside}")
    kept = str(aside) if aside else None
    say(to_json({"restored": str(file), "kept": kept}) if as_json else f"restored from {file}")
