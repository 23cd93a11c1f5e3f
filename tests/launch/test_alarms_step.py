from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest

from contracts.errors import DataError
from desk.settings import Settings
from launch.alarms_step import AlarmsStep
from launch.encoder_step import EncoderStep
from launch.learnt_step import LearntStep
from launch.progress import Progress
from tests.alarms.corpus import encode, write
from tests.launch.learnt_step import LearntStepConformance


class TestAlarmsStep(LearntStepConformance):
    lines = "alarm_lines"

    def write(self, data: Path) -> None:
        write(data)

    def make(self, settings: Settings) -> LearntStep:
        encoder = SimpleNamespace(card=SimpleNamespace(fingerprint="e"), encode=encode)
        return AlarmsStep(settings, cast(EncoderStep, SimpleNamespace(encoder=lambda: encoder)))

    def test_a_kind_without_lines_is_said(self, step: LearntStep, settings: Settings, progress: Progress) -> None:
        path = settings.data / "alarm_lines" / "lines.jsonl"
        left = [line for line in path.read_text(encoding="utf-8").splitlines() if "injury" not in line]
        path.write_text("\n".join(left) + "\n", encoding="utf-8")
        with pytest.raises(DataError, match="no labelled line of injury"):
            step.run(progress)
