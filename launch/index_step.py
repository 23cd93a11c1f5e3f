"""Step two: the search index over the reply library."""

from __future__ import annotations

from contracts.errors import SetupNeeded
from desk.settings import Settings
from launch import fingerprint
from launch.encoder_step import EncoderStep
from launch.progress import Progress
from retrieval.building import INDEX_FOLDER, build_index
from retrieval.manifest import FORMAT, Manifest


class IndexStep:
    """Builds the index below `var/index`."""

    name = "index"
    title = "search index"

    def __init__(self, settings: Settings, encoder: EncoderStep) -> None:
        self._settings = settings
        self._encoder = encoder

    def fingerprint(self) -> str:
        data = fingerprint.of_files(self._settings.data, ["replies/*.yml", "taxonomy.yml"])
        return fingerprint.of_parts(data, self._encoder.encoder().card.fingerprint, str(FORMAT))

    def made(self) -> bool:
        try:
            Manifest.read(self._settings.var / INDEX_FOLDER)
        except SetupNeeded:
            return False
        return True

    def run(self, _progress: Progress) -> None:
        build_index(self._settings.data, self._settings.var, self._encoder.encoder())
