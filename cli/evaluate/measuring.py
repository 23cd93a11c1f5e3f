"""A measurement from files to reports."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cli.evaluate.opening import Way, dialogue_files, measure
from cli.output import say, tell
from desk.settings import Settings
from evaluation.figures import Wanted
from evaluation.floors import FLOORS_FILE, load_floors
from evaluation.judging import judge
from evaluation.report.html import write_page
from evaluation.report.markdown import markdown
from evaluation.report.record import read_cases, write_record
from evaluation.report.result import About, Result
from evaluation.report.summary import summary
from evaluation.running.spool import held
from files.atomic import write_text


@dataclass(frozen=True)
class Asked:
    """What a measurement is wanted for: files to write, a run to compare with, floors to hold, a precision to reach."""

    report: Path | None = None
    record: Path | None = None
    markdown: Path | None = None
    baseline: Path | None = None
    floors: Path | None = None
    precision: float = 0.98


def measured(settings: Settings, named: Sequence[Path], way: Way, asked: Asked) -> bool:
    """Measure, print the summary and write the reports; whether every floor holds. Raises InputError, ServiceDown."""
    files = dialogue_files(settings, named)
    held_to = asked.floors
    if held_to is None and not named and (settings.data / FLOORS_FILE).exists():
        held_to = settings.data / FLOORS_FILE
    floors = load_floors(held_to) if held_to is not None else ()
    if asked.baseline is not None:
        next(read_cases(asked.baseline), None)  # what is no run is refused before the work, not behind it
    about = About(
        {"files": ", ".join(file.name for file in files), "measured": f"{datetime.now().astimezone():%Y-%m-%d %H:%M}"},
        Wanted(settings.suggest.send, asked.precision),
    )
    with held(way.place(settings)):
        spool, about = measure(settings, files, way, about)
        result = judge(spool.cases, about, asked.baseline, floors)
        _write(result, asked)
        say(summary(result))
        spool.remove()
    return result.good


def _write(result: Result, asked: Asked) -> None:
    if asked.record is not None:
        write_record(asked.record, result)
    if asked.markdown is not None:
        write_text(asked.markdown, markdown(result))
    if asked.report is not None:
        write_page(asked.report, result)
    for path in filter(None, (asked.record, asked.markdown, asked.report)):
        tell(f"huashu: wrote {path}")
