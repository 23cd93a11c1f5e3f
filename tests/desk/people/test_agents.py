from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from contracts.errors import InputError, NotFound
from desk.people.access import Role
from desk.people.agents import NewAgent, as_agent_id
from desk.people.login import WrongLogin
from desk.people.people import People
from desk.storage.ledger import entries
from tests.desk.people.crew import GOOD, HERE, OTHER, Crew


def test_the_first_start_makes_an_admin_with_a_password_for_once(crew: Crew) -> None:
    password = crew.people.agents.add_first()
    assert password is not None
    session = crew.people.sessions.find(crew.enter("admin", password))
    assert session is not None
    assert (session.agent.admin, session.agent.must_change) == (True, True)
    crew.people.login.change_password(session, password, GOOD, HERE)
    assert not crew.session("admin").agent.must_change
    with pytest.raises(WrongLogin):
        crew.enter("admin", password)
    assert crew.people.agents.add_first() is None


def test_of_two_first_starts_one_makes_the_admin(people: People) -> None:
    with ThreadPoolExecutor(2) as pool:
        made = list(pool.map(lambda _: people.agents.add_first(), range(2), timeout=60))
    assert sum(password is not None for password in made) == 1
    assert [agent.id for agent in people.agents.all()] == ["admin"]


def test_no_first_admin_where_somebody_is(crew: Crew) -> None:
    crew.add("li")
    assert crew.people.agents.add_first() is None


def test_an_agent_is_added_and_found(people: People) -> None:
    added = people.agents.add(NewAgent("Li.Wei", GOOD, "李伟"))
    assert (added.id, added.name, added.admin, added.must_change, added.disabled) == (
        "li.wei",
        "李伟",
        False,
        True,
        False,
    )
    assert people.agents.get("LI.WEI") == added
    assert people.agents.all() == (added,)


@pytest.mark.parametrize(
    "name", ["", " ", "a b", "-x", "@x", "x" * 65, "li\x00", "\ud800", "huashu", "Buyer", "token:1"]
)
def test_a_name_that_cannot_be_one(people: People, name: str) -> None:
    with pytest.raises(InputError, match="login name"):
        people.agents.add(NewAgent(name, GOOD, "x"))


def test_names_and_passwords_that_are_refused(people: People) -> None:
    people.agents.add(NewAgent("li", GOOD))
    with pytest.raises(InputError, match="already"):
        people.agents.add(NewAgent("LI", GOOD))
    with pytest.raises(InputError, match="password"):
        people.agents.add(NewAgent("wang", "password1234"))
    with pytest.raises(InputError, match="password"):
        people.agents.set_password("li", "password1234")
    assert [agent.id for agent in people.agents.all()] == ["li"]


def test_roles_by_shop_come_and_go_and_are_written_down(crew: Crew) -> None:
    crew.add("li")
    agents = crew.people.agents
    agents.grant("li", "lamps", Role.AGENT, "boss")
    assert agents.grant("li", "lamps", Role.LEADER, "boss").shops == {"lamps": "leader"}
    assert agents.grant("li", "shoes", Role.AGENT, "boss").shops == {"lamps": "leader", "shoes": "agent"}
    assert agents.revoke("li", "lamps", "boss").shops == {"shoes": "agent"}
    assert agents.revoke("li", "lamps", "boss").shops == {"shoes": "agent"}
    with crew.database.transaction() as connection:
        written = [(entry.kind, entry.actor, entry.body) for entry in entries(connection, "lamps")]
    assert written == [
        ("granted", "boss", {"agent": "li", "role": "agent"}),
        ("granted", "boss", {"agent": "li", "role": "leader"}),
        ("revoked", "boss", {"agent": "li"}),
    ]


def test_a_session_sees_a_new_role_at_once(crew: Crew) -> None:
    crew.add("li", "lamps")
    token = crew.enter("li")
    crew.people.agents.revoke("li", "lamps", "boss")
    session = crew.people.sessions.find(token)
    assert session is not None
    assert session.caller.shops == {}


def test_who_is_not_there(people: People) -> None:
    people.agents.add(NewAgent("li", GOOD))
    for name in ("wang", "", "\x00"):
        with pytest.raises(NotFound):
            people.agents.get(name)
        with pytest.raises(NotFound):
            people.agents.change(name, "boss", disabled=True)
        with pytest.raises(NotFound):
            people.agents.set_password(name, GOOD)
        with pytest.raises(NotFound):
            people.agents.grant(name, "lamps", Role.AGENT, "boss")
    with pytest.raises(InputError, match="unknown shop"):
        people.agents.grant("li", "nowhere", Role.AGENT, "boss")


def test_the_last_admin_stays(crew: Crew) -> None:
    crew.add("boss", admin=True)
    crew.add("second", admin=True)
    agents = crew.people.agents
    agents.change("boss", "second", admin=False)
    for change in ({"admin": False}, {"disabled": True}):
        with pytest.raises(InputError, match="last admin"):
            agents.change("second", "second", **change)
    agents.change("boss", "second", admin=True)
    assert agents.change("second", "boss", disabled=True).disabled
    with pytest.raises(InputError, match="last admin"):
        agents.change("boss", "boss", disabled=True)


def test_a_change_is_partial_and_written_down_in_the_agents_shops(crew: Crew) -> None:
    crew.add("boss", admin=True)
    crew.add("li", "lamps")
    agents = crew.people.agents
    assert agents.change("li", "boss", display="小李").name == "小李"
    for disabled in (True, True, False):
        agents.change("li", "boss", disabled=disabled)
    with crew.database.transaction() as connection:
        kinds = [entry.kind for entry in entries(connection, "lamps")]
    assert kinds == ["granted", "agent_disabled", "agent_enabled"]


def test_a_password_set_by_an_admin_must_be_changed(crew: Crew) -> None:
    crew.add("li")
    token = crew.enter("li")
    crew.people.agents.set_password("li", OTHER)
    assert crew.people.sessions.find(token) is None
    session = crew.people.sessions.find(crew.enter("li", OTHER))
    assert session is not None
    assert session.agent.must_change


def test_names_as_they_are_stored() -> None:
    assert as_agent_id(" Ｌｉ ") == "li"
    assert as_agent_id("小李") == "小李"
    assert as_agent_id("a@b.cn") == "a@b.cn"
    assert as_agent_id("x y") == ""
