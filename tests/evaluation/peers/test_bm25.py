from __future__ import annotations

import pytest

pytest.importorskip("bm25s", reason="an extra of `make peers`")

from evaluation.peers.bm25 import Bm25
from evaluation.peers.protocol import Ask, Peer
from tests.evaluation.peers.conformance import PeerConformance


class TestBm25(PeerConformance):
    @pytest.fixture
    def peer(self) -> Peer:
        return Bm25()

    def test_without_a_common_word_it_has_nothing_to_say(self, indexed: Peer) -> None:
        assert not indexed.suggest(Ask("1", "xyz", "jd"), 3)
