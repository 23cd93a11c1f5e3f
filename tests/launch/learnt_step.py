"""What every step that trains a learnt model must do; a test class for one gives its step and its corpus."""

from __future__ import annotations

from abc import ABC, abstractmethod
from pathlib import Path

import pytest

from contracts.errors import DataError
from desk.settings import Settings
from launch.learnt_step import LearntStep
from launch.progress import Progress


class LearntStepConformance(ABC):
    lines: str
    """The folder of labelled lines, below `data`."""

    @abstractmethod
    def write(self, data: Path) -> None:
        """Put a small corpus below `data`."""

    @pytest.fixture
    def settings(self, tmp_path: Path) -> Settings:
        settings = Settings(data=tmp_path / "data", var=tmp_path / "var")
        self.write(settings.data)
        return settings

    @abstractmethod
    def make(self, settings: Settings) -> LearntStep:
        """The step, with an encoder that stands for the real one."""

    @pytest.fixture
    def step(self, settings: Settings) -> LearntStep:
        return self.make(settings)

    def test_it_makes_a_model_and_leaves_nothing_else(
        self, step: LearntStep, settings: Settings, progress: Progress
    ) -> None:
        assert not step.made()
        step.run(progress)
        assert step.made()
        step.run(progress)
        assert step.made()
        assert [path.name for path in settings.var.iterdir()] == [step.folder]

    def test_another_line_is_another_fingerprint(self, step: LearntStep, settings: Settings) -> None:
        for pattern in step.data:
            path = next(iter(sorted(settings.data.glob(pattern))))
            before = step.fingerprint()
            assert step.fingerprint() == before
            path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")
            assert step.fingerprint() != before, pattern

    def test_a_faulty_line_leaves_the_old_model(self, step: LearntStep, settings: Settings, progress: Progress) -> None:
        step.run(progress)
        (settings.data / self.lines / "more.jsonl").write_text("{", encoding="utf-8")
        with pytest.raises(DataError, match="JSON"):
            step.run(progress)
        assert step.made()

    @pytest.mark.parametrize("file", ["arrays.npz", "facts.json"])
    @pytest.mark.parametrize("left", [0, 100])
    def test_a_damaged_model_is_none(
        self, step: LearntStep, settings: Settings, progress: Progress, file: str, left: int
    ) -> None:
        step.run(progress)
        path = settings.var / step.folder / file
        path.write_bytes(path.read_bytes()[:left])
        assert not step.made()
