from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest

from contracts.errors import DataError
from desk.settings import Settings
from launch.encoder_step import EncoderStep
from launch.progress import Progress
from launch.rules_step import RulesStep
from tests.compliance.learnt.corpus import encode, write


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
def step(settings: Settings) -> RulesStep:
    return RulesStep(settings, cast(EncoderStep, FixedEncoder()))


def test_it_makes_a_model_and_leaves_nothing_else(step: RulesStep, settings: Settings, progress: Progress) -> None:
    assert not step.made()
    step.run(progress)
    assert step.made()
    step.run(progress)
    assert step.made()
    assert [path.name for path in settings.var.iterdir()] == ["rules"]


def test_another_line_is_another_fingerprint(step: RulesStep, settings: Settings) -> None:
    before = step.fingerprint()
    assert step.fingerprint() == before
    path = settings.data / "agent_lines" / "lines.jsonl"
    path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assert step.fingerprint() != before


def test_a_faulty_line_leaves_the_old_model(step: RulesStep, settings: Settings, progress: Progress) -> None:
    step.run(progress)
    (settings.data / "agent_lines" / "more.jsonl").write_text("{", encoding="utf-8")
    with pytest.raises(DataError, match="JSON"):
        step.run(progress)
    assert step.made()
