"""`huashu bench`: suggestions by itself, and what stands below it."""

from __future__ import annotations

import typer

from cli.bench import retrieval, suggestions

app = typer.Typer(help="Answer messages and show where the time goes; or, below, how retrieval grows.")
app.callback(invoke_without_command=True)(suggestions.bench)
app.command("retrieval")(retrieval.bench_retrieval)
