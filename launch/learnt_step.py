"""A set-up step that trains one of the learnt models."""

from __future__ import annotations

from abc import ABC, abstractmethod
from pathlib import Path
from typing import ClassVar

from contracts.errors import SetupNeeded
from desk.settings import PROJECT, Settings
from files.atomic import new_folder
from launch import fingerprint
from launch.progress import Progress
from learning.stored import UNREADABLE


class LearntStep(ABC):
    """Trains into a folder of its own that takes the place of the old one when it is whole."""

    name: ClassVar[str]
    title: ClassVar[str]
    folder: ClassVar[str]
    """Where the model lies, below `var`."""
    format: ClassVar[int]
    code: ClassVar[tuple[str, ...]]
    """Files of the project, besides the shared ones, that decide what is learnt."""
    data: ClassVar[tuple[str, ...]]
    """Files of `data/` that it is learnt from."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._folder = settings.var / self.folder

    def fingerprint(self) -> str:
        code = fingerprint.of_files(
            PROJECT, (*self.code, "learning/*.py", "contracts/text.py", "requirements/desk.lock")
        )
        data = fingerprint.of_files(self._settings.data, list(self.data))
        return fingerprint.of_parts(code, data, self.encoder_fingerprint(), str(self.format))

    def made(self) -> bool:
        try:
            self.load(self._folder)
        except (*UNREADABLE, SetupNeeded):
            return False
        return True

    def run(self, progress: Progress) -> None:
        """Raises DataError for a faulty line, and for lines that are too few."""
        with new_folder(self._folder) as folder:
            self.learn(self._settings.data, folder, progress)

    @abstractmethod
    def encoder_fingerprint(self) -> str:
        """Of the encoder that it learns upon."""

    @abstractmethod
    def load(self, folder: Path) -> object:
        """The model below `folder`. Raises SetupNeeded or one of UNREADABLE when it is not one."""

    @abstractmethod
    def learn(self, data: Path, folder: Path, progress: Progress) -> None:
        """Writes a model of the lines below `data` into `folder`. Raises DataError."""
