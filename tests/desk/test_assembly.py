from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from compliance.checker import Checker
from contracts.errors import DataError, InputError
from contracts.platform import Platform
from contracts.turn import Inquiry
from desk.assembly import Desk, assemble, check_library, open_checker
from desk.settings import EncoderSettings, Settings
from desk.understand import NoReader
from retrieval.building import INDEX_FOLDER
from retrieval.library import Library
from tests.doubles import make_reply

REPLIES = """\
replies:
  - id: invoice.type.both
    topic: invoice/type
    platforms: [tmall]
    text: 专票普票都能开，付款后在订单里申请
    questions: [能开专票吗]
    approved: {by: demo, on: 2026-11-21}
"""


@pytest.fixture
def small(data: Path, tmp_path: Path) -> Settings:
    """One reply beside the shipped rules and shops; no index."""
    folder = tmp_path / "data"
    for name in ("clauses", "shops"):
        shutil.copytree(data / name, folder / name)
    shutil.copy(data / "taxonomy.yml", folder)
    (folder / "replies").mkdir()
    (folder / "replies" / "invoice.yml").write_text(REPLIES, encoding="utf-8")
    return Settings(data=folder, var=tmp_path / "var")


def _assembled(settings: Settings) -> Desk:
    desk = assemble(settings, NoReader())
    desk.suggester.close()
    return desk


def _answer_ids(settings: Settings) -> list[str]:
    desk = assemble(settings, NoReader())
    try:
        answer = desk.suggester.suggest(Inquiry("能开专票吗", Platform.TMALL))
    finally:
        desk.suggester.close()
    return [item.candidate.reply.id for item in answer.suggestions]


def test_what_is_shipped_starts_whole(settings: Settings) -> None:
    desk = _assembled(settings)
    assert desk.suggester.parts.notes == ()
    assert desk.suggester.parts.retriever.dense_ready
    assert desk.shops.ids
    assert len(desk.library) > 0


def test_without_an_index_keywords_are_searched_and_a_note_says_so(small: Settings) -> None:
    parts = _assembled(small).suggester.parts
    assert parts.encoder is None
    assert not parts.retriever.dense_ready
    assert len(parts.notes) == 1
    assert "关键词" in parts.notes[0]
    assert "huashu setup" in parts.notes[0]
    assert _answer_ids(small) == ["invoice.type.both"]


def test_an_index_of_another_library_is_not_used(small: Settings, var: Path) -> None:
    shutil.copytree(var / INDEX_FOLDER, small.var / INDEX_FOLDER)
    parts = _assembled(small).suggester.parts
    assert "library has changed" in parts.notes[0]
    assert _answer_ids(small) == ["invoice.type.both"]


def test_a_damaged_index_is_not_used(settings: Settings, tmp_path: Path, var: Path) -> None:
    shutil.copytree(var / INDEX_FOLDER, tmp_path / INDEX_FOLDER)
    (tmp_path / INDEX_FOLDER / "vectors.faiss").write_bytes(b"")
    parts = _assembled(settings.model_copy(update={"var": tmp_path})).suggester.parts
    assert "关键词" in parts.notes[0]


@pytest.mark.parametrize("model", ["m3e-small", "no/such-model", "", "../../etc"])
def test_without_the_encoder_keywords_are_searched(small: Settings, model: str) -> None:
    settings = small.model_copy(update={"encoder": EncoderSettings(model=model, threads=1)})
    assert "关键词" in _assembled(settings).suggester.parts.notes[0]


def test_a_reply_that_breaks_a_rule_stops_the_start(small: Settings) -> None:
    file = small.data / "replies" / "invoice.yml"
    file.write_text(REPLIES.replace("专票普票都能开", "要票的话加6个点"), encoding="utf-8")
    with pytest.raises(DataError, match=r"invoice\.type\.both: breaks \S+ on tmall: "):
        assemble(small, NoReader())


@pytest.mark.parametrize(
    ("file", "content"),
    [
        ("clauses/tmall.yml", "clauses:\n  - id: tmall.x\n"),
        ("clauses/new.yml", "clauses: {}\n"),
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


def test_the_library_is_held_against_every_platform_of_a_reply(checker: Checker) -> None:
    fine, bad = make_reply("a.fine", "可以开的"), make_reply("a.bad", "不要票的话每件便宜3块")
    check_library(Library((fine,)), checker)
    with pytest.raises(DataError) as caught:
        check_library(Library((fine, bad)), checker)
    assert caught.value.field == "a.bad"


def test_the_shop_of_a_message(desk: Desk) -> None:
    assert desk.shop_of(Inquiry("在吗", Platform.JD)) is None
    shop = desk.shop_of(Inquiry("在吗", Platform.JD, shop="demo-jd"))
    assert shop is not None
    assert shop.id == "demo-jd"
    with pytest.raises(InputError, match="unknown shop"):
        desk.shop_of(Inquiry("在吗", Platform.JD, shop="nobody"))


def test_the_checker_opens_on_its_own(settings: Settings) -> None:
    assert open_checker(settings).check("要票的话加6个点", Platform.TMALL).blocked
