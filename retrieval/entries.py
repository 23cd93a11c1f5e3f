"""What is indexed: a reply's text, and each question beside it."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from contracts.errors import SetupNeeded
from contracts.platform import Platform
from contracts.reply import SLOT, Reply
from retrieval.library import Library

LABELS = {platform: number for number, platform in enumerate(Platform)}
"""The bit that stands for a platform in an entry's labels."""


class Entries:
    """The indexed texts of a library, reply by reply, as arrays of shape (n,).

    ids: a number by content, of the reply's id, its platforms and the text: the same in every index, on every machine
    digests: a number of the text alone: equal texts have equal vectors
    labels: the bits of the platforms that the reply is approved for
    owners: the position of the reply in the library
    """

    def __init__(
        self,
        ids: NDArray[np.int64],
        digests: NDArray[np.int64],
        labels: NDArray[np.int64],
        owners: NDArray[np.int64],
    ) -> None:
        self.ids = ids
        self.digests = digests
        self.labels = labels
        self.owners = owners

    def __len__(self) -> int:
        return len(self.ids)

    @classmethod
    def of(cls, library: Library) -> Entries:
        """The entries of a library; a text that a reply has twice counts once."""
        ids: list[int] = []
        digests: list[int] = []
        for reply in library.replies:
            prefix = blake2b(f"{reply.id}\0{_label(reply)}\0".encode(), digest_size=8)
            for text in _texts(reply):
                encoded = text.encode("utf-8", "surrogatepass")
                whole = prefix.copy()
                whole.update(encoded)
                ids.append(_number(whole.digest()))
                digests.append(_number(blake2b(encoded, digest_size=8).digest()))
        counts = [len(_texts(reply)) for reply in library.replies]
        labels = [_label(reply) for reply in library.replies]
        return cls(
            np.array(ids, dtype=np.int64),
            np.array(digests, dtype=np.int64),
            np.repeat(np.array(labels, dtype=np.int64), counts),
            np.repeat(np.arange(len(counts), dtype=np.int64), counts),
        )

    def save(self, path: Path) -> None:
        """Write the entries to `path`, a `.npz` file."""
        np.savez(path, ids=self.ids, digests=self.digests, labels=self.labels, owners=self.owners)

    @classmethod
    def load(cls, path: Path) -> Entries:
        """The entries at `path`. Raises SetupNeeded when they cannot be read."""
        try:
            with path.open("rb") as file, np.load(file, allow_pickle=False) as stored:
                return cls(*(stored[name].astype(np.int64) for name in ("ids", "digests", "labels", "owners")))
        except (OSError, ValueError, KeyError, EOFError, BadZipFile):
            raise SetupNeeded(f"{path.name} cannot be read; run `huashu setup`") from None


def texts_of(library: Library) -> Iterator[str]:
    """The text of each entry, in their order: first the reply's own (slots left out), then its questions."""
    for reply in library.replies:
        yield from _texts(reply)


def _texts(reply: Reply) -> tuple[str, ...]:
    return tuple(dict.fromkeys((SLOT.sub("", reply.text), *reply.questions)))


def _label(reply: Reply) -> int:
    return sum(1 << LABELS[platform] for platform in reply.platforms)


def _number(digest: bytes) -> int:
    """The first 63 of 64 bits: a signed number that is never negative."""
    return int.from_bytes(digest, "big") >> 1
