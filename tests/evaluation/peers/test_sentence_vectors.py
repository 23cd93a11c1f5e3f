from __future__ import annotations

import pytest

from evaluation.peers.protocol import Peer
from evaluation.peers.sentence_vectors import SentenceVectors
from tests.doubles import LetterEncoder
from tests.evaluation.peers.conformance import PeerConformance


class TestSentenceVectors(PeerConformance):
    @pytest.fixture
    def peer(self) -> Peer:
        return SentenceVectors(LetterEncoder().encode)
