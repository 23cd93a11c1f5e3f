from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest

from contracts.errors import DataError
from desk.settings import Settings
from launch.alarms_step import AlarmsStep
from launch.encoder_step import EncoderStep
from launch.progress import Progress
from tests.alarms.corpus import encode, write


class FixedEncoder:
    """Stands for the prepared encoder."""

    def encoder(self) -> SimpleNamespace:
        return SimpleNamespace(card=SimpleNamespace(fingerprint="e"), encode=encode)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    settings = Settings(data=tmp_path / "data", var=tmp_path / "var")
    write(settings.data)
    return settings


@pytest.fixture
def step(settings: Settings) -> AlarmsStep:
    return AlarmsStep(settings, cast(EncoderStep, FixedEncoder()))


def test_it_makes_a_model_and_leaves_nothing_else(step: AlarmsStep, settings: Settings, progress: Progress) -> None:
    assert not step.made()
    step.run(progress)
    assert step.made()
    step.run(progress)
    assert step.made()
    assert [path.name for path in settings.var.iterdir()] == ["alarms"]


@pytest.mark.parametrize("file", ["alarm_lines/lines.jsonl", "nlu/lines.yml"])
def test_another_line_is_another_fingerprint(step: AlarmsStep, settings: Settings, file: str) -> None:
    before = step.fingerprint()
    assert step.fingerprint() == before
    path = settings.data / file
    path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assert step.fingerprint() != before


def test_a_faulty_line_leaves_the_old_model(step: AlarmsStep, settings: Settings, progress: Progress) -> None:
    step.run(progress)
    (settings.data / "alarm_lines" / "more.jsonl").write_text("{", encoding="utf-8")
    with pytest.raises(DataError, match="JSON"):
        step.run(progress)
    assert step.made()


def test_a_kind_without_lines_is_said(step: AlarmsStep, settings: Settings, progress: Progress) -> None:
    path = settings.data / "alarm_lines" / "lines.jsonl"
    left = [line for line in path.read_text(encoding="utf-8").splitlines() if "injury" not in line]
    path.write_text("\n".join(left) + "\n", encoding="utf-8")
    with pytest.raises(DataError, match="no labelled line of injury"):
        step.run(progress)
