"""The learnt check of the platforms' rules, with an encoder of its own; it needs no other step."""

from __future__ import annotations

from pathlib import Path

from compliance.catalogue import load_catalogue
from compliance.learnt.check import ENCODER_FOLDER, RULES_FOLDER
from compliance.learnt.lines import LINES, read_lines
from compliance.learnt.model import FORMAT, RuleModel
from contracts.errors import DataError
from launch.learnt_step import LearntStep
from launch.progress import Progress
from retrieval.encoder import embedded


class RulesStep(LearntStep):
    """Trains below `var/rules` on the labelled lines and the clauses' own examples."""

    name = "rules"
    title = "learnt rules"
    folder = RULES_FOLDER
    format = FORMAT
    code = ("compliance/**/*.py", "contracts/personal.py", "retrieval/encoder/*.py", "requirements/torch.txt")
    data = (f"{LINES}/*.jsonl", "clauses/*.yml")

    def encoder_fingerprint(self) -> str:
        return embedded.CARD.fingerprint

    def load(self, folder: Path) -> object:
        from retrieval.encoder.compact import CompactEncoder  # onnxruntime

        return RuleModel.load(folder), CompactEncoder.load(folder / ENCODER_FOLDER, threads=1)

    def learn(self, data: Path, folder: Path, progress: Progress) -> None:
        from compliance.learnt.training import train  # scikit-learn and torch, which serving does without
        from retrieval.encoder.compacting import compact
        from retrieval.encoder.trainable import TrainableEncoder

        lines = read_lines(data / LINES)
        catalogue = load_catalogue(data / "clauses")
        progress.say(f"learnt rules: {len(lines)} labelled lines, {len(catalogue.clauses)} clauses")
        encoder = TrainableEncoder.from_wheel()
        try:
            model = train(lines, catalogue, encoder, lambda round_: progress.say(f"learnt rules: {round_}"))
        except ValueError as error:
            raise DataError(str(error), file=str(data / LINES)) from None
        model.save(folder)
        (folder / ENCODER_FOLDER).mkdir()
        compact(encoder.network, encoder.tokenise, folder / ENCODER_FOLDER)
