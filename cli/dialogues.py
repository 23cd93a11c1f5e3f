"""`huashu dialogues import`: chats of other systems as labelled dialogues."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from cli.output import Exit, say, tell, to_json
from contracts.errors import InputError
from contracts.platform import Platform
from desk.settings import load_settings
from evaluation.importing.importing import FORMATS, import_dialogues
from evaluation.importing.protocol import Defaults, Faults
from evaluation.vocabulary import open_vocabulary
from files.atomic import writing

app = typer.Typer(no_args_is_help=True, help="Labelled dialogues.")


@app.callback()
def _group() -> None:
    """Keep `import` a command of its own."""


@app.command("import")
def import_file(
    file: Annotated[Path, typer.Argument(help="The file to read.")],
    source: Annotated[str, typer.Option("--from", help=f"{', '.join(FORMATS)}.")],
    out: Annotated[Path, typer.Option("--out", help="A .jsonl file; one that is there is never overwritten.")],
    platform: Annotated[
        str | None, typer.Option(help="tmall, taobao, jd, pdd, douyin or kuaishou, where the file does not say it.")
    ] = None,
    shop: Annotated[str | None, typer.Option(help="Shop id, a file of data/shops.")] = None,
    mask: Annotated[bool, typer.Option(help="Take telephone numbers, addresses and the like out of the texts.")] = True,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Read dialogues of another system; nothing is written when anything in the file is wrong."""
    if out.exists():
        raise InputError(f"{out}: is there already; choose another name or move it away")
    defaults = Defaults(Platform.parse(platform) if platform else None, shop)
    try:
        result = import_dialogues(file, source, open_vocabulary(load_settings()), defaults, masked=mask)
    except Faults as wrong:
        if not as_json:
            raise
        say(to_json({"errors": [asdict(fault) for fault in wrong.faults], "dialogues": 0}))
        raise typer.Exit(Exit.BAD_INPUT) from None
    with writing(out) as stream:
        for record in result.records:
            stream.write(to_json(record) + "\n")
    for note in result.notes:
        tell(f"huashu: {note}")
    summary = {"dialogues": len(result.records), "turns": result.turns, "notes": list(result.notes), "out": str(out)}
    say(to_json(summary) if as_json else f"{summary['dialogues']} dialogues, {summary['turns']} turns -> {out}")
