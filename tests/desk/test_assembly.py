from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from alarms.ear import ALARMS_FOLDER
from alarms.training import train
from contracts.errors import DataError, InputError
from contracts.platform import Platform
from contracts.turn import Inquiry
from contracts.understanding import Understanding
from desk.assembly import WORDING_ONLY, Desk, assemble, open_checker, open_encoder
from desk.settings import EncoderSettings, Settings
from desk.suggest import Suggester
from desk.understand import NoReader
from retrieval.building import INDEX_FOLDER
from tests.alarms.corpus import lines, said


@pytest.fixture
def small(small_data: Path, tmp_path: Path) -> Settings:
    """A copy of the small data; no index."""
    shutil.copytree(small_data, tmp_path / "data")
    return Settings(data=tmp_path / "data", var=tmp_path / "var", encoder=EncoderSettings(model="embedded"))


def _assembled(settings: Settings) -> Desk:
    desk = assemble(settings, NoReader())
    desk.suggester.close()
    return desk


def _best(desk: Desk) -> str:
    """The first suggestion to a question about the kind of invoice, of a desk whose threads have ended."""
    parts = desk.suggester.parts
    suggester = Suggester(parts)
    try:
        answer = suggester.suggest(Inquiry("能开专票吗", Platform.TMALL))
    finally:
        suggester.close()
    return answer.suggestions[0].candidate.reply.id


def test_what_is_shipped_starts_whole(settings: Settings) -> None:
    desk = _assembled(settings)
    (note,) = desk.suggester.parts.notes
    assert "learnt rules" in note  # they are trained by set-up alone, which takes too long for a fixture
    assert desk.suggester.parts.retriever.dense_ready
    assert desk.shops.ids
    assert len(desk.library) > 0


def test_without_an_index_keywords_are_searched_and_a_note_says_so(small: Settings) -> None:
    desk = _assembled(small)
    parts = desk.suggester.parts
    assert parts.encoder is not None
    assert not parts.retriever.dense_ready
    assert len(parts.notes) == 2
    assert "关键词" in parts.notes[0]
    assert "huashu setup" in parts.notes[0]
    assert _best(desk) == "invoice.type.both"


def test_an_index_of_another_library_is_not_used(small: Settings, var: Path) -> None:
    shutil.copytree(var / INDEX_FOLDER, small.var / INDEX_FOLDER)
    desk = _assembled(small)
    assert "library has changed" in desk.suggester.parts.notes[0]
    assert _best(desk) == "invoice.type.both"


def test_a_damaged_index_is_not_used(small: Settings, small_var: Path) -> None:
    shutil.copytree(small_var / INDEX_FOLDER, small.var / INDEX_FOLDER)
    (small.var / INDEX_FOLDER / "vectors" / "exact.faiss").write_bytes(b"")
    parts = _assembled(small).suggester.parts
    assert "关键词" in parts.notes[0]


@pytest.mark.parametrize("model", ["m3e-small", "no/such-model", "", "../../etc"])
def test_without_the_encoder_keywords_are_searched(small: Settings, model: str) -> None:
    settings = small.model_copy(update={"encoder": EncoderSettings(model=model, threads=1)})
    assert "关键词" in _assembled(settings).suggester.parts.notes[0]


def test_a_reply_that_breaks_a_rule_stops_the_start(small: Settings) -> None:
    file = small.data / "replies" / "invoice.yml"
    file.write_text(file.read_text(encoding="utf-8").replace("专票普票都能开", "要票的话加6个点"), encoding="utf-8")
    with pytest.raises(DataError, match=r"invoice\.type\.both: breaks tmall\.invoice\.free on tmall: "):
        assemble(small, NoReader())


@pytest.mark.parametrize(
    ("file", "content"),
    [
        ("clauses/tmall.yml", "clauses:\n  - id: tmall.x\n"),
        ("clauses/new.yml", "clauses: {}\n"),
        ("clauses/lexicon.yml", "words: {}\n"),
        ("replies/invoice.yml", "replies:\n  - id: x\n"),
        ("shops/demo-jd.yml", "platform: jd\n"),
        ("taxonomy.yml", ""),
    ],
)
def test_a_faulty_file_stops_the_start_and_is_named(small: Settings, file: str, content: str) -> None:
    (small.data / file).write_text(content, encoding="utf-8")
    with pytest.raises(DataError) as caught:
        assemble(small, NoReader())
    assert caught.value.file == str(small.data / file)


@pytest.mark.parametrize("folder", ["clauses", "replies"])
def test_no_rules_or_no_replies_stop_the_start(small: Settings, folder: str) -> None:
    shutil.rmtree(small.data / folder)
    with pytest.raises(DataError, match=folder):
        assemble(small, NoReader())


def test_the_shop_of_a_message(desk: Desk) -> None:
    assert desk.shop_of(Inquiry("在吗", Platform.JD)) is None
    shop = desk.shop_of(Inquiry("在吗", Platform.JD, shop="demo-jd"))
    assert shop is not None
    assert shop.id == "demo-jd"
    with pytest.raises(InputError, match="unknown shop"):
        desk.shop_of(Inquiry("在吗", Platform.JD, shop="nobody"))


def test_the_checker_opens_on_its_own(settings: Settings) -> None:
    assert open_checker(settings).check("要票的话加6个点", Platform.TMALL).blocked


def test_without_learnt_alarms_the_wording_goes_alone_and_it_is_said(small: Settings) -> None:
    desk = _assembled(small)
    assert desk.ear is None
    assert desk.deaf.startswith(WORDING_ONLY)
    assert "huashu setup" in desk.deaf
    assert not any(note.startswith(WORDING_ONLY) for note in desk.suggester.parts.notes)
    found = desk.signals.found("转人工", Understanding((), ()))
    assert [signal.id for signal in found] == ["person"]


def test_without_an_encoder_nothing_is_heard_and_it_is_said(small: Settings) -> None:
    desk = _assembled(small.model_copy(update={"encoder": EncoderSettings(model="moka-ai/m3e-small")}))
    assert desk.ear is None
    assert "need an encoder" in desk.deaf


def test_what_was_learnt_is_heard(small: Settings) -> None:
    encoder = open_encoder(small)
    folder = small.var / ALARMS_FOLDER
    folder.mkdir(parents=True)
    train(lines(), said(), encoder.encode, encoder.card.fingerprint).save(folder)
    desk = _assembled(small)
    assert desk.deaf == ""
    found = desk.signals.found("胳膊划破流血了", Understanding((), ()))
    assert found[0].id == "injury"
