"""The entry point: registers the commands and turns errors into messages and exit codes."""

from __future__ import annotations

import sys
from io import TextIOWrapper

import typer

from cli import (
    audit,
    backup,
    check,
    clauses,
    dialogues,
    hours,
    label,
    openapi,
    orders,
    replay,
    run,
    setup,
    suggest,
    user,
)
from cli.bench.app import app as bench
from cli.evaluate.command import evaluate
from cli.output import Exit, tell
from cli.replies.app import app as replies
from contracts.errors import HuashuError, ServiceDown

app = typer.Typer(
    name="huashu",
    help="Reply suggestions for online-shop customer service that keep the platform's rules.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
app.command("setup")(setup.setup)
app.command("run")(run.run)
app.command("suggest")(suggest.suggest)
app.command("check")(check.check)
app.command("replay")(replay.replay)
app.command("hours")(hours.hours)
app.command("backup")(backup.back_up_file)
app.command("restore")(backup.restore_file)
app.command("label")(label.label)
app.command("evaluate")(evaluate)
app.command("openapi")(openapi.openapi)
app.add_typer(bench, name="bench")
app.add_typer(replies, name="replies")
app.add_typer(clauses.app, name="clauses")
app.add_typer(dialogues.app, name="dialogues")
app.add_typer(orders.app, name="orders")
app.add_typer(user.app, name="user")
app.add_typer(audit.app, name="audit")


def main() -> None:
    """Run the command line; every expected error becomes one line on standard error."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        app()
    except HuashuError as error:
        tell(f"huashu: {error}")
        sys.exit(Exit.SERVICE_DOWN if isinstance(error, ServiceDown) else Exit.BAD_INPUT)
    except KeyboardInterrupt:
        tell("huashu: stopped")
        sys.exit(130)


if __name__ == "__main__":
    main()
