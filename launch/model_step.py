"""Step three: the Rasa model, trained in the Rasa runtime."""

from __future__ import annotations

import re
import shutil
import tempfile
import time
from pathlib import Path

from contracts.errors import InputError
from desk.settings import PROJECT, Settings
from launch import fingerprint
from launch.commands import CommandFailed, Commands
from launch.encoder_step import EncoderStep
from launch.progress import Progress
from launch.services import MODEL, rasa_environment, rasa_python

_CODE = ("bot/**/*.py", "contracts/*.py", "retrieval/encoder/*.py")
_INPUTS = ("config.yml", "domain.yml", *_CODE, "requirements/rasa.lock")
_DATA = ("nlu", "dialogue")
_NOTE_EVERY = 15.0
_PERCENT = re.compile(r"(\d+)%\|")
_STAMP = re.compile(r"^[\d:. -]+ [A-Z]+ +[\w.]+ +- ")


class ModelStep:
    """Trains into a folder of its own and moves the finished model to `var/models`."""

    name = "model"
    title = "Rasa model"

    def __init__(self, settings: Settings, encoder: EncoderStep, project: Path = PROJECT) -> None:
        self._settings = settings
        self._encoder = encoder
        self._project = project
        self._model = settings.var / MODEL

    def fingerprint(self) -> str:
        code = fingerprint.of_files(self._project, _INPUTS)
        data = fingerprint.of_files(self._settings.data, [f"{folder}/**/*.yml" for folder in _DATA])
        return fingerprint.of_parts(code, data, self._encoder.encoder().card.fingerprint)

    def made(self) -> bool:
        return self._model.is_file()

    def run(self, progress: Progress) -> None:
        models = self._model.parent
        models.mkdir(parents=True, exist_ok=True)
        for leftover in models.glob(".training-*"):
            shutil.rmtree(leftover)
        folder = Path(tempfile.mkdtemp(prefix=".training-", dir=models))
        try:
            self._train(folder, progress)
            (folder / self._model.name).replace(self._model)
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def _train(self, folder: Path, progress: Progress) -> None:
        log = self._settings.var / "log" / "rasa-train.log"
        log.unlink(missing_ok=True)
        data = [str((self._settings.data / name).resolve()) for name in _DATA]
        # Rasa remembers trained components by configuration and lines, whatever became of our code and of the encoder
        command = [str(rasa_python(self._project)), "-m", "rasa", "train", "--force", "--skip-validation", "--config"]
        command += ["config.yml", "--domain", "domain.yml", "--data", *data]
        command += ["--out", str(folder.resolve()), "--fixed-model-name", self._model.name.removesuffix(".tar.gz")]
        note = _Note(progress)
        try:
            Commands(self._project).run("training", command, log, env=rasa_environment(self._settings), on_line=note)
        except CommandFailed as failure:
            raise InputError(f"the Rasa model could not be trained. {failure}") from None
        if not (folder / self._model.name).is_file():
            raise InputError(f"rasa train left no model; see {log}")


class _Note:
    """Says now and then that training goes on."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._next = time.monotonic() + _NOTE_EVERY

    def __call__(self, line: str) -> None:
        if time.monotonic() < self._next:
            return
        self._next = time.monotonic() + _NOTE_EVERY
        percents = _PERCENT.findall(line)
        note = f"{percents[-1]} % of the epochs" if percents else _STAMP.sub("", line)[:100]
        self._progress.say(f"Rasa model: {note}")
