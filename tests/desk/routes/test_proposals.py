from __future__ import annotations

from typing import Any

import pytest

from tests.desk.office import Office

DRAFT: dict[str, Any] = {"topic": "product/usage", "text": "用湿布轻擦就可以的，您放心", "questions": ["灯罩怎么擦"]}
PATH = "/v1/shops/lamps/proposals"


def test_a_leader_decides_what_an_agent_proposes(office: Office) -> None:
    li, zhao = office.client("li"), office.client("zhao")
    made = li.post(PATH, json={**DRAFT, "when": {"order.status": ["paid"]}})
    assert made.status_code == 201
    name = made.json()["proposal"]["id"]
    assert li.post(f"{PATH}/{name}/decision", json={"state": "accepted"}).status_code == 403
    decided = zhao.post(f"{PATH}/{name}/decision", json={"state": "accepted", "note": "好"}).json()
    assert (decided["state"], decided["decided_by"], decided["note"]) == ("accepted", "zhao", "好")
    assert zhao.post(f"{PATH}/{name}/decision", json={"state": "declined"}).status_code == 409
    assert [found["id"] for found in li.get(PATH, params={"state": "accepted"}).json()] == [name]
    assert li.get(PATH, params={"state": "open"}).json() == []


def test_a_text_that_a_rule_stops_comes_back_with_what_to_say_instead(office: Office) -> None:
    refused = office.client("li").post(PATH, json={**DRAFT, "text": "开票要加6个点"})
    assert refused.status_code == 422
    assert refused.json()["field"] == "text"
    assert refused.json()["findings"][0]["instead"]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"topic": "no/topic"}, "topic"),
        ({"text": ""}, "text"),
        ({"text": "{order.nothing}"}, "text"),
        ({"questions": []}, "questions"),
        ({"when": {"order.status": ["eaten"]}}, "when"),
        ({"lines": ["x"]}, "lines.0"),
    ],
)
def test_the_field_that_is_wrong_is_named(office: Office, change: dict[str, Any], field: str) -> None:
    refused = office.client("li").post(PATH, json={**DRAFT, **change})
    assert (refused.status_code, refused.json()["field"]) == (422, field)
