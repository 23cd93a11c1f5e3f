from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from contracts.errors import DataError, SetupNeeded
from contracts.platform import Platform
from contracts.turn import Inquiry
from contracts.understanding import Understanding
from desk.assembly import Desk, assemble
from desk.reloading import LibraryWatch, reload_library
from desk.settings import EncoderSettings, Settings
from desk.suggest import Suggester
from desk.understand import NoReader
from retrieval.building import build_index
from retrieval.encoder.protocol import Encoder
from tests.desk.conftest import INVOICE
from tests.doubles import FixedReader

ASK = Inquiry("能开专票吗", Platform.TMALL)
OLD, NEW = "专票普票都能开", "专票和普票都可以开"
SOON = 30.0
"""Seconds that a thread of the tests is waited for."""


@pytest.fixture
def desk(small_data: Path, small_var: Path, tmp_path: Path) -> Iterator[Desk]:
    """A desk over a copy of the small data and its index."""
    shutil.copytree(small_data, tmp_path / "data")
    shutil.copytree(small_var, tmp_path / "var")
    settings = Settings(data=tmp_path / "data", var=tmp_path / "var", encoder=EncoderSettings(model="embedded"))
    desk = assemble(settings, NoReader())
    yield desk
    desk.suggester.close()


def _write(desk: Desk, old: str, new: str) -> None:
    file = desk.settings.data / "replies" / "invoice.yml"
    file.write_text(file.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")


def _answer(desk: Desk) -> str:
    return desk.suggester.suggest(ASK).suggestions[0].candidate.text


def test_the_next_message_has_the_new_library(desk: Desk, embedded: Encoder) -> None:
    assert OLD in _answer(desk)
    _write(desk, OLD, NEW)
    build_index(desk.settings.data, desk.settings.var, embedded)
    assert OLD in _answer(desk)
    reload_library(desk)
    assert NEW in _answer(desk)
    assert desk.library is desk.suggester.parts.retriever.library


def test_an_index_that_is_not_of_the_library_changes_nothing(desk: Desk) -> None:
    _write(desk, OLD, NEW)
    with pytest.raises(SetupNeeded, match="library has changed"):
        reload_library(desk)
    assert OLD in _answer(desk)


def test_a_reply_that_breaks_a_rule_changes_nothing(desk: Desk, embedded: Encoder) -> None:
    _write(desk, OLD, "要票的话加6个点")
    build_index(desk.settings.data, desk.settings.var, embedded)
    with pytest.raises(DataError, match=r"invoice\.type\.both"):
        reload_library(desk)
    assert OLD in _answer(desk)


def test_what_was_missing_at_the_start_is_there_after_it(desk: Desk, embedded: Encoder) -> None:
    shutil.rmtree(desk.settings.var / "index")
    bare = assemble(desk.settings, NoReader())
    try:
        notes = bare.suggester.parts.notes
        assert "关键词" in notes[0]
        build_index(desk.settings.data, desk.settings.var, embedded)
        reload_library(bare)
        assert bare.suggester.parts.retriever.dense_ready
        assert bare.suggester.parts.notes == notes[1:]
    finally:
        bare.suggester.close()


class WaitingReader(FixedReader):
    """Does not answer before it is told to."""

    def __init__(self) -> None:
        super().__init__(INVOICE)
        self.asked_once = threading.Event()
        self.may_answer = threading.Event()

    def read(self, inquiry: Inquiry) -> Understanding:
        self.asked_once.set()
        self.may_answer.wait(SOON)
        return super().read(inquiry)


def test_a_message_that_is_being_answered_ends_with_the_old_library(desk: Desk, embedded: Encoder) -> None:
    reader = WaitingReader()
    waiting = replace(desk, suggester=Suggester(replace(desk.suggester.parts, reader=reader)))
    texts: list[str] = []
    begun = threading.Thread(target=lambda: texts.append(_answer(waiting)))
    begun.start()
    assert reader.asked_once.wait(SOON)
    _write(desk, OLD, NEW)
    build_index(desk.settings.data, desk.settings.var, embedded)
    reload_library(waiting)
    reader.may_answer.set()
    begun.join(SOON)
    assert OLD in texts[0]
    assert NEW in _answer(waiting)
    waiting.suggester.close()


def test_while_it_is_swapped_every_message_has_one_library_or_the_other(desk: Desk, embedded: Encoder) -> None:
    """Each library names its texts and its questions alike: a mixture would show."""
    stop, failures = threading.Event(), []

    def ask() -> None:
        while not stop.is_set():
            ranked = desk.suggester.rank(ASK)
            library = ranked.parts.retriever.library
            if not all(library.get(item.reply.id) is item.reply for item in ranked.candidates):
                failures.append(ranked)

    threads = [threading.Thread(target=ask) for _ in range(3)]
    for thread in threads:
        thread.start()
    for number in range(4):
        _write(desk, *((OLD, NEW) if number % 2 == 0 else (NEW, OLD)))
        build_index(desk.settings.data, desk.settings.var, embedded)
        reload_library(desk)
    stop.set()
    for thread in threads:
        thread.join(SOON)
    assert failures == []


def test_a_running_desk_sees_by_itself_when_library_and_index_are_new(
    desk: Desk, embedded: Encoder, caplog: pytest.LogCaptureFixture
) -> None:
    watch = LibraryWatch(desk)
    assert not watch.step()
    assert OLD in _answer(desk)
    _write(desk, OLD, NEW)
    watch.step()
    watch.step()
    assert OLD in _answer(desk)
    assert [record.levelname for record in caplog.records if "stays as it was" in record.message] == ["WARNING"]
    build_index(desk.settings.data, desk.settings.var, embedded)
    watch.step()
    assert NEW in _answer(desk)
