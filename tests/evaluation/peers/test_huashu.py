from __future__ import annotations

from pathlib import Path

import pytest

from contracts.errors import InputError
from contracts.platform import Platform
from contracts.turn import Inquiry
from desk.settings import EncoderSettings, Settings
from desk.understand import NoReader
from evaluation.peers.huashu import Huashu
from evaluation.peers.protocol import Ask, Canned
from retrieval.building import open_library


def _canned(data: Path) -> list[Canned]:
    return [Canned(reply.id, reply.topic, frozenset(), reply.text, ()) for reply in open_library(data).replies]


@pytest.fixture
def settings(small_data: Path, small_var: Path) -> Settings:
    return Settings(data=small_data, var=small_var, encoder=EncoderSettings(model="embedded"))


def test_it_gives_what_the_desk_suggests(settings: Settings) -> None:
    inquiry = Inquiry("能开发票吗", Platform.TMALL)
    peer = Huashu(settings, NoReader(), {"d1#0": inquiry})
    peer.index(_canned(settings.data))
    hits = peer.suggest(Ask("d1#0", "不相干", "tmall"), 2)
    assert hits
    assert hits[0].reply_id.startswith("invoice")
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert peer.suggest(Ask("", "能开发票吗", "tmall"), 2) == hits


def test_another_library_is_refused(settings: Settings) -> None:
    peer = Huashu(settings, NoReader(), {})
    with pytest.raises(InputError, match="library has changed"):
        peer.index(_canned(settings.data)[1:])


def test_without_an_encoder_nothing_is_measured(small_data: Path, small_var: Path) -> None:
    peer = Huashu(Settings(data=small_data, var=small_var, encoder=EncoderSettings(model="m3e-small")), NoReader(), {})
    with pytest.raises(InputError, match="no encoder"):
        peer.index(_canned(small_data))
