"""`huashu bench`: suggestions by itself, and what stands below it."""

from __future__ import annotations

import typer

from cli.bench import checking, intent, peers, public, retrieval, suggestions

app = typer.Typer(
    help="Answer messages and show where the time goes; or, below, what a check costs and how retrieval grows."
)
app.callback(invoke_without_command=True)(suggestions.bench)
app.command("check")(checking.bench_check)
app.command("retrieval")(retrieval.bench_retrieval)
app.command("peers")(peers.bench_peers)
app.command("intent")(intent.bench_intent)
app.command("public")(public.bench_public)
