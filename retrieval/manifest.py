"""What says of a stored index from what it was made."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from contracts.errors import SetupNeeded
from files.atomic import write_text
from retrieval.encoder.protocol import EncoderCard
from retrieval.entries import LABELS
from retrieval.library import Library
from retrieval.vectors.store import VectorStore

FORMAT = 2
_PLATFORMS = " ".join(platform.value for platform in LABELS)
_FILE = "manifest.json"


@dataclass(frozen=True)
class Manifest:
    """What an index was made from; another library, encoder, store or format means another index.

    `store` says where the vectors are, `labels` which platform each bit of a label stands for.
    """

    format: int
    encoder: str
    encoder_fingerprint: str
    dimension: int
    library_fingerprint: str
    entries: int
    store: str
    labels: str

    @classmethod
    def of(cls, library: Library, card: EncoderCard, store: VectorStore, entries: int) -> Manifest:
        """The manifest of an index of this library, of so many entries, by this encoder in this store."""
        who = (card.name, card.fingerprint, card.dimension)
        return cls(FORMAT, *who, library.fingerprint, entries, store.name, _PLATFORMS)

    @classmethod
    def read(cls, folder: Path) -> Manifest:
        """The manifest below `folder`. Raises SetupNeeded when there is none that can be read."""
        try:
            return cls(**json.loads((folder / _FILE).read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError):
            raise SetupNeeded("there is no search index; run `huashu setup`") from None

    def write(self, folder: Path) -> None:
        """Write it below `folder`."""
        write_text(folder / _FILE, json.dumps(asdict(self), indent=2) + "\n")

    def mismatch(self, card: EncoderCard, store: VectorStore) -> str:
        """Why nothing of an index with this manifest serves this encoder and store; empty when it does."""
        if (self.format, self.labels) != (FORMAT, _PLATFORMS):
            return f"the index has format {self.format} ({self.labels}), this version reads {FORMAT} ({_PLATFORMS})"
        if self.encoder_fingerprint != card.fingerprint:
            return f"the index was built by encoder {self.encoder!r}, the configured encoder is {card.name!r}"
        if self.store != store.name:
            return f"the index has its vectors in {self.store}, the settings say {store.name}"
        return ""
