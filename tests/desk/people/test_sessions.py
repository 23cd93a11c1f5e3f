from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from desk.people.access import Kind, Role
from desk.people.people import People
from desk.people.sessions import IDLE, LONGEST
from desk.storage.tables import sessions
from tests.desk.people.crew import GOOD, OTHER, Crew


def test_a_session_says_who_and_where(crew: Crew) -> None:
    crew.add("li", "lamps", role=Role.LEADER)
    session = crew.session("li")
    assert (session.agent.id, session.agent.admin) == ("li", False)
    assert (session.caller.kind, session.caller.actor) == (Kind.AGENT, "li")
    assert session.caller.shops == {"lamps": Role.LEADER}


def test_an_admin_is_in_every_shop(crew: Crew) -> None:
    crew.add("boss", admin=True)
    assert set(crew.session("boss").caller.shops) == {"lamps", "shoes"}


def test_the_token_itself_is_kept_nowhere(crew: Crew) -> None:
    crew.add("li")
    token = crew.enter("li")
    with crew.database.transaction() as connection:
        (row,) = connection.execute(select(sessions)).all()
    assert token not in map(str, row)


def test_a_session_that_is_not_used_ends(crew: Crew) -> None:
    crew.add("li")
    token = crew.enter("li")
    crew.clock.now += IDLE - timedelta(seconds=1)
    assert crew.people.sessions.find(token) is not None
    crew.clock.now += IDLE - timedelta(seconds=1)
    assert crew.people.sessions.find(token) is not None
    crew.clock.now += IDLE
    assert crew.people.sessions.find(token) is None


def test_a_session_ends_however_much_it_is_used(crew: Crew) -> None:
    crew.add("li")
    token = crew.enter("li")
    for _ in range(int(LONGEST / timedelta(hours=1)) - 1):
        crew.clock.forward(hours=1)
        assert crew.people.sessions.find(token) is not None
    crew.clock.forward(hours=1)
    assert crew.people.sessions.find(token) is None


def test_logging_out_ends_this_session_alone(crew: Crew) -> None:
    crew.add("li")
    here, there = crew.enter("li"), crew.enter("li")
    session = crew.people.sessions.find(here)
    assert session is not None
    crew.people.sessions.end(session)
    assert crew.people.sessions.find(here) is None
    assert crew.people.sessions.find(there) is not None


def test_a_disabled_agents_sessions_end_and_do_not_come_back(crew: Crew) -> None:
    crew.add("boss", admin=True)
    crew.add("li", "lamps")
    token = crew.enter("li")
    crew.people.agents.change("li", "boss", disabled=True)
    assert crew.people.sessions.find(token) is None
    crew.people.agents.change("li", "boss", disabled=False)
    assert crew.people.sessions.find(token) is None
    assert crew.people.sessions.find(crew.enter("li")) is not None


def test_a_new_password_ends_all_sessions(crew: Crew) -> None:
    crew.add("li")
    here, there = crew.enter("li"), crew.enter("li")
    session = crew.people.sessions.find(here)
    assert session is not None
    fresh = crew.people.login.change_password(session, GOOD, OTHER, "203.0.113.7")
    assert crew.people.sessions.find(here) is None
    assert crew.people.sessions.find(there) is None
    assert crew.people.sessions.find(fresh) is not None


def test_a_token_that_was_made_up(people: People) -> None:
    for token in ("", "x", "\ud800", "\x00", "x" * 10_000):
        assert people.sessions.find(token) is None


def test_the_forgery_token_belongs_to_its_session(crew: Crew) -> None:
    crew.add("li")
    one, two = crew.session("li"), crew.session("li")
    assert one.knows(one.csrf)
    assert not one.knows(two.csrf)
    assert not one.knows("")


def test_another_process_knows_the_session(crew: Crew) -> None:
    crew.add("li")
    token = crew.enter("li")
    assert People.over(crew.database, clock=crew.clock).sessions.find(token) is not None


def test_what_has_ended_is_forgotten(crew: Crew) -> None:
    crew.add("li")
    crew.enter("li")
    crew.clock.forward(hours=3)
    crew.enter("li")
    crew.clock.forward(hours=2)
    assert crew.people.sessions.drop_ended() == 1
    crew.people.tidy()
    with crew.database.transaction() as connection:
        assert len(connection.execute(select(sessions)).all()) == 1
