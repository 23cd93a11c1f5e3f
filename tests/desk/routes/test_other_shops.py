"""Every route of the API with the ids of another shop: as if they did not exist."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tests.desk.office import Office, until

BODIES: dict[str, dict[str, Any]] = {
    "SendRequest": {"text": "可以开的亲", "key": "k9"},
    "RejectRequest": {"suggestion": "0" * 32, "rank": 1},
    "DraftCheckRequest": {"text": "可以开的亲"},
    "ProposalRequest": {"topic": "product/usage", "text": "用湿布轻擦就可以的，您放心", "questions": ["怎么擦"]},
    "DecisionRequest": {"state": "accepted"},
}
"""A good body for each schema that a route of a shop or a conversation asks for."""

OPEN = ("/v1/demo/", "/v1/channels/")
"""Routes that have no caller: what they need is a signature or a demo shop."""

ADMIN = ("/v1/agents", "/v1/tokens")
"""Routes of admins, who have every shop."""


def _routes(document: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any] | None]]:
    """Method, path and body of every operation that names a shop or something in one."""
    for path, operations in document["paths"].items():
        if "{" not in path or path.startswith((*OPEN, *ADMIN)):
            continue
        for method, operation in operations.items():
            body = operation.get("requestBody")
            name = body["content"]["application/json"]["schema"]["$ref"].rpartition("/")[2] if body else ""
            yield method, path, BODIES[name] if name else None


def test_no_route_gives_anything_of_another_shop(office: Office) -> None:
    theirs = office.ask("鞋子偏大吗", shop="shoes")
    wang, li = office.client("wang"), office.client("li")
    body = {"text": "偏大半码哦亲", "key": "k"}
    sent = wang.post(f"/v1/conversations/{theirs.conversation}/messages", json=body).json()["message"]["id"]
    until(lambda: {event.kind for event in office.service.live.read("shoes", 0)} >= {"suggestions", "delivery"})
    before = office.service.live.last("shoes")
    proposed = wang.post("/v1/shops/shoes/proposals", json=BODIES["ProposalRequest"]).json()["proposal"]["id"]
    reply = wang.get("/v1/shops/shoes/replies").json()["replies"][0]["id"]
    names = {
        "shop": "shoes",
        "conversation": theirs.conversation,
        "message": sent,
        "proposal": proposed,
        "reply": reply,
    }
    walked = 0
    for method, path, body_of in _routes(office.app.openapi()):
        answer = li.request(method, path.format(**names), json=body_of, params={"q": "发货"})
        assert answer.status_code == 404, (method, path, answer.text)
        nowhere = dict.fromkeys(names, "0" * 32)
        assert li.request(method, path.format(**nowhere), json=body_of, params={"q": "发货"}).json() == answer.json()
        walked += 1
    assert walked >= 20
    assert office.service.live.last("shoes") == before
    assert [found["state"] for found in wang.get("/v1/shops/shoes/proposals").json()] == ["open"]


def test_a_conversation_of_another_shop_does_not_help_a_search_in_ones_own(office: Office) -> None:
    theirs = office.ask("鞋子偏大吗", shop="shoes")
    params = {"q": "发货", "conversation": theirs.conversation}
    assert office.client("li").get("/v1/shops/lamps/library", params=params).status_code == 404
