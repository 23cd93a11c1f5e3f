"""What reads topics off the tokens of a message and the lines before it: the graph of `attention.py`, by ONNX Runtime.

Folder: `reader.onnx` (the adapted network and the attention above it) and `reader.json` (the topics, and the encoder
they were taught with), beside the table of token vectors.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from onnxruntime import InferenceSession

from contracts.errors import SetupNeeded
from retrieval.encoder.embedded import Tokenise, numbers
from retrieval.encoder.layout import Table
from retrieval.encoder.protocol import encodable
from retrieval.encoder.sessions import open_session
from retrieval.encoder.talk import Talk, lay_out_talk

GRAPH_FILE, FACTS_FILE = "reader.onnx", "reader.json"
OUTPUT = "log_probabilities"
_AT_ONCE = 64
"""Messages in one run of the graph."""

Floats = NDArray[np.float32]


class TopicReader:
    """Log probabilities of topics for messages with the lines before them."""

    def __init__(
        self, table: Table, tokenise: Tokenise, session: InferenceSession, topics: Sequence[str], encoder: str
    ) -> None:
        """`topics` are the columns of the graph, `encoder` the fingerprint of the encoder that learnt with it."""
        self._table = table
        self._tokenise = tokenise
        self._session = session
        self._known = tuple(topics)
        self._columns = list(range(len(topics)))
        self.encoder = encoder

    @classmethod
    def load(cls, folder: Path, threads: int) -> TopicReader:
        """The reader in `folder`, `threads` threads within an operation. Raises SetupNeeded when it cannot be read."""
        try:
            facts = json.loads((folder / FACTS_FILE).read_text(encoding="utf-8"))
            topics, encoder = [str(topic) for topic in facts["topics"]], str(facts["encoder"])
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise SetupNeeded(f"no topic reader can be read in {folder} ({error}); run `huashu setup`") from None
        session = open_session(folder / GRAPH_FILE, threads)
        return cls(Table.load(folder), numbers(), session, topics, encoder)

    @property
    def topics(self) -> tuple[str, ...]:
        """The topics, in the order of the columns."""
        return tuple(self._known[column] for column in self._columns)

    def of(self, topics: Sequence[str]) -> TopicReader:
        """The reader for these topics alone, in their order. Raises ValueError for one that it does not know."""
        reader = TopicReader(self._table, self._tokenise, self._session, self._known, self.encoder)
        reader._columns = [self._known.index(topic) for topic in topics]
        return reader

    def log_probabilities(self, texts: Sequence[str], agents: Sequence[str], buyers: Sequence[str]) -> Floats:
        """Log probabilities (n, topics) of n messages, the agent's and the buyer's lines before them ("" for none)."""
        rows = list(zip(texts, agents, buyers, strict=True))
        parts = [self._read(rows[start : start + _AT_ONCE]) for start in range(0, len(rows), _AT_ONCE)]
        scores = np.concatenate([np.empty((0, len(self._columns)), dtype=np.float32), *parts])
        result: Floats = scores - np.log(np.exp(scores).sum(axis=1, keepdims=True))
        return result

    def _read(self, rows: Sequence[tuple[str, str, str]]) -> Floats:
        talk = lay_out_talk(
            [(self._tokens(text), self._tokens(agent), self._tokens(buyer)) for text, agent, buyer in rows], self._table
        )
        read: Floats = self._session.run([OUTPUT], inputs_of(talk))[0]
        return read[:, self._columns]

    def _tokens(self, text: str) -> NDArray[np.int64]:
        return np.array(self._tokenise(encodable(text)) if text else [], dtype=np.int64)


def inputs_of(talk: Talk) -> dict[str, NDArray[np.generic]]:
    """What the graph is given, by the names of its inputs."""
    return {
        "tokens": talk.layout.tokens,
        "windows": talk.layout.windows,
        "places": talk.places,
        "speakers": talk.speakers,
        "fore": talk.fore,
        "back": talk.back,
        "inside": talk.inside,
    }
