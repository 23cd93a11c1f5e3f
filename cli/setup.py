"""`huashu setup`: makes what the service needs, skipping what is there."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from cli.output import say, to_json
from desk.settings import load_settings
from launch.interrupt import interruptible
from launch.progress import Progress
from launch.setup import set_up

_SAID = {"made": "made", "kept": "up to date", "failed": "FAILED, see above; the rest works without it"}


def setup(
    as_json: Annotated[bool, typer.Option("--json", help="Print the steps and their seconds as JSON.")] = False,
) -> None:
    """Prepare encoder, search index, Rasa model and panel; resumes where it stopped."""
    with interruptible():
        results = set_up(load_settings(), Progress())
    if as_json:
        steps = [{**asdict(result), "seconds": round(result.seconds, 2)} for result in results]
        say(to_json({"steps": steps}))
        return
    for result in results:
        say(f"{result.name}: {_SAID[result.state]}")
