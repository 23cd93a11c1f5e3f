"""A set-up step that trains one of the learnt models on the encoder's vectors."""

from __future__ import annotations

from abc import ABC, abstractmethod
from pathlib import Path
from typing import ClassVar, Protocol

from desk.settings import PROJECT, Settings
from files.atomic import new_folder
from launch import fingerprint
from launch.encoder_step import EncoderStep
from launch.progress import Progress
from learning.stored import UNREADABLE
from retrieval.encoder.protocol import Encoder


class Model(Protocol):
    """A trained model."""

    def save(self, folder: Path) -> None:
        """Write the model below `folder`."""
        ...


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

    def __init__(self, settings: Settings, encoder: EncoderStep) -> None:
        self._settings = settings
        self._encoder = encoder
        self._folder = settings.var / self.folder

    def fingerprint(self) -> str:
        code = fingerprint.of_files(
            PROJECT, (*self.code, "learning/*.py", "contracts/text.py", "requirements/desk.lock")
        )
        data = fingerprint.of_files(self._settings.data, list(self.data))
        return fingerprint.of_parts(code, data, self._encoder.encoder().card.fingerprint, str(self.format))

    def made(self) -> bool:
        try:
            self.load(self._folder)
        except UNREADABLE:
            return False
        return True

    def run(self, progress: Progress) -> None:
        """Raises DataError for a faulty line, and for lines that are too few."""
        model = self.train(self._settings.data, self._encoder.encoder(), progress)
        with new_folder(self._folder) as folder:
            model.save(folder)

    @abstractmethod
    def load(self, folder: Path) -> object:
        """The model below `folder`. Raises one of UNREADABLE when it is not one."""

    @abstractmethod
    def train(self, data: Path, encoder: Encoder, progress: Progress) -> Model:
        """A model of the lines below `data`. Raises DataError."""
