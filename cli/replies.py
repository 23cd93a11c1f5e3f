"""`huashu replies`: the approved replies."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

import typer

from cli.fit import fit_ranking
from cli.output import Exit, say, to_json
from contracts.platform import Platform
from contracts.reply import Reply
from desk.assembly import breaches, open_checker
from desk.lint import lint_library, lint_texts
from desk.settings import load_settings
from files.taxonomy import load_taxonomy
from retrieval.building import open_fixed, open_library

app = typer.Typer(help="The reply library.", no_args_is_help=True)
app.command("fit")(fit_ranking)


@app.command("list")
def list_replies(
    platform: Annotated[str | None, typer.Option(help="Only replies for this platform.")] = None,
    topic: Annotated[str | None, typer.Option(help="Only this intent (invoice) or topic (invoice/title).")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """List replies, one a line."""
    wanted = Platform.parse(platform) if platform else None
    data = load_settings().data
    replies = [
        reply
        for reply in (*open_library(data).replies, *open_fixed(data).replies)
        if (wanted is None or wanted in reply.platforms) and _about(reply, topic)
    ]
    if as_json:
        say(to_json([_record(reply) for reply in replies]))
        return
    for reply in replies:
        say(f"{reply.id:44}  {reply.topic:26}  {reply.text}")
    say(f"{len(replies)} replies")


@app.command("lint")
def lint(as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False) -> None:
    """Hold the library against its format, the taxonomy and the rules; exit 1 when something is wrong."""
    settings = load_settings()
    library = open_library(settings.data)
    checker = open_checker(settings)
    problems = [str(problem) for problem in lint_library(library, load_taxonomy(settings.data / "taxonomy.yml"))]
    fixed = open_fixed(settings.data)
    problems += [str(problem) for problem in lint_texts(fixed)]
    problems += [str(breach) for texts in (library, fixed) for breach in breaches(texts, checker)]
    if as_json:
        say(to_json({"replies": len(library), "problems": problems}))
    else:
        for problem in problems:
            say(problem)
        say(f"{len(library)} replies, {len(problems)} problems")
    if problems:
        raise typer.Exit(Exit.FINDING)


def _about(reply: Reply, topic: str | None) -> bool:
    return topic is None or reply.topic == topic or reply.topic.startswith(f"{topic}/")


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


def _record(reply: Reply) -> dict[str, Any]:
    return {
        "id": reply.id,
        "topic": reply.topic,
        "platforms": sorted(platform.value for platform in reply.platforms),
        "text": reply.text,
        "questions": list(reply.questions),
        "when": {condition.key: [_plain(value) for value in condition.values] for condition in reply.when},
        "auto": reply.auto,
        "keeps": list(reply.keeps),
        "approved": {"by": reply.approved.by, "on": reply.approved.on.isoformat()},
    }
