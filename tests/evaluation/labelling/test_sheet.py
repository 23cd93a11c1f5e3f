from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from contracts.errors import DataError, InputError
from evaluation.dialogues import Clarity, Vocabulary
from evaluation.labelling.sheet import Mark, Sheet
from tests.evaluation.written import agent, buyer, labelled_record

Written = Callable[..., Path]
BARE = {"turns": [buyer("能开专票吗"), agent("可以的")]}


@pytest.fixture
def path(written: Written) -> Path:
    """Two dialogues, the second without labels and written in a way of its own."""
    second = json.dumps(labelled_record(id="d2", **BARE), ensure_ascii=True, separators=(",", ":"))
    return written(labelled_record(), "", second, labelled_record(id="d3"))


def _labels(path: Path, number: int, turn: int) -> dict[str, object]:
    record = json.loads(path.read_text(encoding="utf-8").splitlines()[number])
    return {key: value for key, value in record["turns"][turn].items() if key not in ("speaker", "text")}


def test_a_mark_is_on_the_disk_at_once(path: Path, known: Vocabulary) -> None:
    sheet = Sheet(path, known)
    sheet.label(1, {0: Mark(("invoice/type", "greet/hello"), Clarity.CONTEXT)}, "d2#0")
    assert _labels(path, 2, 0) == {
        "intents": ["invoice", "greet"],
        "topics": ["invoice/type", "greet/hello"],
        "clear": "0",
    }
    sheet.label(1, {1: Mark(violates=("tmall.contact.any",))}, "d2#1")
    assert _labels(path, 2, 1) == {"violates": ["tmall.contact.any"]}
    assert Sheet(path, known).dialogues == sheet.dialogues


def test_lines_that_are_not_touched_stay_to_the_byte(path: Path, known: Vocabulary) -> None:
    before = path.read_bytes().splitlines()
    Sheet(path, known).label(0, {0: Mark(("greet/hello",))}, "d1#0")
    assert path.read_bytes().splitlines()[1:] == before[1:]
    untouched = path.read_bytes()
    Sheet(path, known).label(0, {0: Mark(("greet/hello",))}, "d1#0")
    assert path.read_bytes() == untouched


def test_white_space_of_json_is_no_end_of_a_line(written: Written, known: Vocabulary) -> None:
    odd = json.dumps(labelled_record(id="d0"), ensure_ascii=False).replace(', "platform"', ',\r "platform"')
    path = written(odd, labelled_record(id="d9"))
    Sheet(path, known).label(1, {0: Mark(("greet/hello",))}, "d9#0")
    first, second = path.read_bytes().split(b"\n")[:2]
    assert (first, json.loads(second)["id"]) == (odd.encode(), "d9")


def test_what_was_judged_is_known_the_next_time(path: Path, known: Vocabulary) -> None:
    Sheet(path, known).label(0, {0: Mark(("invoice/type",))}, "d1#0")
    assert Sheet(path, known).judged == {"d1#0"}


def test_labels_that_do_not_exist_change_nothing(path: Path, known: Vocabulary) -> None:
    before = path.read_bytes()
    sheet = Sheet(path, known)
    with pytest.raises(DataError, match="unknown topic"):
        sheet.label(1, {0: Mark(("invoice/tax",))}, "d2#0")
    with pytest.raises(DataError, match="unknown clause"):
        sheet.label(1, {1: Mark(violates=("no.such.rule",))}, "d2#1")
    assert (path.read_bytes(), sheet.judged) == (before, set())


def test_the_work_of_another_program_is_not_overwritten(path: Path, known: Vocabulary) -> None:
    sheet = Sheet(path, known)
    text = path.read_text(encoding="utf-8") + json.dumps(labelled_record(id="d4")) + "\n"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match="was changed by another program"):
        sheet.label(0, {0: Mark(("greet/hello",))}, "d1#0")
    assert path.read_text(encoding="utf-8") == text


def test_a_step_that_cannot_be_written_leaves_the_file(
    path: Path, known: Vocabulary, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = path.read_bytes()
    sheet = Sheet(path, known)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(DataError, match="No space left"):
        sheet.label(0, {0: Mark(("greet/hello",))}, "d1#0")
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("records", "message"),
    [((), "holds no dialogue"), ((labelled_record(), labelled_record()), "is on line 1, too"), (("{",), "is not JSON")],
)
def test_a_file_that_is_not_right_is_refused(
    written: Written, known: Vocabulary, records: tuple[object, ...], message: str
) -> None:
    with pytest.raises(InputError, match=message):
        Sheet(written(*records), known)
