"""`huashu run`: sets up what is missing, then starts Rasa, its action server and the desk."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from cli.output import say, tell, to_json
from cli.storage import open_people
from contracts.errors import ServiceDown
from desk.people.agents import FIRST
from desk.settings import Settings, load_settings
from launch import stack
from launch.interrupt import interruptible
from launch.progress import Progress
from launch.service import Service
from launch.services import all_services
from launch.setup import set_up
from launch.state import announce, running_stack, withdraw


def run(
    as_json: Annotated[bool, typer.Option("--json", help="Print the addresses as JSON once all is ready.")] = False,
) -> None:
    """Start Rasa, its action server and the desk; one Ctrl-C stops all."""
    settings, progress = load_settings(), Progress()
    with interruptible():
        refuse_second(settings)
        set_up(settings, progress)
        services = all_services(settings)
        make_first_admin(settings)
    try:
        stack.run(services, progress, lambda: _ready(settings, services, as_json))
    finally:
        withdraw(settings)


def refuse_second(settings: Settings) -> None:
    """Raises ServiceDown when a stack of this checkout runs already."""
    running = running_stack(settings)
    if running is not None:
        raise ServiceDown(f"Huashu runs already at {running.desk} (process {running.pid}); stop it with Ctrl-C first")


def make_first_admin(settings: Settings) -> None:
    """Where there is no agent yet, make an admin and tell the password that lets them in once. Raises ServiceDown."""
    with open_people(settings) as people:
        password = people.agents.add_first()
    if password is not None:
        tell(f"huashu: log in as {FIRST} with the password {password} and change it; it is shown this once")


def _ready(settings: Settings, services: tuple[Service, ...], as_json: bool) -> None:
    rasa, actions, desk = (service.url for service in services)
    running = announce(settings, desk=desk, rasa=rasa, actions=actions)
    say(to_json(asdict(running)) if as_json else f"Huashu is ready: {running.desk} (Ctrl-C stops it)")
