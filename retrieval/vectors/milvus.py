"""Vectors in Milvus: a cluster by its address, or for trials a local file that milvus-lite serves inside this process.

One collection for each library and encoder. What a machine has stored itself is only the collection's name and size:
several machines can serve one collection, and each notices when it does not hold what its own library needs.
"""

from __future__ import annotations

import hashlib
import json
import logging
import re
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from threading import Lock
from typing import Any, TypeVar

import grpc
import numpy as np
from numpy.typing import NDArray
from pymilvus import DataType, MilvusClient, MilvusException

from contracts.errors import ServiceDown, SetupNeeded
from retrieval.vectors.place import MilvusPlace
from retrieval.vectors.protocol import MOST_LABELS, Hits, check_added, check_queries

_PATIENCE = 120.0
"""Seconds that one step of a set-up may take: a message waits far less."""
_BATCH = 1000
"""Vectors that travel at a time: 2 MB of 512 numbers each."""
_FACTS = "milvus.json"
Result = TypeVar("Result")


def collection_name(library: str, fingerprint: str) -> str:
    """The collection of a library's vectors by one encoder. Two libraries never share one."""
    readable = re.sub(r"[^A-Za-z0-9]+", "_", library)[:32]
    return f"huashu_{readable}_{hashlib.sha256(library.encode()).hexdigest()[:12]}_{fingerprint[:16]}"


