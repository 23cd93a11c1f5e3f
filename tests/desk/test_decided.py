from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from contracts.turn import Speaker
from desk.decided import Made, decided
from desk.refusals import Refusals
from desk.storage.conversations import get_conversation
from desk.storage.database import Database
from desk.storage.decisions import DecisionKind
from desk.storage.suggestions import latest_suggested
from tests.desk.small_parts import small_suggester
from tests.desk.talk import SmallDesk

TAKEN = "可以开的，付款后在订单里申请就好"


@pytest.fixture
def talking(tmp_path: Path) -> Iterator[SmallDesk]:
    """A desk over the small library."""
    database = Database.open(f"sqlite:///{tmp_path / 'desk.db'}")
    suggester = small_suggester()
    yield SmallDesk(database, suggester, suggester.parts.checker)
    suggester.close()
    database.close()


def offered(desk: SmallDesk, text: str = "能开发票吗", buyer: str = "zhang") -> tuple[str, str]:
    """A buyer asks and the desk suggests: the conversation and the suggestions' id."""
    asked = desk.ask(text, buyer)
    while desk.assistant.step():
        pass
    with desk.database.transaction() as connection:
        found = latest_suggested(connection, asked.conversation)
    assert found is not None
    desk.clock.forward(seconds=5)
    return asked.conversation, found.id


def all_of(desk: SmallDesk) -> list[Made]:
    return list(decided(desk.database, "lamps"))


def test_a_suggestion_that_is_sent_is_accepted_at_its_rank(talking: SmallDesk) -> None:
    talk, name = offered(talking)
    talking.sender.send(talking.draft(talk, TAKEN, suggestion=name, rank=1))
    (made,) = all_of(talking)
    assert (made.id, made.shop, made.conversation, made.kind) == (name, "lamps", talk, DecisionKind.APPROVED)
    assert made.accepted is not None
    assert (made.rank, made.accepted.topic, made.accepted.text, made.sent) == (1, "invoice/issue", TAKEN, TAKEN)
    assert [line.text for line in made.lines] == ["能开发票吗"]


def test_a_changed_suggestion_keeps_both_texts(talking: SmallDesk) -> None:
    talk, name = offered(talking)
    talking.sender.send(talking.draft(talk, f"{TAKEN}哦", suggestion=name, rank=1))
    (made,) = all_of(talking)
    assert made.kind is DecisionKind.EDITED
    assert made.accepted is not None
    assert (made.accepted.text, made.sent) == (TAKEN, f"{TAKEN}哦")


@pytest.mark.parametrize(
    ("reply_id", "kind"), [("shipping.dispatch.any", DecisionKind.SEARCHED), ("", DecisionKind.WRITTEN)]
)
def test_another_text_belongs_to_what_was_on_offer(talking: SmallDesk, reply_id: str, kind: DecisionKind) -> None:
    talk, name = offered(talking)
    talking.sender.send(talking.draft(talk, "付款后四十八小时内发货", reply_id=reply_id))
    (made,) = all_of(talking)
    assert (made.id, made.kind, made.accepted, made.reply_id) == (name, kind, None, reply_id)


def test_what_is_refused_and_what_is_sent_then_is_one_message(talking: SmallDesk) -> None:
    talk, name = offered(talking)
    with talking.database.transaction() as connection:
        conversation = get_conversation(connection, talk)
    assert conversation is not None
    Refusals(talking.database, talking.clock).refuse(conversation, name, 1, "li", "不对")
    talking.clock.forward(seconds=1)
    talking.sender.send(talking.draft(talk, "您稍等我看下"))
    (made,) = all_of(talking)
    assert (made.kind, made.rejected) == (DecisionKind.WRITTEN, {1})


def test_the_first_text_counts(talking: SmallDesk) -> None:
    talk, name = offered(talking)
    talking.sender.send(talking.draft(talk, TAKEN, suggestion=name, rank=1))
    talking.clock.forward(seconds=1)
    talking.sender.send(talking.draft(talk, "还有别的可以帮您吗", key="k2"))
    (made,) = all_of(talking)
    assert made.kind is DecisionKind.APPROVED


def test_several_messages_come_conversation_by_conversation(talking: SmallDesk) -> None:
    names = []
    for buyer in ("zhang", "wang", "li") * 2:
        talk, name = offered(talking, buyer=buyer)
        talking.sender.send(talking.draft(talk, TAKEN, key=name, suggestion=name, rank=1))
        names.append(name)
    found = all_of(talking)
    assert sorted(made.id for made in found) == sorted(names)
    talks = [made.conversation for made in found]
    assert len(dict.fromkeys(talks)) == 3
    assert talks == sorted(talks)
    assert [len(made.lines) for made in found].count(3) == 3


def test_more_decisions_than_are_read_at_once(talking: SmallDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desk.decided._BATCH", 2)
    test_several_messages_come_conversation_by_conversation(talking)


def test_what_a_robot_sent_is_nobodys_decision(talking: SmallDesk) -> None:
    talk, name = offered(talking)
    draft = replace(talking.draft(talk, TAKEN, suggestion=name, rank=1), speaker=Speaker.ROBOT)
    talking.sender.send(draft)
    assert all_of(talking) == []


def test_a_text_before_any_suggestion_says_nothing(talking: SmallDesk) -> None:
    asked = talking.ask("在吗")
    talking.sender.send(talking.draft(asked.conversation, "在的"))
    assert all_of(talking) == []
    assert list(decided(talking.database, "shoes")) == []
