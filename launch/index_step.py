"""Step two: the search index over the reply library."""

from __future__ import annotations

from contracts.errors import ServiceDown, SetupNeeded
from desk.settings import Settings
from launch import fingerprint
from launch.encoder_step import EncoderStep
from launch.progress import Progress
from retrieval.building import INDEX_FOLDER, build_index
from retrieval.manifest import FORMAT, Manifest

_SAY_EVERY = 10_000
"""Texts between two lines of progress."""


class IndexStep:
    """Builds the index below `var/index`."""

    name = "index"
    title = "search index"

    def __init__(self, settings: Settings, encoder: EncoderStep) -> None:
        self._settings = settings
        self._encoder = encoder

    def fingerprint(self) -> str:
        data = fingerprint.of_files(self._settings.data, ["replies/*.yml", "taxonomy.yml"])
        card = self._encoder.encoder().card
        return fingerprint.of_parts(data, card.fingerprint, str(FORMAT), self._settings.store.name)

    def made(self) -> bool:
        """Whether the index is there and Milvus, where it has the vectors, has them all.

        While Milvus does not answer it is believed to: then the desk starts all the same, and searches keywords.
        """
        store, folder = self._settings.store, self._settings.var / INDEX_FOLDER
        try:
            wanted = Manifest.read(folder).entries
            return not store.milvus or len(store.to_change(folder, self._encoder.encoder().card)) == wanted
        except SetupNeeded:
            return False
        except ServiceDown:
            return True

    def run(self, progress: Progress) -> None:
        """Encode what the index that is there does not know. Raises DataError, and ServiceDown for Milvus."""
        said = 0

        def encoded(done: int, total: int) -> None:
            nonlocal said
            if done == total or done - said >= _SAY_EVERY:
                said = done
                progress.say(f"index: {done:,} of {total:,} texts encoded")

        settings = self._settings
        changes = build_index(settings.data, settings.var, self._encoder.encoder(), settings.store, encoded)
        kept = changes.kept + changes.moved
        progress.say(f"index: {kept:,} texts kept, {changes.encoded:,} encoded, {changes.removed:,} removed")
