"""The rows of the comparison, in their order."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from contracts.errors import InputError


class Runtime(str, Enum):
    """The environment whose Python runs a peer."""

    MAIN = ".venv"
    PEERS = ".venv-peers"
    RASA = ".venv-rasa"


@dataclass(frozen=True)
class Entry:
    """A row: its name on the command line, what it is, and where it runs; `with_lines`: it gets data/nlu as well."""

    name: str
    title: str
    runtime: Runtime
    asks_rasa: bool = False
    wants_model: bool = False
    with_lines: bool = False


CATALOGUE = (
    Entry("huashu", "**Huashu**", Runtime.MAIN, asks_rasa=True),
    Entry("huashu-no-rasa", "Huashu, intent model switched off", Runtime.MAIN),
    Entry("rasa-selector", "Rasa ResponseSelector", Runtime.RASA),
    Entry("txtai", "txtai hybrid, our encoder", Runtime.PEERS),
    Entry("faiss-same", "vectors in faiss, our encoder", Runtime.PEERS),
    Entry("faiss-lines", "the same, our training lines as questions too", Runtime.PEERS, with_lines=True),
    Entry("faiss-m3e", "sentence-transformers and faiss, m3e-small", Runtime.PEERS, wants_model=True),
    Entry("bm25", "BM25 over words", Runtime.PEERS),
)


def chosen(names: str) -> tuple[Entry, ...]:
    """The rows that a list `a,b` names, in the catalogue's order; all for an empty one. Raises InputError."""
    wanted = [name.strip() for name in names.split(",") if name.strip()]
    known = {entry.name for entry in CATALOGUE}
    for name in wanted:
        if name not in known:
            raise InputError(f"--peers: unknown {name!r}; known: {', '.join(entry.name for entry in CATALOGUE)}")
    return tuple(entry for entry in CATALOGUE if not wanted or entry.name in wanted)
