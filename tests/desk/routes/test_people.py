from __future__ import annotations

from typing import Any

from tests.desk.people.crew import GOOD, OTHER
from tests.desk.routes.browser import Browser

WANG = {"id": "Wang", "password": OTHER, "name": "小王"}
ROUTES = [
    ("GET", "/v1/agents", None),
    ("POST", "/v1/agents", WANG),
    ("PATCH", "/v1/agents/boss", {"disabled": True}),
    ("POST", "/v1/agents/boss/password", {"password": OTHER}),
    ("PUT", "/v1/agents/li/shops/shoes", {"role": "leader"}),
    ("DELETE", "/v1/agents/li/shops/lamps", None),
    ("GET", "/v1/tokens", None),
    ("POST", "/v1/tokens", {"name": "erp", "shop": "lamps", "scopes": ["check"]}),
    ("DELETE", "/v1/tokens/" + "f" * 32, None),
]
WRONG: list[tuple[str, str, Any, int]] = [
    ("POST", "/v1/agents", {"id": "li", "password": GOOD}, 422),
    ("POST", "/v1/agents", {"id": "a b", "password": GOOD}, 422),
    ("POST", "/v1/agents", {"id": "wang", "password": "password1234"}, 422),
    ("POST", "/v1/agents", {"id": "wang", "password": GOOD, "name": "\u200b"}, 422),
    ("PATCH", "/v1/agents/boss", {"admin": False}, 422),
    ("PATCH", "/v1/agents/li", {"colour": "red"}, 422),
    ("PATCH", "/v1/agents/li", {"name": ""}, 422),
    ("PATCH", "/v1/agents/nobody", {"disabled": True}, 404),
    ("PATCH", "/v1/agents/%00", {"disabled": True}, 404),
    ("POST", "/v1/agents/nobody/password", {"password": GOOD}, 404),
    ("PUT", "/v1/agents/li/shops/nowhere", {"role": "agent"}, 422),
    ("PUT", "/v1/agents/li/shops/%00", {"role": "agent"}, 422),
    ("PUT", "/v1/agents/li/shops/lamps", {"role": "king"}, 422),
    ("PUT", "/v1/agents/nobody/shops/lamps", {"role": "agent"}, 404),
    ("DELETE", "/v1/agents/li/shops/%ed%a0%80", None, 422),
    ("POST", "/v1/tokens", {"name": "erp", "shop": "\x00", "scopes": ["check"]}, 422),
    ("POST", "/v1/tokens", {"name": "erp", "shop": "lamps", "scopes": []}, 422),
    ("POST", "/v1/tokens", {"name": "erp", "shop": "lamps", "scopes": ["all"]}, 422),
    ("POST", "/v1/tokens", {"name": "\x00", "shop": "lamps", "scopes": ["check"]}, 422),
    ("DELETE", "/v1/tokens/nope", None, 404),
    ("DELETE", "/v1/tokens/%00", None, 404),
]


def test_only_admins_come_here(browser: Browser) -> None:
    assert [browser.ask(*route).status_code for route in ROUTES] == [401] * len(ROUTES)
    browser.enter("li")
    assert [browser.ask(*route).status_code for route in ROUTES] == [403] * len(ROUTES)


def test_an_agent_from_the_first_day_to_the_last(boss: Browser, browser: Browser) -> None:
    added = boss.ask("POST", "/v1/agents", WANG)
    assert added.status_code == 201
    assert (added.json()["id"], added.json()["name"], added.json()["must_change"]) == ("wang", "小王", True)
    assert added.json()["password"] is None
    assert boss.ask("PUT", "/v1/agents/wang/shops/lamps", {"role": "leader"}).json()["shops"] == [
        {"shop": "lamps", "role": "leader"}
    ]
    assert browser.enter("wang", OTHER).json()["shops"] == [{"shop": "lamps", "role": "leader"}]
    assert boss.ask("DELETE", "/v1/agents/wang/shops/lamps").json()["shops"] == []
    assert boss.ask("POST", "/v1/agents/wang/password", {"password": GOOD}).json() == {"password": None}
    assert browser.ask("GET", "/v1/session").status_code == 401
    assert browser.enter("wang", GOOD).status_code == 200
    assert boss.ask("PATCH", "/v1/agents/wang", {"disabled": True}).json()["disabled"] is True
    assert browser.ask("GET", "/v1/session").status_code == 401
    assert browser.enter("wang", GOOD).status_code == 401
    assert [agent["id"] for agent in boss.ask("GET", "/v1/agents").json()] == ["boss", "li", "wang"]


def test_a_password_that_nobody_chose_is_shown_once_and_must_be_changed(boss: Browser, browser: Browser) -> None:
    made = boss.ask("POST", "/v1/agents", {"id": "wang"})
    assert made.headers["cache-control"] == "no-store"
    assert browser.enter("wang", made.json()["password"]).json()["must_change"] is True
    again = boss.ask("POST", "/v1/agents/wang/password", {})
    assert again.json()["password"] != made.json()["password"]
    assert browser.ask("GET", "/v1/session").status_code == 401
    assert browser.enter("wang", again.json()["password"]).json()["must_change"] is True
    listed = boss.ask("GET", "/v1/agents").text
    assert made.json()["password"] not in listed
    assert again.json()["password"] not in listed


def test_a_token_is_shown_once(boss: Browser, browser: Browser) -> None:
    made = boss.ask("POST", "/v1/tokens", {"name": "erp", "shop": "lamps", "scopes": ["suggest", "check"]})
    assert made.status_code == 201
    secret = made.json()["secret"]
    assert made.json()["scopes"] == ["check", "suggest"]
    assert secret not in boss.ask("GET", "/v1/tokens").text
    assert browser.ask("GET", "/v1/agents", Authorization=f"Bearer {secret}").status_code == 403
    assert boss.ask("DELETE", f"/v1/tokens/{made.json()['id']}").status_code == 204
    assert browser.ask("GET", "/v1/agents", Authorization=f"Bearer {secret}").status_code == 401
    assert boss.ask("GET", "/v1/tokens").json()[0]["ended_at"] is not None


def test_what_cannot_be_done_is_said(boss: Browser) -> None:
    answers = [(*wrong[:3], boss.ask(*wrong[:3]).status_code) for wrong in WRONG]
    assert answers == WRONG
