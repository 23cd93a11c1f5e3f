from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from contracts.errors import ServiceDown, SetupNeeded
from retrieval.vectors.milvus import MilvusIndex, collection_name
from retrieval.vectors.place import MilvusPlace
from retrieval.vectors.protocol import Hits, VectorIndex
from tests.retrieval.vectors.conformance import DIMENSION, IDS, LABELS, QUERIES, VECTORS, VectorIndexConformance

OPENED = 30.0
"""Seconds that a server of the tests may take to open."""


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Server:
    """A milvus-lite that listens on a port of its own, as a cluster does; it can be stopped and started again."""

    def __init__(self, folder: Path) -> None:
        self.port = _free_port()
        self.place = MilvusPlace(f"http://127.0.0.1:{self.port}", timeout=5)
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        command = [sys.executable, "-m", "milvus_lite", "server", "--data-dir", str(self._folder)]
        self._process = subprocess.Popen(
            [*command, "--port", str(self.port)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        deadline = time.monotonic() + OPENED
        while time.monotonic() < deadline:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.1)
        raise TimeoutError("milvus-lite does not listen")

    def stop(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    server = Server(tmp_path_factory.mktemp("milvus") / "data")
    server.start()
    yield server
    server.stop()


@pytest.fixture
def named(server: Server, request: pytest.FixtureRequest) -> Callable[[str], MilvusIndex]:
    """Indexes by the name of their library, in collections of this test alone."""
    return lambda library: MilvusIndex(
        server.place, collection_name(f"{request.node.nodeid} {library}", "e" * 64), DIMENSION
    )


class TestMilvusIndex(VectorIndexConformance):
    out_of_reach = 30  # milvus-lite compares with all until its graph is built in the background, and then follows that

    @pytest.fixture
    def empty(self, named: Callable[[str], MilvusIndex]) -> VectorIndex:
        return named("one")


def _filled(index: MilvusIndex) -> MilvusIndex:
    index.add(IDS, VECTORS, LABELS)
    index.finish()
    return index


def test_a_library_never_finds_what_is_in_another(named: Callable[[str], MilvusIndex]) -> None:
    one, other = named("shop-a"), named("shop_a")
    one.add(IDS[:10], VECTORS[:10], LABELS[:10])
    other.add(IDS[10:30], VECTORS[10:30], LABELS[10:30])
    for index, rows in ((one, IDS[:10]), (other, IDS[10:30])):
        index.finish()
        assert set(index.search(QUERIES[:1], 300)[0].ids.tolist()) == set(rows.tolist())
    one.remove(IDS[:30])
    assert len(other) == 20


@pytest.mark.parametrize(
    ("library", "fingerprint"), [("replies", "f" * 64), ("shop-a", "e" * 64), ("shop_a", "e" * 64), ("店", "e" * 64)]
)
def test_every_library_and_encoder_has_a_collection_of_its_own(library: str, fingerprint: str) -> None:
    name = collection_name(library, fingerprint)
    assert name not in (collection_name("replies", "e" * 64), collection_name("shop a", "e" * 64))
    assert name.isascii()
    assert name.replace("_", "").isalnum()


def test_stored_and_opened_it_is_the_same(named: Callable[[str], MilvusIndex], server: Server, tmp_path: Path) -> None:
    _filled(named("one")).save(tmp_path / "vectors")
    opened = MilvusIndex.open(tmp_path / "vectors", server.place)
    assert opened.search(VECTORS[:1], 1, 0)[0].ids.tolist() == [IDS[0]]


def test_a_collection_that_others_changed_needs_set_up(
    named: Callable[[str], MilvusIndex], server: Server, tmp_path: Path
) -> None:
    index = _filled(named("one"))
    index.save(tmp_path / "vectors")
    index.remove(IDS[:2])
    with pytest.raises(SetupNeeded, match=r"holds 298 vectors of this library, 300 are needed.*huashu setup"):
        MilvusIndex.open(tmp_path / "vectors", server.place).search(QUERIES, 1)


def test_a_collection_that_is_gone_needs_set_up(server: Server) -> None:
    index = MilvusIndex(server.place, "huashu_gone", DIMENSION, expected=3)
    for _ in range(2):
        with pytest.raises(SetupNeeded, match=r"no collection huashu_gone.*huashu setup"):
            index.search(QUERIES, 1)


@pytest.mark.parametrize("content", [None, "", "[]", '{"collection": "a"}'])
def test_damaged_facts_need_set_up(tmp_path: Path, server: Server, content: str | None) -> None:
    if content is not None:
        (tmp_path / "milvus.json").write_text(content)
    with pytest.raises(SetupNeeded, match="huashu setup"):
        MilvusIndex.open(tmp_path, server.place)


@pytest.mark.parametrize(
    "address", ["nowhere", "http://", "ftp://127.0.0.1:1", "/proc/none/a.db", "http://127.0.0.1:1"]
)
def test_an_address_that_is_none_is_a_service_that_is_down(address: str) -> None:
    index = MilvusIndex(MilvusPlace(address, timeout=1), "huashu_a", DIMENSION, expected=1)
    with pytest.raises(ServiceDown, match=f"Milvus at {address}: "):
        index.search(QUERIES, 1)


def _answered(index: MilvusIndex) -> Hits:
    """The nearest to the first vector, as soon as the connection is back."""
    deadline = time.monotonic() + OPENED
    while True:
        try:
            return index.search(VECTORS[:1], 1)[0]
        except ServiceDown:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)


def test_while_milvus_is_down_it_says_so_and_then_it_goes_on(tmp_path: Path) -> None:
    server = Server(tmp_path / "data")
    server.start()
    hasty, patient = (MilvusIndex(replace(server.place, pause=pause), "huashu_a", DIMENSION) for pause in (0, 600))
    _filled(hasty)
    try:
        assert len(patient.search(QUERIES, 1)) == len(QUERIES)
        server.stop()
        for index in (hasty, hasty, patient):
            with pytest.raises(ServiceDown, match="Milvus at"):
                index.search(QUERIES, 1)
        server.start()
        assert _answered(hasty).ids.tolist() == [IDS[0]]
        with pytest.raises(ServiceDown, match="Milvus at"):
            patient.search(QUERIES, 1)
    finally:
        server.stop()


def test_a_local_file_is_a_milvus_too(tmp_path: Path) -> None:
    place = MilvusPlace(str(tmp_path / "trial.db"), timeout=5)
    index = _filled(MilvusIndex(place, "huashu_a", DIMENSION))
    assert index.search(VECTORS[:1], 1, 0)[0].ids.tolist() == [IDS[0]]
    index.save(tmp_path / "vectors")
    assert MilvusIndex.open(tmp_path / "vectors", place).search(VECTORS[1:2], 1)[0].ids.tolist() == [IDS[1]]
