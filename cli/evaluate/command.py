"""`huashu evaluate`: how good the suggestions are on labelled dialogues."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from cli.output import Exit
from contracts.errors import InputError
from desk.settings import load_settings

FILES = typer.Argument(help="Labelled dialogues as JSON lines; without any those of data/dialogues.")


def evaluate(
    files: Annotated[list[Path] | None, FILES] = None,
    report: Annotated[Path | None, typer.Option(help="Write the report as one HTML file.")] = None,
    json_out: Annotated[Path | None, typer.Option("--json", help="Write all figures and cases as JSON.")] = None,
    markdown: Annotated[Path | None, typer.Option(help="Write the figures as Markdown.")] = None,
    baseline: Annotated[Path | None, typer.Option(help="JSON of a run before, compared case by case.")] = None,
    floors: Annotated[Path | None, typer.Option(help="What figures must reach; data/floors.yml without FILES.")] = None,
    precision: Annotated[float, typer.Option(min=0.5, max=1.0, help="What automatic replies should have.")] = 0.98,
    jobs: Annotated[int, typer.Option(min=1, max=512, help="Processes.")] = os.cpu_count() or 1,
    engine: Annotated[str, typer.Option(help="local, or ray for a Ray cluster.")] = "local",
    address: Annotated[str, typer.Option(help="Of the Ray cluster; without it one is started here.")] = "",
    rasa: Annotated[bool, typer.Option(help="Ask the intent model; without it retrieval alone answers.")] = True,
    resume: Annotated[bool, typer.Option("--resume", help="Go on with a run that was stopped.")] = False,
    spool: Annotated[Path | None, typer.Option(help="Where finished cases are kept until the end.")] = None,
    changes: Annotated[Path | None, typer.Option(help="A folder laid over data/: what would it change?")] = None,
    audit: Annotated[bool, typer.Option("--from-audit", help="What agents' decisions say, in place of FILES.")] = False,
    shop: Annotated[str | None, typer.Option(help="With --from-audit: one shop alone.")] = None,
    out: Annotated[Path | None, typer.Option(help="With --from-audit: the decisions as labelled dialogues.")] = None,
    learn: Annotated[bool, typer.Option("--learn", help="With --from-audit: learn a ranking, if better.")] = False,
) -> None:
    """Measure suggestions, rules and automatic replies on labelled dialogues; exit 1 when a floor does not hold."""
    if changes is not None:
        from cli.evaluate.changes import show_changes

        show_changes(load_settings(), changes, files or [], json_out, rasa=rasa)
        return
    if audit:
        from cli.evaluate.audit import Wanted, from_audit

        from_audit(load_settings(), Wanted(shop, out, json_out, learn, rasa))
        return
    if shop is not None or out is not None or learn:
        raise InputError("--shop, --out and --learn go with --from-audit")
    from cli.evaluate.measuring import Asked, measured  # scikit-learn, which the other commands do without
    from cli.evaluate.opening import Way

    way = Way(jobs, engine, address, rasa, resume, spool)
    asked = Asked(report, json_out, markdown, baseline, floors, precision)
    if not measured(load_settings(), files or [], way, asked):
        raise typer.Exit(Exit.FINDING)
