from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import select

from contracts.errors import InputError
from desk.people.login import Limit, LoginLocked, WrongLogin
from desk.people.passwords import Passwords
from desk.people.people import People
from desk.storage.agents import password_of
from desk.storage.tables import login_failures
from tests.desk.people.crew import GOOD, HERE, OTHER, Crew, cheap
from tests.desk.talk import START

THERE = "203.0.113.8"


def _fail(crew: Crew, times: int, name: str = "li", address: str = HERE) -> None:
    for _ in range(times):
        with pytest.raises(WrongLogin):
            crew.enter(name, "wrong password", address)


def test_the_right_password_lets_in_however_the_name_is_written(crew: Crew) -> None:
    crew.add("li.wei")
    for name in ("li.wei", "Li.Wei", " LI.WEI ", "ｌｉ.wei"):
        assert crew.people.sessions.find(crew.enter(name)) is not None


def test_every_other_answer_is_the_same(crew: Crew) -> None:
    crew.add("boss", admin=True)
    crew.add("li")
    crew.add("gone")
    crew.people.agents.change("gone", "boss", disabled=True)
    answers = set()
    for number, (name, password) in enumerate(
        [("li", OTHER), ("nobody", GOOD), ("gone", GOOD), ("", GOOD), ("\x00", GOOD), ("\ud800", ""), ("x" * 200, "x")]
    ):
        with pytest.raises(WrongLogin) as refused:
            crew.enter(name, password, f"203.0.113.{number}")
        answers.add(str(refused.value))
    assert len(answers) == 1


def test_a_name_that_does_not_exist_costs_a_comparison_too(crew: Crew, monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[str | None] = []
    matches = Passwords.matches

    def watched(self: Passwords, stored: str | None, password: str) -> bool:
        compared.append(stored)
        return matches(self, stored, password)

    monkeypatch.setattr(Passwords, "matches", watched)
    _fail(crew, 1, "nobody")
    assert compared == [None]


def test_five_failures_lock_an_account_from_everywhere(crew: Crew) -> None:
    crew.add("li")
    for number in range(5):
        _fail(crew, 1, address=f"203.0.113.{number}")
    with pytest.raises(LoginLocked) as locked:
        crew.enter("li", address="198.51.100.1")
    assert locked.value.until == START + timedelta(minutes=15)
    crew.clock.forward(minutes=14, seconds=59)
    with pytest.raises(LoginLocked):
        crew.enter("li", address="198.51.100.1")
    crew.clock.forward(seconds=1)
    assert crew.enter("li", address="198.51.100.1")


def test_a_name_that_does_not_exist_is_locked_alike(crew: Crew) -> None:
    for number in range(5):
        _fail(crew, 1, "nobody", f"203.0.113.{number}")
    with pytest.raises(LoginLocked):
        crew.enter("nobody", GOOD, "198.51.100.1")


def test_five_failures_lock_an_address_for_everybody(crew: Crew) -> None:
    crew.add("li")
    for number in range(5):
        _fail(crew, 1, f"guess{number}")
    with pytest.raises(LoginLocked):
        crew.enter("li")
    assert crew.enter("li", address=THERE)


def test_failures_far_apart_lock_nothing(crew: Crew) -> None:
    crew.add("li")
    for _ in range(12):
        _fail(crew, 1)
        crew.clock.forward(minutes=4)
    assert crew.enter("li")


def test_after_a_lock_five_more_are_needed(crew: Crew) -> None:
    crew.add("li")
    _fail(crew, 5)
    crew.clock.forward(minutes=15)
    _fail(crew, 4)
    assert crew.enter("li")


def test_the_right_password_forgives_the_account_and_not_the_address(crew: Crew) -> None:
    crew.add("li")
    crew.add("mallory")
    _fail(crew, 4)
    crew.enter("li", address=THERE)
    _fail(crew, 4, address=THERE)
    crew.enter("mallory")
    with pytest.raises(WrongLogin):
        crew.enter("li", "wrong password")
    with pytest.raises(LoginLocked):
        crew.enter("mallory")


def test_the_lock_holds_in_every_process(crew: Crew) -> None:
    crew.add("li")
    _fail(crew, 5)
    other = People.over(crew.database, cheap(), crew.clock)
    with pytest.raises(LoginLocked):
        other.login.attempt("li", GOOD, THERE)


def test_many_at_once_learn_no_more_than_one_by_one(crew: Crew) -> None:
    crew.add("li")

    def guess(number: int) -> type[Exception]:
        try:
            crew.enter("li", f"wrong password {number}", f"198.51.100.{number}")
        except (WrongLogin, LoginLocked) as refused:
            return type(refused)
        raise AssertionError("let in")

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(guess, range(24), timeout=60))
    assert answers.count(WrongLogin) == 5
    assert answers.count(LoginLocked) == 19


def test_a_hash_of_yesterday_is_replaced_at_the_next_login(crew: Crew) -> None:
    crew.add("li")
    stronger = People.over(crew.database, cheap(time_cost=2), crew.clock)
    assert stronger.login.attempt("li", GOOD, HERE)
    with crew.database.transaction() as connection:
        stored = password_of(connection, "li")
    assert stored is not None
    assert "t=2" in stored
    assert stronger.login.attempt("li", GOOD, HERE)


def test_changing_ones_password(crew: Crew) -> None:
    crew.add("li")
    crew.people.login.change_password(crew.session("li"), GOOD, OTHER, HERE)
    _fail(crew, 1)
    assert crew.enter("li", OTHER)


@pytest.mark.parametrize(("old", "new"), [(GOOD, GOOD), (GOOD, "password1234"), (GOOD, ""), ("wrong", OTHER)])
def test_a_password_that_cannot_be_changed_stays(crew: Crew, old: str, new: str) -> None:
    crew.add("li")
    session = crew.session("li")
    with pytest.raises(InputError, match="password"):
        crew.people.login.change_password(session, old, new, HERE)
    assert crew.people.sessions.find(crew.enter("li")) is not None


def test_who_has_a_session_cannot_guess_the_password_either(crew: Crew) -> None:
    crew.add("li")
    session = crew.session("li")
    for _ in range(5):
        with pytest.raises(InputError, match="old password"):
            crew.people.login.change_password(session, "wrong", OTHER, HERE)
    with pytest.raises(LoginLocked):
        crew.people.login.change_password(session, GOOD, OTHER, HERE)


def test_old_failures_are_forgotten(crew: Crew) -> None:
    _fail(crew, 2)
    crew.clock.forward(minutes=31)
    _fail(crew, 1)
    assert crew.people.login.drop_old() == 4
    with crew.database.transaction() as connection:
        assert len(connection.execute(select(login_failures)).all()) == 2


def test_the_limit_counts_the_latest_alone() -> None:
    limit = Limit(failures=2, span=timedelta(minutes=1), lock=timedelta(minutes=5))
    soon = START + timedelta(seconds=59)
    assert limit.locked_until((START,)) is None
    assert limit.locked_until((soon, START)) == soon + timedelta(minutes=5)
    assert limit.locked_until((START + timedelta(minutes=1), START)) is None
