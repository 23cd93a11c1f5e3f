"""Step one: the encoder's files, fetched, checked and exported."""

from __future__ import annotations

from pathlib import Path

from contracts.errors import SetupNeeded
from desk.settings import PROJECT, Settings
from launch import fingerprint
from launch.progress import Progress
from retrieval.encoder.protocol import Encoder
from retrieval.encoder.store import load, prepare


class EncoderStep:
    """Prepares the configured encoder below `var/encoders`."""

    name = "encoder"

    def __init__(self, settings: Settings, project: Path = PROJECT) -> None:
        self._settings = settings
        self._project = project
        self._loaded: Encoder | None = None

    @property
    def title(self) -> str:
        return f"encoder {self._settings.encoder.model}"

    def fingerprint(self) -> str:
        model = Path(self._settings.encoder.model)
        own_files = fingerprint.of_files(model, ["**/*"]) if model.is_dir() else ""
        lock = fingerprint.of_files(self._project / "requirements", ["desk.lock"])
        return fingerprint.of_parts(str(model), own_files, lock)

    def made(self) -> bool:
        try:
            self.encoder()
        except SetupNeeded:
            return False
        return True

    def run(self, progress: Progress) -> None:
        self._loaded = None
        card = prepare(self._settings.encoder.model, self._settings.var / "encoders", progress.say)
        use = "business use allowed" if card.business_use else "NOT for business use"
        progress.say(f"encoder {card.name}: licence {card.licence} ({use}), {card.dimension} dimensions")

    def encoder(self) -> Encoder:
        """The prepared encoder, loaded once. Raises SetupNeeded."""
        if self._loaded is None:
            chosen = self._settings.encoder
            self._loaded = load(chosen.model, self._settings.var / "encoders", chosen.threads)
        return self._loaded
