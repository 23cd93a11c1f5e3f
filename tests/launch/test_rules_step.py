from __future__ import annotations

from pathlib import Path

from launch.rules_step import RulesStep
from tests.compliance.learnt.corpus import encode, write
from tests.launch.learnt_step import LearntStepConformance


class TestRulesStep(LearntStepConformance):
    step_class = RulesStep
    encode = staticmethod(encode)
    lines = "agent_lines"

    def write(self, data: Path) -> None:
        write(data)
