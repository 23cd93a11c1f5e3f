"""Step three: the learnt check of the platforms' rules."""

from __future__ import annotations

from pathlib import Path

from compliance.catalogue import load_catalogue
from compliance.learnt.check import RULES_FOLDER
from compliance.learnt.lines import LINES, read_lines
from compliance.learnt.model import FORMAT, RuleModel
from launch.learnt_step import LearntStep
from launch.progress import Progress
from retrieval.encoder.protocol import Encoder


class RulesStep(LearntStep):
    """Trains below `var/rules` on the labelled lines and the clauses' own examples."""

    name = "rules"
    title = "learnt rules"
    folder = RULES_FOLDER
    format = FORMAT
    code = ("compliance/**/*.py", "contracts/personal.py")
    data = (f"{LINES}/*.jsonl", "clauses/*.yml")

    def load(self, folder: Path) -> RuleModel:
        return RuleModel.load(folder)

    def train(self, data: Path, encoder: Encoder, progress: Progress) -> RuleModel:
        from compliance.learnt.training import train  # scikit-learn, which serving does without

        lines = read_lines(data / LINES)
        catalogue = load_catalogue(data / "clauses")
        progress.say(f"learnt rules: {len(lines)} labelled lines, {len(catalogue.clauses)} clauses")
        return train(lines, catalogue, encoder.encode, encoder.card.fingerprint)
