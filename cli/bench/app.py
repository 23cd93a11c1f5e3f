"""`huashu bench`: suggestions by itself, and what stands below it."""

from __future__ import annotations

import typer

from cli.bench import checking, desk, retrieval, suggestions

app = typer.Typer(
    help="Answer messages and show where the time goes; below: checks, a whole desk under load, growing libraries."
)
app.callback(invoke_without_command=True)(suggestions.bench)
app.command("check")(checking.bench_check)
app.command("desk")(desk.bench_desk)
app.command("retrieval")(retrieval.bench_retrieval)
