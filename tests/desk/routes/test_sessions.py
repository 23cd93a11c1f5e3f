from __future__ import annotations

import pytest

from desk.people.access import Scope
from tests.desk.people.crew import GOOD, OTHER, Crew
from tests.desk.routes.browser import Browser
from tests.desk.routes.conftest import Open


def test_logging_in_looking_and_logging_out(browser: Browser) -> None:
    assert browser.ask("GET", "/v1/session").status_code == 401
    entered = browser.enter("li")
    assert entered.status_code == 200
    assert entered.headers["Cache-Control"] == "no-store"
    who = browser.ask("GET", "/v1/session").json()
    assert who == entered.json()
    assert (who["agent"], who["admin"], who["must_change"]) == ("li", False, False)
    assert who["shops"] == [{"shop": "lamps", "role": "agent"}]
    assert browser.ask("DELETE", "/v1/session").status_code == 204
    assert browser.ask("GET", "/v1/session").status_code == 401


@pytest.mark.parametrize(("base", "secure"), [("http://desk.test", False), ("https://desk.test", True)])
def test_the_cookie_is_out_of_reach_of_pages(open_browser: Open, base: str, secure: bool) -> None:
    cookie = open_browser(base).enter("li").headers["Set-Cookie"]
    parts = {part.strip().casefold() for part in cookie.split(";")}
    assert {"httponly", "samesite=strict", "path=/"} <= parts
    assert ("secure" in parts) is secure


def test_a_logged_out_cookie_is_worth_nothing_elsewhere(open_browser: Open) -> None:
    one, two = open_browser(), open_browser()
    one.enter("li")
    two.client.cookies = one.client.cookies
    one.ask("DELETE", "/v1/session")
    assert two.ask("GET", "/v1/session").status_code == 401


def test_every_refusal_of_a_login_is_the_same(open_browser: Open) -> None:
    answers = set()
    for number, (name, password) in enumerate([("li", OTHER), ("nobody", GOOD), ("\x00", ""), ("\u200b", GOOD)]):
        answer = open_browser(address=f"203.0.113.{number}").enter(name, password)
        answers.add((answer.status_code, answer.text))
    assert len(answers) == 1
    assert answers.pop()[0] == 401


def test_too_many_failures_say_how_long_to_wait(open_browser: Open) -> None:
    for number in range(5):
        assert open_browser(address=f"203.0.113.{number}").enter("li", "wrong").status_code == 401
    locked = open_browser(address="198.51.100.1").enter("li")
    assert locked.status_code == 429
    assert 0 < int(locked.headers["Retry-After"]) <= 15 * 60 + 1


def test_an_ipv6_network_counts_as_one_address(open_browser: Open) -> None:
    for number in range(5):
        assert open_browser(address=f"2001:db8::{number}").enter(f"guess{number}").status_code == 401
    assert open_browser(address="2001:db8::ffff:1").enter("li").status_code == 429
    assert open_browser(address="2001:db8:0:1::1").enter("li").status_code == 200


def test_another_site_cannot_log_somebody_in(browser: Browser) -> None:
    assert browser.enter("li", **{"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert browser.enter("li", **{"Sec-Fetch-Site": "same-origin"}).status_code == 200


@pytest.mark.parametrize("csrf", ["", "x", "é"])
def test_a_forged_request_changes_nothing(boss: Browser, csrf: str) -> None:
    sent = {"X-CSRF-Token": csrf.encode("latin-1")} if csrf else {}
    for method, path in [("POST", "/v1/agents"), ("DELETE", "/v1/session"), ("POST", "/v1/session/password")]:
        body = {"id": "x", "password": GOOD} if path == "/v1/agents" else {"old": GOOD, "new": OTHER}
        assert boss.client.request(method, path, json=body, headers=sent).status_code == 403
    assert [agent["id"] for agent in boss.ask("GET", "/v1/agents").json()] == ["boss", "li"]


def test_the_forgery_token_of_another_session_is_none(open_browser: Open, boss: Browser) -> None:
    other = open_browser()
    other.enter("boss")
    boss.csrf = other.csrf
    assert boss.ask("POST", "/v1/agents", {"id": "x", "password": GOOD}).status_code == 403


def test_who_must_change_the_password_can_do_nothing_else(boss: Browser, browser: Browser) -> None:
    assert boss.ask("POST", "/v1/agents", {"id": "wang", "password": OTHER, "admin": True}).status_code == 201
    assert browser.enter("wang", OTHER).json()["must_change"] is True
    assert browser.ask("GET", "/v1/agents").status_code == 403
    changed = browser.ask("POST", "/v1/session/password", {"old": OTHER, "new": GOOD})
    assert changed.status_code == 200
    assert changed.json()["must_change"] is False
    browser.csrf = changed.json()["csrf"]
    assert browser.ask("GET", "/v1/agents").status_code == 200


@pytest.mark.parametrize(
    ("old", "new", "says"), [("wrong", OTHER, "old password"), (GOOD, "password1234", "another"), (GOOD, "short", "10")]
)
def test_a_password_that_cannot_be_changed(browser: Browser, old: str, new: str, says: str) -> None:
    browser.enter("li")
    refused = browser.ask("POST", "/v1/session/password", {"old": old, "new": new})
    assert refused.status_code == 422
    assert says in refused.text


def test_a_machine_has_a_token_and_no_session(crew: Crew, browser: Browser) -> None:
    made = crew.people.tokens.make("erp", "lamps", [Scope.CHECK], "boss")
    assert browser.ask("GET", "/v1/session", Authorization=f"Bearer {made.secret}").status_code == 401
    assert browser.ask("GET", "/v1/agents", Authorization=f"Bearer {made.secret}").status_code == 403
    refused = browser.ask("GET", "/v1/agents", Authorization="Bearer made-up")
    assert refused.status_code == 401
    assert refused.headers["WWW-Authenticate"] == "Bearer"


def test_a_gateways_own_password_does_not_get_in_the_way(boss: Browser) -> None:
    assert boss.ask("GET", "/v1/agents", Authorization="Basic eDp5").status_code == 200


@pytest.mark.parametrize(
    "body", [{}, {"name": "li"}, {"name": 1, "password": 2}, {"name": "li", "password": "x" * 1001}, [], "x", None]
)
def test_a_login_of_the_wrong_form(browser: Browser, body: object) -> None:
    assert browser.ask("POST", "/v1/session", body).status_code == 422


def test_odd_cookies_are_no_session(browser: Browser) -> None:
    for value in ("x", "%00", "x" * 5000, '"'):
        assert browser.ask("GET", "/v1/session", Cookie=f"huashu_session={value}").status_code == 401
