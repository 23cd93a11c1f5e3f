"""`huashu replies fit`: how searches and intent model become one confidence, learnt from the project's own lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from itertools import cycle
from pathlib import Path
from typing import Annotated, Any

import typer

from cli.output import say, to_json
from cli.progress import with_progress
from cli.session import open_desk
from contracts.errors import InputError
from contracts.holdout import held_out
from contracts.platform import Platform
from contracts.turn import Inquiry
from desk.dialogues import inquiry_of, parse_dialogue
from desk.ranking_fit import Figures, Labelled, Trial, compare, fit, reliability, trial
from desk.suggest import Suggester
from files.jsonl import read_jsonl
from launch.lessons import read_lessons
from retrieval.ranking_record import RANKING_FILE, save_weights

_EDGES = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)


def fit_ranking(
    on: Annotated[Path | None, typer.Option(help="Labelled dialogues to judge the ways of ranking on, too.")] = None,
    write: Annotated[bool, typer.Option(help="Write the fitted weights to data/ranking.yml.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Fit the ranking on held-out training lines, compare ways of ranking, and show what a confidence is worth."""
    with open_desk() as desk:
        own = _trials(desk.suggester, tuple(_held_out(desk.settings.data / "nlu")), "own lines")
        tested = _trials(desk.suggester, tuple(_labelled(on)), on.name) if on is not None else None
        weights = fit(own)
        if write:
            save_weights(desk.settings.data, weights)
    result: dict[str, Any] = {
        "weights": {name: round(value, 3) for name, value in asdict(weights).items()},
        "written": write,
        "own": _record(own, compare(own)),
        "reliability": [
            {"from": low, "messages": count, "right": round(share, 3)}
            for low, count, share in reliability(tested if tested is not None else own, weights, _EDGES)
        ],
    }
    if tested is not None:
        result["tested"] = _record(tested, compare(own, tested))
    say(to_json(result) if as_json else _page(result))


def _held_out(folder: Path) -> Iterator[Labelled]:
    """The training lines that nothing is trained on, on the platforms in turn. Raises DataError."""
    platforms = cycle(Platform)
    for lesson in read_lessons(folder):
        if held_out(lesson.text):
            inquiry = Inquiry(lesson.text, next(platforms), previous_agent=lesson.agent, previous_buyer=lesson.buyer)
            yield Labelled(inquiry, frozenset(lesson.topics))


def _labelled(path: Path) -> Iterator[Labelled]:
    """The last buyer message of every dialogue. Raises DataError for a line that cannot be used or has no topics."""
    for line in read_jsonl(path):
        if line.error is not None:
            raise line.error
        dialogue = parse_dialogue(line.value, str(path), line.number)
        last = dialogue.last_buyer_index()
        topics = dialogue.turns[last].topics if last is not None else ()
        if not topics:
            raise InputError(f"{path}:{line.number}: the last buyer turn has no topics")
        yield Labelled(inquiry_of(dialogue), frozenset(topics))


def _trials(suggester: Suggester, messages: Sequence[Labelled], name: str) -> list[Trial]:
    if not messages:
        raise InputError(f"{name}: there is no labelled message")
    return [trial(suggester, message) for message in with_progress(messages, len(messages), name)]


def _record(trials: Sequence[Trial], figures: Sequence[Figures]) -> dict[str, Any]:
    ways = [
        {name: value if name == "way" else round(value, 3) for name, value in asdict(row).items()} for row in figures
    ]
    return {"messages": len(trials), "ways": ways}


def _page(result: dict[str, Any]) -> str:
    weights = ", ".join(f"{name} {value}" for name, value in result["weights"].items())
    lines = [f"weights: {weights}" + (f" -> data/{RANKING_FILE}" if result["written"] else " (not written)")]
    for name, title in (("own", "held-out training lines, by cross-validation"), ("tested", "the given dialogues")):
        if name in result:
            lines.append(f"\n{title}: {result[name]['messages']} messages")
            lines.append(f"{'way':24}{'first':>8}{'among 3':>9}")
            for row in result[name]["ways"]:
                lines.append(f"{row['way']:24}{row['first']:8.3f}{row['among']:9.3f}")
    lines.append(f"\n{'confidence from':18}{'messages':>9}{'right':>8}")
    lines += [f"{row['from']:<18}{row['messages']:9}{row['right']:8.3f}" for row in result["reliability"]]
    return "\n".join(lines)
