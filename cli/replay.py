"""`huashu replay`: what would have been answered to recorded dialogues, by their own clock and their shop's hours."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from cli.output import Exit, say, tell, to_json
from cli.progress import with_progress
from cli.session import open_desk
from contracts.errors import HuashuError, InputError
from desk.assembly import Desk, open_first_reply
from desk.dialogues import parse_dialogue
from desk.night.first_reply import FirstReply
from desk.replay import Place, Played
from desk.replay import replay as play
from desk.wire import outcome_json
from files.jsonl import JsonLine, count_lines, read_jsonl


def replay(
    file: Annotated[Path, typer.Argument(help="Dialogues as JSON lines.")],
    rasa: Annotated[bool, typer.Option(help="Ask the intent model; without it nothing but notices goes out.")] = True,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON lines, as without it; no summary.")] = False,
) -> None:
    """Play dialogues through the first reply, sending nothing: a JSON line for each buyer turn; exit 2 on bad lines."""
    total = count_lines(file)
    if not total:
        raise InputError(f"{file}: holds no dialogue")
    turns = failed = 0
    with open_desk(rasa=rasa) as desk:
        first_reply = open_first_reply(desk)
        for line in with_progress(read_jsonl(file), total, "replay"):
            for record, bad in _records(desk, first_reply, line, str(file)):
                failed += bad
                turns += not bad
                if record:
                    say(to_json(record))
    if not as_json:
        tell(f"huashu: {total} dialogues, {turns} buyer turns, {failed} errors")
    if failed:
        raise typer.Exit(Exit.BAD_INPUT)


def _records(desk: Desk, first_reply: FirstReply, line: JsonLine, file: str) -> Iterator[tuple[dict[str, Any], bool]]:
    """The output lines of one dialogue, each with whether it is an error; an empty one is told, not printed."""
    raw_id = line.value.get("id")
    name = raw_id if isinstance(raw_id, str) else f"line-{line.number}"
    try:
        if line.error is not None:
            raise line.error
        dialogue = parse_dialogue(line.value, file, line.number)
        for played in play(first_reply, desk.shops, dialogue, Place(file, line.number)):
            yield _record(name, played, file, line.number)
    except HuashuError as error:
        yield {"id": name, "error": _told(error, file, line.number)}, True


def _record(name: str, played: Played, file: str, number: int) -> tuple[dict[str, Any], bool]:
    if played.error is not None:
        return {"id": name, "turn": played.turn, "error": _told(played.error, file, number)}, True
    if played.outcome is None:
        return {}, True
    return {"id": name, "turn": played.turn, **outcome_json(played.outcome)}, False


def _told(error: HuashuError, file: str, number: int) -> str:
    message = str(error) if str(error).startswith(file) else f"{file}:{number}: {error}"
    tell(f"huashu: {message}")
    return message
