"""The assembled service for one command, with the intent model it asks."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from cli.output import tell
from contracts.errors import HuashuError
from desk.assembly import Desk, assemble
from desk.settings import Settings, load_settings
from desk.understand import NoReader, RasaReader, Reader
from launch.rasa import temporary_rasa
from launch.state import running_stack

PATIENCE = 30.0
"""Seconds that a command waits for one parse of a Rasa of its own; a desk in service waits far less."""


@contextmanager
def open_desk(*, rasa: bool = True) -> Iterator[Desk]:
    """The service for the duration of a command.

    With `rasa`, the Rasa of a running `huashu run` is asked; when none runs, one is started for this command
    alone. Without it, or when it cannot be started, suggestions come from retrieval and say so.
    """
    settings = load_settings()
    with ExitStack() as stack:
        desk = assemble(settings, _reader(settings, stack) if rasa else NoReader())
        stack.callback(desk.suggester.close)
        yield desk


def _reader(settings: Settings, stack: ExitStack) -> Reader:
    """The intent model to ask, none where it cannot be started; whatever is started for it ends with `stack`."""
    try:
        return RasaReader(*rasa_address(settings, stack))
    except HuashuError as error:
        tell(f"huashu: {error}")
        return NoReader()


def rasa_address(settings: Settings, stack: ExitStack) -> tuple[str, float]:
    """Where the intent model answers, and the seconds that one answer may take.

    That of a running `huashu run`, else one that answers where settings say, else one that is started for this command
    and ends with `stack`. Raises ServiceDown when it does not start.
    """
    patience = settings.rasa.timeout_ms / 1000
    running = running_stack(settings)
    if running is not None:
        return running.rasa, patience
    configured = RasaReader(settings.rasa_url, patience)
    ready = configured.ready()
    configured.close()
    if ready:
        return settings.rasa_url, patience
    tell("huashu: Rasa is not running; starting it for this command (`huashu run` keeps it running)")
    return stack.enter_context(temporary_rasa(settings)), PATIENCE
