from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient

from desk.channels.protocol import Refused
from desk.settings import DeskSettings, Settings
from desk.storage.conversations import get_conversation
from desk.storage.database import Database
from desk.storage.feed import events_after
from desk.storage.ledger import entries, verify
from desk.suggest import Suggester
from tests.desk.office import Office, until

GOOD = "可以开的亲，付款后把抬头发我，免费给您开"
BAD = "要票的话加6个点"


@pytest.fixture
def patient(database: Database, shipped: Suggester, settings: Settings) -> Iterator[Office]:
    """An office in which lines wait long enough to be taken back."""
    office = Office(database, shipped, settings.model_copy(update={"desk": DeskSettings(undo_seconds=60)}))
    with TestClient(office.app):
        yield office


def _send(client: TestClient, conversation: str, **body: Any) -> Any:
    return client.post(f"/v1/conversations/{conversation}/messages", json={"text": GOOD, "key": "k1", **body})


def test_a_line_is_sent_and_its_key_is_used_up(office: Office) -> None:
    asked = office.ask()
    client = office.client("li")
    first, again = _send(client, asked.conversation), _send(client, asked.conversation, text="换一句")
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json()["message"]["id"] == again.json()["message"]["id"]
    assert again.json()["duplicate"]
    until(lambda: office.channel.got)
    assert [message.text for message in office.channel.got] == [GOOD]


def test_the_answer_says_how_long_the_line_may_be_taken_back(patient: Office) -> None:
    asked = patient.ask()
    client = patient.client("li")
    assert _send(client, asked.conversation).json()["undo_seconds"] == 60
    assert _send(client, asked.conversation).json()["undo_seconds"] == 0


def test_two_agents_may_choose_the_same_key(office: Office) -> None:
    asked = office.ask()
    assert _send(office.client("li"), asked.conversation).status_code == 201
    assert _send(office.client("zhao"), asked.conversation, text="抬头和税号发我就行").status_code == 201


def test_what_breaks_a_rule_is_a_problem_with_findings(office: Office) -> None:
    asked = office.ask()
    response = _send(office.client("li"), asked.conversation, text=BAD)
    problem = response.json()
    assert response.status_code == 422
    assert response.headers["content-type"] == "application/problem+json"
    assert problem["type"] == "urn:huashu:problem:blocked"
    assert problem["findings"][0].keys() == {"clause", "severity", "span", "why", "instead"}
    assert not office.channel.got


@pytest.mark.parametrize(
    "change",
    [
        {"text": ""},
        {"text": "\ud800"},
        {"text": "长" * 2001},
        {"text": "{order.eta}到"},
        {"key": ""},
        {"key": "\x00"},
        {"key": "k" * 101},
        {"suggestion": "nothing"},
        {"rank": 0},
        {"reply_id": "\x00"},
        {"colour": "red"},
    ],
    ids=lambda change: ascii(change)[:40],
)
def test_what_cannot_be_sent_is_refused(office: Office, change: dict[str, Any]) -> None:
    asked = office.ask()
    body = {"text": GOOD, "key": "k1", **change}
    path = f"/v1/conversations/{asked.conversation}/messages"
    import json

    response = office.client("li").post(path, content=json.dumps(body), headers={"Content-Type": "application/json"})
    assert response.status_code == 422
    assert "findings" not in response.json()


def test_a_line_is_taken_back_and_the_buyer_waits_again(patient: Office) -> None:
    asked = patient.ask()
    client = patient.client("li")
    sent = _send(client, asked.conversation).json()["message"]
    path = f"/v1/conversations/{asked.conversation}/messages/{sent['id']}"
    assert client.delete(path).json()["delivery"] == "withdrawn"
    assert client.delete(path).status_code == 409
    assert _send(client, asked.conversation).json()["duplicate"]
    with patient.service.database.transaction() as connection:
        talk = get_conversation(connection, asked.conversation)
        kinds = [entry.kind for entry in entries(connection, "lamps") if entry.actor == "li"]
        assert verify(connection, "lamps") is None
    assert talk is not None
    assert talk.waiting_since is not None
    assert kinds == ["sent", "withdrawn"]
    assert not patient.channel.got


