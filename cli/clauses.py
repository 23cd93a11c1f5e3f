"""`huashu clauses`: the rules that texts are held against."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from cli.measure import measure
from cli.output import say, to_json
from compliance.catalogue import load_catalogue
from compliance.rulebook import rulebook, section
from contracts.clause import Clause
from contracts.platform import Platform
from desk.settings import load_settings
from files.atomic import write_text

app = typer.Typer(help="The platform's rules.", no_args_is_help=True)
app.command("measure")(measure)


@app.command("list")
def list_clauses(
    platform: Annotated[str | None, typer.Option(help="Only the rules of this platform.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """List the rules, one a line."""
    catalogue = load_catalogue(load_settings().data / "clauses")
    clauses = catalogue.for_platform(Platform.parse(platform)) if platform else catalogue.clauses
    if as_json:
        say(to_json([_summary(clause) for clause in clauses]))
        return
    for clause in clauses:
        say(f"{clause.severity.value:5}  {clause.id:42}  {clause.statement_zh}")
    say(f"{len(clauses)} clauses")


@app.command("show")
def show_clause(
    clause_id: Annotated[str, typer.Argument(help="The id of the rule.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Show one rule as the page of rules does; with --json whole, with all its examples."""
    catalogue = load_catalogue(load_settings().data / "clauses")
    clause = catalogue.require(clause_id)
    if as_json:
        say(to_json({**_summary(clause), **_examples(clause)}))
        return
    say(section(catalogue, clause).rstrip())


@app.command("docs")
def write_docs(
    out: Annotated[Path | None, typer.Option(help="Where the page goes; without it, it is printed.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Write the rules by platform as a page for people, in Markdown."""
    catalogue = load_catalogue(load_settings().data / "clauses")
    page = rulebook(catalogue)
    if out is not None:
        write_text(out, page)
    if as_json:
        said = {"out": str(out)} if out is not None else {"page": page}
        say(to_json({"clauses": len(catalogue.clauses), **said}))
    elif out is not None:
        say(f"{len(catalogue.clauses)} clauses -> {out}")
    else:
        say(page.rstrip())


def _summary(clause: Clause) -> dict[str, Any]:
    verified = clause.source.verified_on
    return {
        "id": clause.id,
        "platforms": sorted(platform.value for platform in clause.platforms),
        "topic": clause.topic,
        "severity": clause.severity.value,
        "hint": clause.hint,
        "statement": clause.statement_zh,
        "statement_en": clause.statement_en,
        "penalty": clause.penalty,
        "source": clause.source.document,
        "verified_on": verified.isoformat() if verified else "unverified",
        "check": clause.check.kind,
        "why": clause.why,
        "instead": clause.instead,
    }


def _examples(clause: Clause) -> dict[str, list[str]]:
    return {
        "violating": [example.text for example in clause.violating],
        "compliant": [example.text for example in clause.compliant],
    }
