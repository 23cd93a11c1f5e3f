from __future__ import annotations

from pathlib import Path

import pytest

from compliance.learnt.check import ENCODER_FOLDER
from contracts.errors import DataError
from desk.settings import Settings
from launch.learnt_step import LearntStep
from launch.progress import Progress
from launch.rules_step import RulesStep
from tests.compliance.learnt.corpus import write
from tests.launch.learnt_step import LearntStepConformance


class TestRulesStep(LearntStepConformance):
    lines = "agent_lines"

    def write(self, data: Path) -> None:
        write(data)

    def make(self, settings: Settings) -> LearntStep:
        return RulesStep(settings)

    def test_without_its_encoder_it_is_no_model(self, step: LearntStep, settings: Settings, progress: Progress) -> None:
        step.run(progress)
        (settings.var / step.folder / ENCODER_FOLDER / "encoder.json").write_text("{", encoding="utf-8")
        assert not step.made()

    def test_too_few_lines_are_said(self, step: LearntStep, settings: Settings, progress: Progress) -> None:
        path = settings.data / "agent_lines" / "lines.jsonl"
        path.write_text(path.read_text(encoding="utf-8").splitlines()[0] + "\n", encoding="utf-8")
        with pytest.raises(DataError, match="agent_lines"):
            step.run(progress)
        assert not step.made()
