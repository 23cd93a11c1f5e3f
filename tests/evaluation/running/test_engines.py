from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

from contracts.errors import InputError
from desk.settings import EncoderSettings, Settings
from evaluation.cases import Asked
from evaluation.dialogues import Vocabulary
from evaluation.running.engine import Alone, Engine, Processes
from evaluation.running.ray_engine import RayCluster
from evaluation.running.run import BATCH, count, run
from evaluation.running.spool import Spool
from evaluation.running.worker import Opening, Worker
from evaluation.vocabulary import vocabulary_of
from tests.evaluation.written import buyer, labelled_record, write_lines

DIALOGUES = 3 * BATCH + 1


@pytest.fixture(scope="module")
def opening(small_data: Path, small_var: Path) -> Opening:
    """Desks over the small data, without the intent model."""
    return Opening(Settings(data=small_data, var=small_var, encoder=EncoderSettings(model="embedded", threads=1)))


@pytest.fixture(scope="module")
def small_known(opening: Opening) -> Vocabulary:
    desk = opening.desk()
    desk.suggester.close()
    return vocabulary_of(desk)


@pytest.fixture
def dialogues(tmp_path: Path) -> list[Path]:
    """Two files with one question in each dialogue."""
    records = [
        labelled_record(
            id=f"d{n}",
            turns=[
                buyer("能开专票吗" if n % 2 else "啥时候发货", "invoice/type" if n % 2 else "shipping/dispatch_time")
            ],
        )
        for n in range(DIALOGUES)
    ]
    return [write_lines(tmp_path / "a.jsonl", records[:10]), write_lines(tmp_path / "b.jsonl", records[10:])]


def results(engine: Engine, files: list[Path], place: Path, done: int = 0) -> list[Asked]:
    spool = Spool(place, "f")
    if not done:
        spool.begin()
    told: list[tuple[int, int]] = []

    def watch(counts: Iterable[int], before: int, total: int) -> Iterator[int]:
        for number in counts:
            told.append((before + number, total))
            yield number

    run(files, DIALOGUES, engine, spool, done, watch)
    assert sum(number - done for number, _ in told) == DIALOGUES - done
    return [case for case in spool.cases() if isinstance(case, Asked)]


def seen(cases: list[Asked]) -> list[tuple[str, tuple[str, ...]]]:
    return [(case.id, tuple(shown.reply_id for shown in case.shown)) for case in cases]


def test_several_processes_find_what_one_finds_in_the_same_order(
    opening: Opening, dialogues: list[Path], tmp_path: Path
) -> None:
    alone = results(Alone(Worker(opening)), dialogues, tmp_path / "alone.jsonl")
    several = results(Processes(opening, 2), dialogues, tmp_path / "several.jsonl")
    assert seen(alone) == seen(several)
    assert [case.id for case in alone] == [f"d{n}#0" for n in range(DIALOGUES)]
    assert alone[1].shown[0].reply_id == "invoice.type.both"


def test_a_run_that_goes_on_asks_only_what_is_left(opening: Opening, dialogues: list[Path], tmp_path: Path) -> None:
    whole = results(Alone(Worker(opening)), dialogues, tmp_path / "whole.jsonl")
    lines = (tmp_path / "whole.jsonl").read_bytes().splitlines(keepends=True)
    (tmp_path / "part.jsonl").write_bytes(b"".join(lines[:6]))
    assert Spool(tmp_path / "part.jsonl", "f").resume() == 5
    assert seen(results(Alone(Worker(opening)), dialogues, tmp_path / "part.jsonl", done=5)) == seen(whole)


@pytest.mark.skipif(find_spec("ray") is None, reason="Ray is not installed (requirements/ray.lock)")
def test_a_ray_cluster_finds_what_one_process_finds(opening: Opening, dialogues: list[Path], tmp_path: Path) -> None:
    alone = results(Alone(Worker(opening)), dialogues, tmp_path / "alone.jsonl")
    spread = results(RayCluster(opening, 2), dialogues, tmp_path / "ray.jsonl")
    assert seen(spread) == seen(alone)


def test_without_ray_that_is_said(opening: Opening, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("evaluation.running.ray_engine.find_spec", lambda _name: None)
    with pytest.raises(InputError, match="Ray is not installed"):
        RayCluster(opening, 2)


def test_files_are_counted_before_anything_is_asked(dialogues: list[Path], small_known: Vocabulary) -> None:
    counted = count(dialogues, small_known)
    assert (counted.dialogues, counted.asked, counted.said) == (DIALOGUES, DIALOGUES, 0)
    counted.require_labels()
    other = count(dialogues[:1], small_known)
    assert other.digest != counted.digest


@pytest.mark.parametrize(
    ("records", "message"),
    [([], "hold no dialogue"), ([labelled_record(turns=[buyer("在吗")])], "none of the 1 dialogues has a label")],
)
def test_without_labels_there_is_nothing_to_measure(
    records: list[dict[str, object]], message: str, tmp_path: Path, small_known: Vocabulary
) -> None:
    with pytest.raises(InputError, match=message):
        count([write_lines(tmp_path / "d.jsonl", records)], small_known).require_labels()
