"""What a change of replies or rules does to the labelled cases, before it takes effect."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

from cli.evaluate.opening import dialogue_files, opened
from cli.output import say, tell, to_json
from cli.progress import with_progress
from desk.settings import Settings
from evaluation.changes.changed import Changed, changed
from evaluation.changes.preview import preview, preview_json
from evaluation.changes.proposed import both, draft_files
from evaluation.compare import compare
from evaluation.dialogues import read_labelled
from evaluation.figures import Wanted
from evaluation.report.summary import comparison
from evaluation.running.asking import Asker
from evaluation.running.run import count
from evaluation.table import TableBuilder
from evaluation.vocabulary import vocabulary_of
from files.atomic import write_text


@dataclass(frozen=True)
class Effects:
    """The cases that change, in words and for a program."""

    text: str
    record: dict[str, Any]


def effects(settings: Settings, files: Mapping[Path, bytes], on: Sequence[Path], *, rasa: bool) -> Effects:
    """What `files`, by their places below `data/`, would do to the labelled dialogues `on`.

    Raises InputError, DataError when the proposal does not load, ServiceDown.
    """
    with ExitStack() as stack:
        desk = opened(settings, stack, rasa=rasa).desk()
        stack.callback(desk.suggester.close)
        known = vocabulary_of(desk)
        counted = count(on, known)
        counted.require_labels()
        before, after = stack.enter_context(both(desk, files))
        first, second = Asker(before, with_rasa=rasa), Asker(after, with_rasa=rasa)
        tables, found = (TableBuilder(), TableBuilder()), list[Changed]()
        for labelled in with_progress(read_labelled(on, known), counted.dialogues, "compare"):
            for old, new in zip(first.cases(labelled), second.cases(labelled), strict=True):
                tables[0].add(old)
                tables[1].add(new)
                found += filter(None, [changed(old, new)])
        notes = tuple(dict.fromkeys(chain(before.suggester.parts.notes, after.suggester.parts.notes)))
    compared = compare(tables[0].table(), tables[1].table(), Wanted(settings.suggest.send))
    total = len(tables[0].ids)
    lines = [preview(found, total), *(comparison(compared) if found else ()), *(f"note: {note}" for note in notes)]
    return Effects("\n".join(lines), preview_json(found, total))


def show_changes(settings: Settings, draft: Path, named: Sequence[Path], out: Path | None, *, rasa: bool) -> None:
    """Print what the files of a folder that is laid over `data/` would change. Raises as `effects` does."""
    found = effects(settings, draft_files(draft), dialogue_files(settings, named), rasa=rasa)
    say(found.text)
    if out is not None:
        write_text(out, to_json(found.record))
        tell(f"huashu: wrote {out}")
