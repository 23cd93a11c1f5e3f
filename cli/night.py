"""`huashu night`: what automatic answers are worth."""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from cli.output import say, to_json
from cli.progress import with_progress
from cli.session import open_desk
from contracts.dialogue import Dialogue
from contracts.errors import InputError
from desk.assembly import open_aids
from desk.dialogues import parse_dialogue
from evaluation.night_curve import Point, curve, last_message
from files.jsonl import read_jsonl

app = typer.Typer(help="Answers while nobody is there.", no_args_is_help=True)

SENDS = (0.6, 0.7, 0.75, 0.8, 0.85, 0.87, 0.9, 0.95)


@app.callback()
def _group() -> None:
    """Several commands stand below `night`."""


@app.command("curve")
def night_curve(
    file: Annotated[Path, typer.Argument(help="Labelled dialogues as JSON lines; the last buyer turn has topics.")],
    wanted: Annotated[float, typer.Option(min=0, max=1, help="The precision that answers must have.")] = 0.98,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Play every dialogue's last message with the shop closed: precision and share of answers by threshold."""
    dialogues = [last_message(dialogue) for dialogue in _dialogues(file)]
    if not dialogues:
        raise InputError(f"{file}: holds no dialogue")
    with open_desk() as desk:
        limits = desk.settings.suggest
        nears = sorted({0.6, 0.7, 0.8, limits.near})
        pairs = [(send, near) for near in nears for send in sorted({*SENDS, limits.send})]
        *_, points = with_progress(curve(open_aids(desk), desk.shops, dialogues, pairs), len(dialogues), "night")
        chosen = (limits.send, limits.near)
    if as_json:
        say(to_json([_record(point) for point in points]))
        return
    say(_page(points, chosen, wanted))


def _dialogues(file: Path) -> Iterator[Dialogue]:
    for line in read_jsonl(file):
        if line.error is not None:
            raise line.error
        yield parse_dialogue(line.value, str(file), line.number)


def _record(point: Point) -> dict[str, float | int | None]:
    low, high = interval(point.right, point.answered)
    return {
        "send": point.send,
        "near": point.near,
        "messages": point.messages,
        "answered": point.answered,
        "right": point.right,
        "asked": point.asked,
        "share": round(point.share, 4),
        "precision": round(point.precision, 4) if point.precision is not None else None,
        "low": round(low, 4),
        "high": round(high, 4),
    }


def _page(points: tuple[Point, ...], chosen: tuple[float, float], wanted: float) -> str:
    lines = ["| send | near | answered | share | right | precision | 95 % |", "|---|---|---|---|---|---|---|"]
    for point in points:
        mark = "**" if (point.send, point.near) == chosen else ""
        low, high = interval(point.right, point.answered)
        precision = f"{point.precision:.3f}" if point.precision is not None else "-"
        cells = (f"{point.send:g}", f"{point.near:g}", point.answered, f"{point.share:.1%}", point.right, precision)
        lines.append("| " + " | ".join(f"{mark}{cell}{mark}" for cell in cells) + f" | {low:.3f}-{high:.3f} |")
    good = [point for point in points if point.precision is not None and point.precision >= wanted]
    best = max(good, key=lambda point: point.answered, default=None)
    lines.append("")
    lines.append(
        f"most answers at a precision of {wanted:g}: send {best.send:g}, near {best.near:g} ({best.answered} answered)"
        if best
        else f"no pair reaches a precision of {wanted:g}"
    )
    return "\n".join(lines)


def interval(right: int, answered: int) -> tuple[float, float]:
    """The 95 % interval of a share (Wilson, 1927); 0 to 1 without any."""
    if not answered:
        return 0.0, 1.0
    z, share = 1.96, right / answered
    middle = share + z * z / (2 * answered)
    spread = z * math.sqrt(share * (1 - share) / answered + z * z / (4 * answered * answered))
    scale = 1 + z * z / answered
    return max(0.0, (middle - spread) / scale), min(1.0, (middle + spread) / scale)
