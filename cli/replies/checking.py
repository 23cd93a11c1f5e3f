"""`huashu replies lint` and `coverage`."""

from __future__ import annotations

from typing import Any

import typer

from cli.output import Exit, say, to_json
from cli.replies.opening import JsonOption, TopicOption, open_shelf
from contracts.errors import InputError
from contracts.platform import Platform
from desk.assembly import open_checker
from desk.replies.coverage import Count, Cover, coverage
from desk.replies.lint import lint
from desk.settings import load_settings
from retrieval.encoder.embedded import EmbeddedEncoder


def lint_replies(as_json: JsonOption = False) -> None:
    """Hold the library against its format, the taxonomy and the rules; exit 1 when something is wrong."""
    settings = load_settings()
    shelf = open_shelf(settings)
    encoder = EmbeddedEncoder.from_wheel(settings.encoder.threads)
    report = lint(shelf.library, shelf.fixed, shelf.taxonomy, open_checker(settings), encoder)
    if as_json:
        counted = {"replies": len(shelf.library), "problems": report.problems, "advice": report.advice}
        say(to_json(counted))
    else:
        for line in (*report.problems, *(f"advice: {line}" for line in report.advice)):
            say(line)
        say(f"{len(shelf.library)} replies, {len(report.problems)} problems")
    if report.problems:
        raise typer.Exit(Exit.FINDING)


def show_coverage(topic: TopicOption = None, as_json: JsonOption = False) -> None:
    """Count the replies of each topic on each platform: for every state + for some states, by day / by night."""
    shelf = open_shelf(load_settings())
    covers = {
        name: row
        for name, row in coverage(shelf.library, shelf.taxonomy).items()
        if topic is None or name == topic or name.startswith(f"{topic}/")
    }
    if not covers:
        raise InputError(f"unknown topic {topic!r}")
    if as_json:
        say(to_json([{"topic": name, "platforms": _row_json(row)} for name, row in covers.items()]))
        return
    say(f"{'topic':30}" + "".join(f"{platform.value:>12}" for platform in Platform))
    for name, row in covers.items():
        say(f"{name:30}" + "".join(f"{f'{row[platform].day}/{row[platform].night}':>12}" for platform in Platform))
    say("for every state + for some states or days; by day / those of them that may leave at night")


def _row_json(row: Any) -> dict[str, Any]:
    return {platform.value: _cover_json(cover) for platform, cover in row.items()}


def _cover_json(cover: Cover) -> dict[str, Any]:
    return {"day": _count_json(cover.day), "night": _count_json(cover.night)}


def _count_json(count: Count) -> dict[str, int]:
    return {"every_state": count.always, "by_state": count.bound}
