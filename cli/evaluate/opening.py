"""The desk, the files and the engine that a measurement needs."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from cli.progress import with_counts
from cli.session import rasa_address
from contracts.errors import InputError
from desk.assembly import Desk
from desk.settings import Settings
from evaluation.report.result import About
from evaluation.running.engine import Alone, Engine, Processes
from evaluation.running.ray_engine import RayCluster
from evaluation.running.run import Counted, count, run
from evaluation.running.spool import Spool
from evaluation.running.worker import Opening, Worker
from evaluation.vocabulary import vocabulary_of
from launch import fingerprint

DIALOGUES = "dialogues"
"""Below `data/`: the dialogues that are measured when none are named."""

_DATA = ("*.yml", "replies/**/*.yml", "clauses/**/*.yml", "shops/*.yml", "hours/*.yml")
_MADE = ("index/manifest.json", "rules/facts.json")
_PATIENCE = 30.0
"""Seconds that one reading may take here: a machine at full load must not change what is measured."""

_FEW = 64
"""Dialogues up to which opening more desks takes longer than it saves."""


@dataclass(frozen=True)
class Way:
    """How a measurement is run: on how many processes, by which engine, and whether it goes on where one stopped."""

    jobs: int
    engine: str = "local"
    address: str = ""
    rasa: bool = True
    resume: bool = False
    spool: Path | None = None

    def place(self, settings: Settings) -> Path:
        """The file in which finished cases are kept until the end."""
        return self.spool or settings.var / "evaluation" / "cases.jsonl"


def dialogue_files(settings: Settings, named: Sequence[Path]) -> tuple[Path, ...]:
    """The files that were named, of a folder all, else those of `data/dialogues`. Raises InputError for none."""
    files: list[Path] = []
    for place in named or (settings.data / DIALOGUES,):
        found = sorted(place.glob("*.jsonl")) if place.is_dir() or not named else [place]
        if not found:
            raise InputError(f"{place} holds no dialogues (*.jsonl); name a file of them")
        files += found
    doubled = next((file for place, file in enumerate(files) if file in files[:place]), None)
    if doubled is not None:
        raise InputError(f"{doubled}: is named twice")
    return tuple(files)


def opened(settings: Settings, stack: ExitStack, *, rasa: bool) -> Opening:
    """How desks are opened; what is started for them ends with `stack`. Raises ServiceDown when Rasa does not start."""
    return Opening(settings, rasa_address(settings, stack)[0] if rasa else "", _PATIENCE)


def engine_of(way: Way, opening: Opening, desk: Desk, dialogues: int) -> Engine:
    """Where the work is done. Raises InputError for an engine that does not exist."""
    if way.engine == "ray":
        return RayCluster(_one_core(opening), way.jobs, way.address)
    if way.engine != "local":
        raise InputError(f"unknown engine {way.engine!r}; known: local, ray")
    if way.jobs == 1 or dialogues <= _FEW:
        return Alone(Worker(opening, desk))
    return Processes(_one_core(opening), way.jobs)


def _one_core(opening: Opening) -> Opening:
    settings = opening.settings
    alone = settings.encoder.model_copy(update={"threads": 1})
    return Opening(settings.model_copy(update={"encoder": alone}), opening.rasa, opening.patience)


def measure(settings: Settings, files: Sequence[Path], way: Way, about: About) -> tuple[Spool, About]:
    """Put every labelled dialogue to a desk: the finished cases, and `about` with what was measured on what.

    Raises InputError, DataError and ServiceDown; what is finished by then is kept for `--resume`.
    """
    with ExitStack() as stack:
        opening = opened(settings, stack, rasa=way.rasa)
        desk = opening.desk()
        stack.callback(desk.suggester.close)
        counted = count(files, vocabulary_of(desk))
        counted.require_labels()
        spool = Spool(way.place(settings), _of_run(settings, counted, way))
        done = spool.resume() if way.resume else spool.begin()
        engine = engine_of(way, opening, desk, counted.dialogues - done)
        run(files, counted.dialogues, engine, spool, done, partial(with_counts, label="evaluate"))
        facts = _facts(desk, counted, way, engine)
    return spool, replace(about, facts={**about.facts, **facts}, notes=(*about.notes, *desk.suggester.parts.notes))


def _of_run(settings: Settings, counted: Counted, way: Way) -> str:
    """What the cases depend on, as one short text: the dialogues, what the desk is made of, how it is asked."""
    made = fingerprint.of_files(settings.var, _MADE)
    options = settings.model_dump_json(include={"encoder", "suggest", "vectors", "rasa"})
    return fingerprint.of_parts(
        counted.digest, fingerprint.of_files(settings.data, _DATA), made, options, str(way.rasa)
    )


def _facts(desk: Desk, counted: Counted, way: Way, engine: Engine) -> dict[str, str]:
    return {
        "dialogues": f"{counted.dialogues:,}",
        "messages": f"{counted.asked:,}",
        "agents' turns": f"{counted.said:,}",
        "read by": "Rasa" if way.rasa else "retrieval alone",
        "encoder": desk.settings.encoder.model,
        "replies": f"{len(desk.library):,}",
        "processes": "1" if isinstance(engine, Alone) else f"{way.jobs} ({way.engine})",
    }
