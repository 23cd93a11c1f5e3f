from __future__ import annotations

import pytest

pytest.importorskip("txtai", reason="an extra of `make peers`")

from evaluation.peers.protocol import Peer
from evaluation.peers.txtai_hybrid import TxtaiHybrid
from tests.doubles import LetterEncoder
from tests.evaluation.peers.conformance import PeerConformance


class TestTxtaiHybrid(PeerConformance):
    @pytest.fixture
    def peer(self) -> Peer:
        return TxtaiHybrid(LetterEncoder().encode)