def test_what_the_shop_said_before_still_counts_when_a_line_is_taken_back(patient: Office) -> None:
    asked = patient.ask()
    client = patient.client("li")
    _send(client, asked.conversation)
    second = _send(client, asked.conversation, text="抬头和税号发我就行", key="k2").json()["message"]
    assert client.delete(f"/v1/conversations/{asked.conversation}/messages/{second['id']}").status_code == 200
    with patient.service.database.transaction() as connection:
        talk = get_conversation(connection, asked.conversation)
    assert talk is not None
    assert talk.waiting_since is None


def test_a_delivered_line_is_not_taken_back(office: Office) -> None:
    asked = office.ask()
    client = office.client("li")
    sent = _send(client, asked.conversation).json()["message"]
    until(lambda: office.channel.got)
    path = f"/v1/conversations/{asked.conversation}/messages/{sent['id']}"
    assert client.delete(path).status_code == 409
    assert client.post(f"{path}/retry").status_code == 409


def test_a_dead_line_is_tried_again(office: Office) -> None:
    office.channel.faults = [Refused("no such buyer")]
    asked = office.ask()
    client = office.client("li")
    sent = _send(client, asked.conversation).json()["message"]
    path = f"/v1/conversations/{asked.conversation}/messages"
    until(lambda: client.get(path).json()["messages"][-1]["delivery"] == "dead")
    assert client.post(f"{path}/{sent['id']}/retry").json()["delivery"] == "queued"
    until(lambda: client.get(path).json()["messages"][-1]["delivery"] == "delivered")
    assert [message.key for message in office.channel.got] == [sent["id"]]


def test_a_line_of_another_conversation_is_not_there(office: Office) -> None:
    one, other = office.ask(), office.ask(buyer="chen")
    client = office.client("li")
    sent = _send(client, one.conversation).json()["message"]
    response = client.delete(f"/v1/conversations/{other.conversation}/messages/{sent['id']}")
    assert response.status_code == 404


def test_a_suggestion_is_sent_and_another_rejected(office: Office) -> None:
    asked = office.ask()
    client = office.client("li")
    path = f"/v1/conversations/{asked.conversation}"
    offered = until(lambda: client.get(f"{path}/suggestions").json())
    chosen = offered["answer"]["suggestions"][0]
    sent = _send(client, asked.conversation, text=chosen["text"], suggestion=offered["id"], rank=1).json()
    assert sent["message"]["reply_id"] == chosen["reply_id"]
    refusal = {"suggestion": offered["id"], "rank": 2, "reason": "太长了"}
    assert client.post(f"{path}/rejections", json=refusal).status_code == 201
    assert client.post(f"{path}/rejections", json={**refusal, "rank": 9}).status_code == 422
    with office.service.database.transaction() as connection:
        kinds = [event.kind for event in events_after(connection, "lamps", 0, 100)]
        bodies = [entry.body for entry in entries(connection, "lamps") if entry.kind == "rejected"]
    assert "rejected" in kinds
    assert bodies[0] is not None
    assert bodies[0]["reason"] == "太长了"


def test_the_library_is_searched_by_meaning(office: Office) -> None:
    client = office.client("li")
    found = client.get("/v1/shops/lamps/library", params={"q": "增值税专用发票可以开吗", "limit": 5}).json()["replies"]
    assert len(found) == 5
    assert found[0]["topic"].startswith("invoice/")
    asked = office.ask("什么时候发货")
    office.orders.order = {"status": "paid"}
    params = {"q": "什么时候发货", "conversation": asked.conversation}
    assert client.get("/v1/shops/lamps/library", params=params).json()["replies"]
    assert client.get("/v1/shops/lamps/library", params={"q": " "}).status_code == 422


def test_asking_too_often_is_answered_by_when_to_come_back(
    database: Database, shipped: Suggester, settings: Settings
) -> None:
    slow = settings.model_copy(update={"desk": DeskSettings(requests_per_second=0.01, burst=3)})
    office = Office(database, shipped, slow)
    with TestClient(office.app):
        client = office.client("li")
        answers = [client.get("/v1/shops") for _ in range(4)]
        assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
        assert int(answers[-1].headers["Retry-After"]) >= 1
        assert office.client("zhao").get("/v1/shops").status_code == 200
