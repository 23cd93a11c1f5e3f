from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

from tests.desk.routes.asking import CHECK, post
from tests.desk.test_wire import FINDING_KEYS


def test_check(client: TestClient) -> None:
    status, answer = post(client, "/v1/check", {**CHECK, "context": {"order.status": "paid"}})
    assert status == 200
    assert answer["blocked"] is True
    assert answer["findings"][0].keys() == FINDING_KEYS
    start, end = answer["findings"][0]["span"]
    assert 0 <= start < end <= len(CHECK["text"])
    assert answer["warnings"] == []


def test_check_warns_about_what_it_cannot_use(client: TestClient) -> None:
    status, answer = post(client, "/v1/check", {**CHECK, "text": "可以开的", "context": {"order.colour": "red"}})
    assert (status, answer["blocked"], answer["findings"]) == (200, False, [])
    assert answer["warnings"] == ["unknown context key 'order.colour' is ignored"]


@pytest.mark.parametrize(
    "text", ["", " ", "票" * 100_000, "\x00\x1b[31m", "加\u200b微\u200b信", "🙂" * 1000, "{order.eta}"]
)
def test_any_text_can_be_checked(client: TestClient, text: str) -> None:
    status, answer = post(client, "/v1/check", {"text": text, "platform": "pdd"})
    assert status == 200
    assert all(0 <= start <= end <= len(text) for start, end in (item["span"] for item in answer["findings"]))
