from __future__ import annotations

import json
from typing import Any

import pytest
from fastapi.testclient import TestClient

from contracts.platform import Platform
from tests.desk.routes.asking import ASK, post, refused
from tests.desk.test_wire import SUGGEST_KEYS, SUGGESTION_KEYS


def test_suggestions(client: TestClient) -> None:
    status, answer = post(client, "/v1/suggestions", {**ASK, "shop": "demo-tmall", "order": {"status": "paid"}})
    assert status == 200
    assert answer.keys() >= SUGGEST_KEYS
    assert 1 <= len(answer["suggestions"]) <= 3
    assert answer["suggestions"][0].keys() >= SUGGESTION_KEYS
    assert answer["suggestions"][0]["topic"] == "invoice/type"
    assert answer["notes"] == []


@pytest.mark.parametrize("platform", [platform.value for platform in Platform])
def test_suggestions_on_every_platform(client: TestClient, platform: str) -> None:
    status, answer = post(client, "/v1/suggestions", {**ASK, "platform": platform, "shop": f"demo-{platform}", "k": 1})
    assert status == 200
    assert len(answer["suggestions"]) == 1


def test_what_cannot_be_used_is_noted_and_the_rest_answered(client: TestClient) -> None:
    body = {**ASK, "order": {"status": "payed", "amount": "x"}, "context": {"order.colour": 1, "item.custom": "?"}}
    status, answer = post(client, "/v1/suggestions", body)
    assert status == 200
    assert answer["suggestions"]
    for name in ("status", "amount", "order.colour", "item.custom"):
        assert any(name in note for note in answer["notes"]), name


@pytest.mark.parametrize(
    "extra",
    [
        {"order": {"amount": 10**400}},
        {"order": {"amount": True, "number": "\u200b"}},
        {"order": {"paid_at": "9999-12-31T23:00:00+08:00"}, "shop": "demo-tmall"},
        {"order": {"paid_at": "2026-11-20T10:00:00"}, "shop": "demo-tmall"},
        {"context": {"shop.ship_hours": 10**400}},
        {"context": {"now": "9999-12-31T23:59:59"}},
        {"context": {"now": "0001-01-01T00:00:00+08:00", "buyer.text": "票" * 10_000}},
        {"previous_agent": "\u200b", "previous_buyer": "\x00"},
        {"previous_agent": "票" * 100_000},
        {"order": {"item": "\ud800"}},
        {"context": {"\ud800": "\ud800"}},
        {"order": {"\x00": {"a": [None]}}},
    ],
    ids=lambda extra: ascii(extra)[:60],
)
def test_odd_extras_never_break_an_answer(client: TestClient, extra: dict[str, Any]) -> None:
    status, answer = post(client, "/v1/suggestions", {**ASK, **extra})
    assert status == 200, answer
    assert answer["suggestions"]


@pytest.mark.parametrize("body", ['{"order": {"amount": NaN}, ', '{"context": {"shop.ship_hours": Infinity}, '])
def test_numbers_that_json_does_not_have(client: TestClient, body: str) -> None:
    status, answer = post(client, "/v1/suggestions", body + json.dumps(ASK)[1:])
    assert status in (200, 422)
    assert "nan" not in json.dumps(answer.get("suggestions", [])).lower()


@pytest.mark.parametrize("text", ["", "  \n", "\x00\x01", "\u200b", "\u3000"])
def test_an_empty_message_is_refused(client: TestClient, text: str) -> None:
    status, answer = post(client, "/v1/suggestions", {**ASK, "text": text})
    assert status == 422
    assert "empty" in refused(answer)


@pytest.mark.parametrize(
    "text", ["票" * 100_000, "能\x00开\x1b票\x7f吗", "能开\u202e票吗", "<script>alert(1)</script>", "🙂" * 500]
)
def test_a_strange_message_is_answered(client: TestClient, text: str) -> None:
    status, answer = post(client, "/v1/suggestions", {**ASK, "text": text})
    assert status == 200
    assert answer["reason"]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"shop": "nobody"}, "unknown shop 'nobody'; known: demo-"),
        ({"shop": "demo-jd"}, "sells on jd, not on tmall"),
        ({"k": 0}, ""),
        ({"k": 21}, ""),
        ({"k": "many"}, ""),
        ({"order": ["paid"]}, ""),
    ],
)
def test_bad_input_to_suggestions(client: TestClient, change: dict[str, Any], says: str) -> None:
    status, answer = post(client, "/v1/suggestions", {**ASK, **change})
    assert status == 422
    assert says in refused(answer)
