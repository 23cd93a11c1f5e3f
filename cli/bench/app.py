"""`huashu bench`: suggestions by itself, and what stands below it."""

from __future__ import annotations

import typer

from cli.bench import checking, desk, intent, peers, public, retrieval, suggestions

app = typer.Typer(
    help="Answer messages and show where the time goes; below: checks, a whole desk under load, growing libraries."
)
app.callback(invoke_without_command=True)(suggestions.bench)
app.command("check")(checking.bench_check)
app.command("desk")(desk.bench_desk)
app.command("retrieval")(retrieval.bench_retrieval)
app.command("peers")(peers.bench_peers)
app.command("intent")(intent.bench_intent)
app.command("public")(public.bench_public)
