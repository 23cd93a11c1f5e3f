"""The search index on disk: dense and keyword parts, and the manifest that says what they were made from."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from contracts.errors import SetupNeeded
from files.atomic import new_folder, write_text
from retrieval.dense import DenseIndex
from retrieval.encoder.protocol import Encoder, EncoderCard
from retrieval.entries import Entry, entries_of
from retrieval.keyword import KeywordIndex
from retrieval.library import Library

FORMAT = 1
_MANIFEST, _DENSE, _KEYWORD = "manifest.json", "vectors.faiss", "keyword"


@dataclass(frozen=True)
class Manifest:
    """What an index was made from; another library, encoder or format means another index."""

    format: int
    encoder: str
    encoder_fingerprint: str
    dimension: int
    library_fingerprint: str
    entries: int

    @classmethod
    def of(cls, library: Library, card: EncoderCard) -> Manifest:
        """The manifest of an index of this library by this encoder."""
        return cls(FORMAT, card.name, card.fingerprint, card.dimension, library.fingerprint, len(entries_of(library)))

    @classmethod
    def read(cls, folder: Path) -> Manifest:
        """The manifest below `folder`. Raises SetupNeeded when there is none that can be read."""
        try:
            return cls(**json.loads((folder / _MANIFEST).read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError):
            raise SetupNeeded("there is no search index; run `huashu setup`") from None

    def mismatch(self, other: Manifest) -> str:
        """Why an index with this manifest does not serve where `other` is wanted; empty when it does."""
        if self.format != other.format:
            return f"the index has format {self.format}, this version reads {other.format}"
        if self.encoder_fingerprint != other.encoder_fingerprint:
            return f"the index was built by encoder {self.encoder!r}, the configured encoder is {other.encoder!r}"
        if self.library_fingerprint != other.library_fingerprint:
            return "the reply library has changed since the index was built"
        return ""


class SearchIndex:
    """Both searches over the same entries; `dense` is None while only keywords can be searched."""

    def __init__(self, entries: tuple[Entry, ...], keyword: KeywordIndex, dense: DenseIndex | None) -> None:
        self.entries = entries
        self.keyword = keyword
        self.dense = dense

    @classmethod
    def build(cls, library: Library, encoder: Encoder) -> SearchIndex:
        """An index of the library, in memory."""
        entries = entries_of(library)
        texts = [entry.text for entry in entries]
        return cls(entries, KeywordIndex.from_texts(texts), DenseIndex.from_vectors(encoder.encode(texts)))

    @classmethod
    def keyword_only(cls, library: Library) -> SearchIndex:
        """A keyword index made from the library itself, for when the stored one does not serve."""
        entries = entries_of(library)
        return cls(entries, KeywordIndex.from_texts([entry.text for entry in entries]), None)

    @classmethod
    def load(cls, folder: Path, library: Library, card: EncoderCard) -> SearchIndex:
        """The index below `folder`. Raises SetupNeeded when it is missing or made from something else."""
        manifest = Manifest.read(folder)
        wrong = manifest.mismatch(Manifest.of(library, card))
        if wrong:
            raise SetupNeeded(f"{wrong}; run `huashu setup`")
        keyword = KeywordIndex.load(folder / _KEYWORD, manifest.entries)
        dense = DenseIndex.load(folder / _DENSE)
        if len(dense) != manifest.entries or dense.dimension != manifest.dimension:
            raise SetupNeeded("the index is damaged (its size is not the manifest's); run `huashu setup`")
        return cls(entries_of(library), keyword, dense)

    def save(self, folder: Path, library: Library, card: EncoderCard) -> None:
        """Write the index below `folder`, which changes in one step."""
        if self.dense is None:
            raise ValueError("a keyword-only index is not stored")
        with new_folder(folder) as building:
            self.dense.save(building / _DENSE)
            self.keyword.save(building / _KEYWORD)
            manifest = json.dumps(asdict(Manifest.of(library, card)), indent=2)
            write_text(building / _MANIFEST, manifest + "\n")
