from __future__ import annotations

from datetime import date

import pytest

from contracts.turn import Speaker
from desk.misses.misses import Misses, MissPage
from desk.period import Period
from desk.refusals import Refusals
from desk.storage.conversations import get_conversation
from desk.storage.missed import MissReason
from desk.storage.suggestions import add_suggested, latest_suggested
from desk.suggest import Suggester
from retrieval.encoder.protocol import Encoder
from tests.desk.talk import LAMPS, SHOES, SmallDesk

PERIOD = Period(date(2026, 11, 20), date(2026, 11, 20), "Asia/Shanghai")


@pytest.fixture
def misses(small_desk: SmallDesk, shipped: Suggester, embedded: Encoder) -> Misses:
    return Misses(small_desk.database, shipped, lambda: embedded)


def _nothing_found(desk: SmallDesk, text: str, buyer: str, intent: str = "product") -> None:
    """A line for which nothing was offered."""
    asked = desk.ask(text, buyer)
    answer = {"suggestions": [], "understanding": {"intents": [{"name": intent, "confidence": 0.9}]}}
    with desk.database.transaction() as connection:
        add_suggested(connection, asked.message, asked.conversation, answer, desk.clock.now)
    desk.clock.forward(minutes=1)


def _offered(desk: SmallDesk, buyer: str) -> tuple[str, str, list[str]]:
    """A line with suggestions: the conversation, their id, and their texts."""
    talk = desk.ask("能开专票吗", buyer).conversation
    while desk.assistant.step():
        pass
    with desk.database.transaction() as connection:
        found = latest_suggested(connection, talk)
    assert found is not None
    return talk, found.id, [item["text"] for item in found.answer["suggestions"]]


def _reasons(page: MissPage) -> list[MissReason]:
    return [reason for found in page.groups for reason in found.reasons]


def test_lines_for_which_nothing_was_found_are_grouped_newest_first(small_desk: SmallDesk, misses: Misses) -> None:
    _nothing_found(small_desk, "灯罩可以水洗吗", "zhang")
    _nothing_found(small_desk, "你们招代理吗", "wang")
    _nothing_found(small_desk, "灯罩能不能水洗", "zhao")
    page = misses.read(LAMPS, PERIOD)
    assert [(found.count, found.buyers) for found in page.groups] == [(2, 2), (1, 1)]
    assert set(page.groups[0].examples) == {"灯罩可以水洗吗", "灯罩能不能水洗"}
    assert len(page.groups[0].lines) == 2
    assert page.groups[0].first_at < page.groups[1].last_at < page.groups[0].last_at
    assert page.groups[0].nearest is not None
    assert _reasons(page) == [MissReason.NONE, MissReason.NONE]
    assert misses.read(SHOES, PERIOD).groups == ()


def test_small_talk_without_a_suggestion_is_no_miss(small_desk: SmallDesk, misses: Misses) -> None:
    _nothing_found(small_desk, "好的谢谢", "zhang", "thanks")
    assert misses.read(LAMPS, PERIOD).total == 0


def test_a_suggestion_that_was_sent_is_no_miss_even_after_a_change(small_desk: SmallDesk, misses: Misses) -> None:
    for buyer, more in (("zhang", ""), ("wang", "～")):
        talk, name, texts = _offered(small_desk, buyer)
        small_desk.sender.send(small_desk.draft(talk, texts[0] + more, buyer, suggestion=name, rank=1))
    _offered(small_desk, "zhao")
    assert misses.read(LAMPS, PERIOD).total == 0


def test_all_suggestions_refused_is_a_miss_and_one_of_them_is_not(small_desk: SmallDesk, misses: Misses) -> None:
    talk, name, texts = _offered(small_desk, "zhang")
    refusals = Refusals(small_desk.database, small_desk.clock)
    with small_desk.database.transaction() as connection:
        conversation = get_conversation(connection, talk)
    assert conversation is not None
    assert len(texts) > 1
    for rank in range(1, len(texts)):
        refusals.refuse(conversation, name, rank, "li", "")
        refusals.refuse(conversation, name, rank, "wang", "")
    assert misses.read(LAMPS, PERIOD).total == 0
    refusals.refuse(conversation, name, len(texts), "li", "")
    assert _reasons(misses.read(LAMPS, PERIOD)) == [MissReason.REJECTED]


def test_an_answer_of_the_agents_own_is_a_miss(small_desk: SmallDesk, misses: Misses) -> None:
    talk, _, _ = _offered(small_desk, "zhang")
    small_desk.sender.send(small_desk.draft(talk, "专票这边可以开的，您放心"))
    assert _reasons(misses.read(LAMPS, PERIOD)) == [MissReason.OTHERWISE]


def test_a_line_that_another_one_followed_is_not_blamed_for_the_answer(small_desk: SmallDesk, misses: Misses) -> None:
    _offered(small_desk, "zhang")
    small_desk.clock.forward(seconds=5)
    talk, name, texts = _offered(small_desk, "zhang")
    small_desk.sender.send(small_desk.draft(talk, texts[0], suggestion=name, rank=1))
    small_desk.sender.send(small_desk.draft(talk, "专票这边可以开的，您放心", "k2"))
    assert misses.read(LAMPS, PERIOD).total == 0


def test_personal_data_is_masked(small_desk: SmallDesk, misses: Misses) -> None:
    _nothing_found(small_desk, "我手机13812345678能加你们群吗", "zhang")
    (found,) = misses.read(LAMPS, PERIOD).groups
    assert found.examples == ("我手机[电话x]能加你们群吗",)


def test_pages_follow_each_other(small_desk: SmallDesk, misses: Misses) -> None:
    for buyer, text in (("zhang", "灯罩可以水洗吗"), ("wang", "你们招代理吗"), ("zhao", "有线下门店吗在哪里")):
        _nothing_found(small_desk, text, buyer)
    first, second = misses.read(LAMPS, PERIOD, 0, 2), misses.read(LAMPS, PERIOD, 2, 2)
    assert (len(first.groups), len(second.groups), first.total, second.lines) == (2, 1, 3, 3)


def test_a_line_that_was_answered_automatically_is_no_miss(small_desk: SmallDesk, misses: Misses) -> None:
    talk, _, _ = _offered(small_desk, "zhang")
    small_desk.sender.send(small_desk.draft(talk, "在的，您稍等", speaker=Speaker.ROBOT))
    assert misses.read(LAMPS, PERIOD).total == 0
