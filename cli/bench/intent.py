"""`huashu bench intent`: Rasa pipelines trained on the same lines and read against labelled messages."""

from __future__ import annotations

import os
import platform
import time
import zlib
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from cli.output import say, tell, to_json
from cli.progress import with_progress
from cli.session import PATIENCE
from contracts.errors import InputError
from desk.assembly import open_encoder
from desk.settings import PROJECT, Settings, load_settings
from desk.understand import RasaReader
from evaluation.intent.catalogue import Pipeline, chosen
from evaluation.intent.figures import IntentFigures, Reading, figures
from evaluation.intent.page import Row, markdown
from evaluation.labelled_files import files_of, open_questions
from evaluation.questions import Question
from files.atomic import write_text
from launch.lessons import read_lessons
from launch.pipeline_training import Trained, train
from launch.ports import free_port, listener
from launch.rasa import serving
from launch.services import rasa_server
from retrieval.encoder.lesson import Lesson
from retrieval.encoder.store import prepare

START_TIMEOUT = 300.0
"""Seconds that a server may take to load a model: a comparison is often made on a busy machine."""

WARM_UP = 10
"""Messages read before the clock counts."""


def bench_intent(
    on: Annotated[Path | None, typer.Option(help="Labelled dialogues, a file or a folder; data/dialogues.")] = None,
    pipelines: Annotated[str, typer.Option(help="Which ones, by name; all.")] = "",
    one_in: Annotated[int, typer.Option(min=1, max=100, help="Learn from one line in so many.")] = 1,
    out: Annotated[Path | None, typer.Option(help="Write the table here, as Markdown.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Train pipelines on data/nlu, minutes each, and show how well they read; what is trained is kept below var."""
    wanted, settings = chosen(pipelines), load_settings()
    questions = open_questions(files_of(on or settings.data / "dialogues"), settings)
    lessons = [lesson for lesson in read_lessons(settings.data / "nlu") if _taken(lesson.text, one_in)]
    if not lessons:
        raise InputError(f"one line in {one_in} leaves none to learn from")
    rows = [_row(pipeline, lessons, questions, settings) for pipeline in wanted]
    machine = f"{os.cpu_count()} cores ({platform.machine()}, load {os.getloadavg()[0]:.1f})"
    page = markdown(rows, len(lessons), machine)
    if out is not None:
        write_text(out, page)
        tell(f"huashu: wrote {out}")
    record = {"machine": machine, "lines": len(lessons), "rows": [asdict(row) for row in rows]}
    say(to_json(record) if as_json else page)


def _taken(text: str, one_in: int) -> bool:
    """Whether a line is one of those learnt from, by its characters: the same ones every time."""
    return zlib.crc32(f"share {text}".encode("utf-8", "surrogatepass")) % one_in == 0


def _row(pipeline: Pipeline, lessons: Sequence[Lesson], questions: Sequence[Question], settings: Settings) -> Row:
    tell(f"huashu: {pipeline.name}: training on {len(lessons)} lines")
    if pipeline.encoder:
        encoder = prepare(pipeline.encoder, settings.var / "encoders", tell).fingerprint
    else:
        encoder = open_encoder(settings).card.fingerprint
    trained = train(pipeline.name, pipeline.config(PROJECT), lessons, settings, encoder)
    found, megabytes = _measured(pipeline, trained, questions, settings)
    return Row(pipeline, found, trained.core_seconds, megabytes)


def _measured(
    pipeline: Pipeline, trained: Trained, questions: Sequence[Question], settings: Settings
) -> tuple[IntentFigures, int]:
    """How the model reads, served by Rasa as in business, and the megabytes of that server."""
    with ExitStack() as stack:
        service = stack.enter_context(serving(rasa_server(settings, free_port(), trained.model), START_TIMEOUT))
        reader = RasaReader(service.url, PATIENCE)
        stack.callback(reader.close)
        for question in questions[:WARM_UP]:
            reader.read(question.inquiry)
        readings = [_read(reader, item) for item in with_progress(questions, len(questions), pipeline.name)]
        process = listener(service.port)
        megabytes = round(process.memory_info().rss / 1024**2) if process is not None else 0
    return figures(questions, readings), megabytes


def _read(reader: RasaReader, question: Question) -> Reading:
    started = time.perf_counter()
    understanding = reader.read(question.inquiry)
    return Reading(understanding.intents, (time.perf_counter() - started) * 1000)
