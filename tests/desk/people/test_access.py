from __future__ import annotations

from itertools import product

import pytest

from contracts.errors import Forbidden, NotFound
from contracts.turn import Speaker
from desk.people.access import (
    Caller,
    Kind,
    Right,
    Role,
    Scope,
    conversation_for,
    message_for,
    require,
    require_admin,
    require_anywhere,
)
from desk.storage.conversations import add_message, conversation_of
from desk.storage.shops import lock_shop
from tests.desk.people.crew import Crew
from tests.desk.talk import START

AGENT = Caller(Kind.AGENT, "li", shops={"lamps": Role.AGENT})
LEADER = Caller(Kind.AGENT, "wang", shops={"lamps": Role.LEADER})
ADMIN = Caller(Kind.AGENT, "boss", admin=True, shops={"lamps": Role.LEADER, "shoes": Role.LEADER})
MACHINE = Caller(Kind.MACHINE, "m1", shops={"lamps": Role.AGENT}, scopes=frozenset({Scope.SUGGEST}))
STRANGER = Caller(Kind.AGENT, "new")


@pytest.mark.parametrize(
    ("caller", "rights"),
    [
        (AGENT, {Right.READ, Right.REPLY}),
        (LEADER, {Right.READ, Right.REPLY, Right.LEAD}),
        (ADMIN, set(Right)),
        (MACHINE, set()),
    ],
)
def test_what_each_role_has_in_its_shop(caller: Caller, rights: set[Right]) -> None:
    assert {right for right in Right if caller.may("lamps", right)} == rights
    for right in rights:
        require(caller, "lamps", right)
    for right in set(Right) - rights:
        with pytest.raises(Forbidden):
            require(caller, "lamps", right)


@pytest.mark.parametrize(("caller", "right"), list(product((AGENT, LEADER, MACHINE, STRANGER), Right)))
def test_another_shop_is_a_shop_that_does_not_exist(caller: Caller, right: Right) -> None:
    answers = set()
    for shop in ("shoes", "nowhere", "", "\x00"):
        with pytest.raises(NotFound) as refused:
            require(caller, shop, right, Scope.SUGGEST)
        answers.add(str(refused.value))
    assert len(answers) == 1


def test_a_machine_needs_the_scope_and_no_right_helps_it() -> None:
    require(MACHINE, "lamps", Right.ADMINISTER, Scope.SUGGEST)
    for scope in (None, Scope.CHECK):
        with pytest.raises(Forbidden):
            require(MACHINE, "lamps", Right.READ, scope)


def test_what_belongs_to_no_shop_needs_the_right_in_one() -> None:
    require_anywhere(AGENT, Right.READ)
    require_anywhere(MACHINE, Right.READ, Scope.SUGGEST)
    for caller, right, scope in [
        (AGENT, Right.LEAD, None),
        (MACHINE, Right.READ, Scope.CHECK),
        (STRANGER, Right.READ, Scope.CHECK),
    ]:
        with pytest.raises(Forbidden):
            require_anywhere(caller, right, scope)


def test_only_an_admin_is_an_admin() -> None:
    require_admin(ADMIN)
    for caller in (AGENT, LEADER, STRANGER, Caller(Kind.MACHINE, "m", admin=True)):
        with pytest.raises(Forbidden):
            require_admin(caller)


def test_a_machine_writes_under_a_name_no_agent_can_have() -> None:
    assert (AGENT.actor, MACHINE.actor) == ("li", "token:m1")


def test_another_shops_conversation_and_lines_are_not_there(crew: Crew) -> None:
    ids = {}
    with crew.database.transaction() as connection:
        for shop in ("lamps", "shoes"):
            lock_shop(connection, shop)
            talk = conversation_of(connection, shop, "memory", "zhang", START)
            line = add_message(connection, talk.id, Speaker.BUYER, "在吗", START, START, "m1")
            assert line is not None
            ids[shop] = (talk.id, line.id)
        assert conversation_for(connection, AGENT, ids["lamps"][0], Right.REPLY).shop == "lamps"
        assert message_for(connection, AGENT, ids["lamps"][1]).text == "在吗"
        assert conversation_for(connection, ADMIN, ids["shoes"][0]).shop == "shoes"
        with pytest.raises(Forbidden):
            conversation_for(connection, AGENT, ids["lamps"][0], Right.LEAD)
        answers = set()
        for talk_id, line_id in [ids["shoes"], ("0" * 32, "0" * 32), ("", ""), ("\x00", "\ud800"), ("x" * 999, "'")]:
            with pytest.raises(NotFound) as refused:
                conversation_for(connection, AGENT, talk_id)
            answers.add(str(refused.value))
            with pytest.raises(NotFound) as refused:
                message_for(connection, AGENT, line_id)
            answers.add(str(refused.value))
    assert len(answers) == 1
