"""Step three: the learnt check of the platforms' rules."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from compliance.catalogue import load_catalogue
from compliance.learnt.check import RULES_FOLDER
from compliance.learnt.lines import LINES, read_lines
from compliance.learnt.model import FORMAT, RuleModel
from desk.settings import PROJECT, Settings
from launch import fingerprint
from launch.encoder_step import EncoderStep
from launch.progress import Progress
from learning.unreadable import UNREADABLE

_CODE = ("compliance/**/*.py", "learning/*.py", "contracts/personal.py", "contracts/text.py", "requirements/desk.lock")


class RulesStep:
    """Trains below `var/rules`, into a folder of its own that takes the place of the old one when it is whole."""

    name = "rules"
    title = "learnt rules"

    def __init__(self, settings: Settings, encoder: EncoderStep, project: Path = PROJECT) -> None:
        self._settings = settings
        self._encoder = encoder
        self._project = project
        self._folder = settings.var / RULES_FOLDER

    def fingerprint(self) -> str:
        code = fingerprint.of_files(self._project, _CODE)
        data = fingerprint.of_files(self._settings.data, [f"{LINES}/*.jsonl", "clauses/*.yml"])
        return fingerprint.of_parts(code, data, self._encoder.encoder().card.fingerprint, str(FORMAT))

    def made(self) -> bool:
        try:
            RuleModel.load(self._folder)
        except UNREADABLE:
            return False
        return True

    def run(self, progress: Progress) -> None:
        from compliance.learnt.training import train  # scikit-learn, which serving does without

        lines = read_lines(self._settings.data / LINES)
        catalogue = load_catalogue(self._settings.data / "clauses")
        encoder = self._encoder.encoder()
        progress.say(f"learnt rules: {len(lines)} labelled lines, {len(catalogue.clauses)} clauses")
        model = train(lines, catalogue, encoder.encode, encoder.card.fingerprint)
        self._settings.var.mkdir(parents=True, exist_ok=True)
        folder = Path(tempfile.mkdtemp(prefix=".rules-", dir=self._settings.var))
        try:
            model.save(folder)
            shutil.rmtree(self._folder, ignore_errors=True)
            folder.replace(self._folder)
        finally:
            shutil.rmtree(folder, ignore_errors=True)