class MilvusIndex:
    """A VectorIndex that connects when it is first used.

    Whatever asks Milvus raises ServiceDown when it does not answer, and SetupNeeded when the collection is not there or
    does not hold `expected` vectors.
    """

    def __init__(self, place: MilvusPlace, collection: str, dimension: int, expected: int | None = None) -> None:
        """`expected` is None while the collection is being changed: it may hold anything, or not be there yet."""
        self.dimension = dimension
        self._place = place
        self._collection = collection
        self._expected = expected
        self._client: MilvusClient | None = None
        self._lock = Lock()
        self._failure: ServiceDown | None = None
        self._resume_at = 0.0

    def __len__(self) -> int:
        return self._asked(lambda client: self._count(client, _PATIENCE))

    def ids(self) -> NDArray[np.int64]:
        """Every id, ascending."""
        found = [row["id"] for batch in self._asked(lambda client: list(self._all(client))) for row in batch]
        return np.sort(np.array(found, dtype=np.int64))

    def add(self, ids: NDArray[np.int64], vectors: NDArray[np.float32], labels: NDArray[np.int64]) -> None:
        """Keep vectors under ids, some thousand at a time; what travelled before a failure stays there."""
        check_added(ids, vectors, labels, self.dimension)
        if there := self._rows(ids, ["id"]):
            raise ValueError(f"there is a vector under {there[0]['id']} already")
        for part in _parts(len(ids)):
            rows = [_row(*row) for row in zip(ids[part].tolist(), vectors[part], labels[part].tolist(), strict=True)]
            self._asked(partial(MilvusClient.insert, collection_name=self._collection, data=rows, timeout=_PATIENCE))

    def remove(self, ids: NDArray[np.int64]) -> None:
        """Forget vectors."""
        for part in _parts(len(ids)):
            gone = ids[part].tolist()
            self._asked(partial(MilvusClient.delete, collection_name=self._collection, ids=gone, timeout=_PATIENCE))

    def finish(self) -> None:
        """Have Milvus write what it was given and load it for searching; from now on that many are expected."""
        self._asked(lambda client: client.flush(self._collection, timeout=_PATIENCE))
        self._asked(lambda client: client.load_collection(self._collection, timeout=_PATIENCE))
        self._expected = len(self)

    def search(self, vectors: NDArray[np.float32], k: int, label: int | None = None) -> list[Hits]:
        """The `k` nearest to each of `vectors`."""
        check_queries(vectors, self.dimension)
        if not len(vectors):
            return []
        question = partial(
            MilvusClient.search,
            collection_name=self._collection,
            data=list(vectors.astype(np.float32)),
            limit=k,
            filter="" if label is None else f"{_field(label)} == true",
            output_fields=["id"],
            timeout=self._place.timeout,
        )
        found = self._asked(question, self._place.timeout)
        return [_hits(list(hits)) for hits in found]

    def vectors(self, ids: NDArray[np.int64]) -> NDArray[np.float32]:
        """The vectors under these ids."""
        found = {row["id"]: row["vector"] for row in self._rows(ids, ["id", "vector"])}
        if missing := set(ids.tolist()) - found.keys():
            raise ValueError(f"there is no vector under {min(missing)}")
        stored = [found[number] for number in ids.tolist()]
        return np.array(stored, dtype=np.float32).reshape(len(ids), self.dimension)

    def save(self, folder: Path) -> None:
        """Write the collection's name and size into `folder`, which is made; the vectors stay in Milvus."""
        folder.mkdir()
        facts = {"collection": self._collection, "dimension": self.dimension, "vectors": len(self)}
        (folder / _FACTS).write_text(json.dumps(facts) + "\n", encoding="utf-8")

    @classmethod
    def open(cls, folder: Path, place: MilvusPlace) -> MilvusIndex:
        """The index that `folder` names. Milvus is not asked yet. Raises SetupNeeded when the folder cannot be read."""
        try:
            facts = json.loads((folder / _FACTS).read_text(encoding="utf-8"))
            return cls(place, str(facts["collection"]), int(facts["dimension"]), int(facts["vectors"]))
        except (OSError, ValueError, KeyError, TypeError):
            raise SetupNeeded(f"{_FACTS} cannot be read; run `huashu setup`") from None

    def _asked(self, question: Callable[[MilvusClient], Result], patience: float = _PATIENCE) -> Result:
        """What Milvus answers. Raises ServiceDown, at once for a while after it did not answer."""
        try:
            return question(self._connected(patience))
        except (MilvusException, grpc.RpcError, OSError) as error:
            raise self._failed(ServiceDown(f"Milvus at {self._place.address}: {_reason(error)}")) from None

    def _failed(self, failure: ServiceDown) -> ServiceDown:
        self._client, self._failure, self._resume_at = None, failure, time.monotonic() + self._place.pause
        return failure

    def _connected(self, patience: float) -> MilvusClient:
        """The client, connected and with the collection loaded. Raises what pymilvus raises, and ServiceDown."""
        with self._lock:
            if self._client is None:
                if self._failure is not None and time.monotonic() < self._resume_at:
                    raise type(self._failure)(str(self._failure))
                self._client = self._connect(patience)
            return self._client

    def _connect(self, patience: float) -> MilvusClient:
        logging.getLogger("pymilvus").setLevel(logging.CRITICAL)  # it prints stack traces of what is told here in words
        if self._place.local and self._expected is None:
            Path(self._place.address).parent.mkdir(parents=True, exist_ok=True)
        client = MilvusClient(self._place.address, token=self._place.token, timeout=patience)
        if not client.has_collection(self._collection, timeout=patience):
            if self._expected is not None:
                raise self._failed(SetupNeeded(f"Milvus has no collection {self._collection}; run `huashu setup`"))
            self._create(client)
        client.load_collection(self._collection, timeout=patience)
        if self._expected is not None and (count := self._count(client, patience)) != self._expected:
            wrong = f"Milvus holds {count} vectors of this library, {self._expected} are needed; run `huashu setup`"
            raise self._failed(SetupNeeded(wrong))
        return client

    def _create(self, client: MilvusClient) -> None:
        schema = MilvusClient.create_schema(auto_id=False)
        schema.add_field("id", DataType.INT64, is_primary=True)
        schema.add_field("vector", DataType.FLOAT_VECTOR, dim=self.dimension)
        for label in range(MOST_LABELS):
            schema.add_field(_field(label), DataType.BOOL)
        index = MilvusClient.prepare_index_params()
        index.add_index("vector", index_type="FLAT" if self._place.local else "AUTOINDEX", metric_type="COSINE")
        client.create_collection(
            self._collection, schema=schema, index_params=index, consistency_level="Strong", timeout=_PATIENCE
        )

    def _count(self, client: MilvusClient, patience: float) -> int:
        rows = client.query(self._collection, filter="", output_fields=["count(*)"], timeout=patience)
        return int(rows[0]["count(*)"])

    def _all(self, client: MilvusClient) -> Iterator[list[dict[str, Any]]]:
        batches = client.query_iterator(self._collection, batch_size=10_000, output_fields=["id"], timeout=_PATIENCE)
        while batch := batches.next():
            yield batch
        batches.close()

    def _rows(self, ids: NDArray[np.int64], fields: list[str]) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = []
        for part in _parts(len(ids)):
            wanted = {"ids": ids[part].tolist(), "output_fields": fields, "timeout": _PATIENCE}
            found += self._asked(partial(MilvusClient.query, collection_name=self._collection, **wanted))
        return found


def _field(label: int) -> str:
    return f"label_{label}"


def _row(number: int, vector: NDArray[np.float32], labels: int) -> dict[str, Any]:
    return {"id": number, "vector": vector} | {_field(bit): bool(labels >> bit & 1) for bit in range(MOST_LABELS)}


def _hits(found: list[dict[str, Any]]) -> Hits:
    ids = np.array([hit["id"] for hit in found], dtype=np.int64)
    return Hits(ids, np.array([hit["distance"] for hit in found], dtype=np.float32))


def _parts(size: int) -> Iterator[slice]:
    return (slice(start, start + _BATCH) for start in range(0, size, _BATCH))


def _reason(error: Exception) -> str:
    """The error's first line, short."""
    message = error.message if isinstance(error, MilvusException) else str(error)
    return message.partition("\n")[0][:200] or type(error).__name__
