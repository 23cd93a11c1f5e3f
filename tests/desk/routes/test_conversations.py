from __future__ import annotations

from typing import Any

from contracts.errors import ServiceDown
from tests.desk.office import Office, until

GOOD = "可以开的亲，付款后把抬头发我，免费给您开"


def _page(office: Office, agent: str = "li", shop: str = "lamps", **asked: Any) -> dict[str, Any]:
    response = office.client(agent).get(f"/v1/shops/{shop}/conversations", params=asked)
    assert response.status_code == 200, response.text
    page: dict[str, Any] = response.json()
    return page


def test_only_the_shops_of_the_caller_are_listed(office: Office) -> None:
    assert [shop["id"] for shop in office.client("li").get("/v1/shops").json()] == ["lamps"]
    assert [shop["id"] for shop in office.client("wang").get("/v1/shops").json()] == ["shoes"]


def test_those_who_wait_come_first_and_pages_hold_each_conversation_once(office: Office) -> None:
    asked = [office.ask(buyer=f"b{number}").conversation for number in range(7)]
    client = office.client("li")
    for conversation in asked[:3]:
        sent = client.post(f"/v1/conversations/{conversation}/messages", json={"text": GOOD, "key": "k"})
        assert sent.status_code == 201
    wanted = [*asked[3:], *reversed(asked[:3])]
    until(lambda: len(office.channel.got) == 3)
    seen: list[str] = []
    cursor = None
    while True:
        page = _page(office, limit=2, **({"cursor": cursor} if cursor else {}))
        seen += [talk["id"] for talk in page["conversations"]]
        cursor = page["next"]
        if cursor is None:
            break
    assert seen == wanted
    assert page["event"] >= 10


def test_the_conversation_of_one_buyer_is_found_by_the_channels_id(office: Office) -> None:
    asked = {buyer: office.ask(buyer=buyer).conversation for buyer in ("zhang", "zhang2")}
    assert [talk["id"] for talk in _page(office, buyer="zhang")["conversations"]] == [asked["zhang"]]
    assert _page(office, buyer="nobody")["conversations"] == []
    assert office.client("li").get("/v1/shops/lamps/conversations", params={"buyer": ""}).status_code == 422


def test_a_waiting_conversation_has_its_clock(office: Office) -> None:
    office.ask()
    (talk,) = _page(office)["conversations"]
    assert talk["clock"]["goal_at"] < talk["clock"]["limit_at"]
    assert talk["waiting_since"]


def test_a_cursor_of_somebody_else_is_refused(office: Office) -> None:
    for cursor in ("x", "e30=", "W10=", "bnVsbA==", "票", "WzEsMiwzXQ==", "WyJ0cnVlIiwgIjIwMjYiLCAiYSJd"):
        response = office.client("li").get("/v1/shops/lamps/conversations", params={"cursor": cursor})
        assert response.status_code == 422, cursor
        assert "cursor" in response.json()["detail"]


def test_a_conversation_with_what_belongs_to_it(office: Office) -> None:
    office.orders.order = {"status": "paid", "number": "7"}
    asked = office.ask()
    client = office.client("li")
    path = f"/v1/conversations/{asked.conversation}"
    until(lambda: client.get(f"{path}/suggestions").json())
    detail = client.get(path).json()
    assert detail["conversation"]["id"] == asked.conversation
    assert [line["text"] for line in detail["lines"]["messages"]] == ["能开专票吗"]
    assert detail["lines"]["before"] is None
    assert detail["suggested"]["message"] == asked.message
    assert detail["suggested"]["answer"]["suggestions"]
    assert detail["order"] == {"fields": {"status": "paid", "number": "7"}, "note": ""}


def test_orders_that_cannot_be_asked_are_said(office: Office) -> None:
    asked = office.ask()
    office.orders.down = ServiceDown("timeout")
    order = office.client("li").get(f"/v1/conversations/{asked.conversation}").json()["order"]
    assert order["fields"] == {}
    assert "timeout" in order["note"]


def test_lines_are_paged_backwards(office: Office) -> None:
    for number in range(1, 6):
        asked = office.ask(f"第{number}句")
    client = office.client("li")
    path = f"/v1/conversations/{asked.conversation}/messages"
    last = client.get(path, params={"limit": 2}).json()
    assert [line["number"] for line in last["messages"]] == [4, 5]
    earlier = client.get(path, params={"limit": 3, "before": last["before"]}).json()
    assert [line["number"] for line in earlier["messages"]] == [1, 2, 3]
    assert earlier["before"] is None


def test_a_draft_is_checked_in_its_conversation(office: Office) -> None:
    asked = office.ask("可以给我开张发票吗")
    path = f"/v1/conversations/{asked.conversation}/check"
    client = office.client("li")
    assert client.post(path, json={"text": "不行的哦亲"}).json()["blocked"]
    assert not client.post(path, json={"text": "可以的哦亲"}).json()["blocked"]


def test_nobody_who_has_not_logged_in_sees_anything(office: Office) -> None:
    client = office.client("li")
    client.headers.pop("Cookie")
    response = client.get("/v1/shops/lamps/conversations")
    assert response.status_code == 401
    assert response.headers["content-type"] == "application/problem+json"


def test_the_list_shows_the_last_line_what_waits_and_what_is_urgent(office: Office) -> None:
    office.ask("在吗", buyer="b1")
    office.ask("我的手被灯烫伤了，流血了" + "啊" * 200, buyer="b1")
    asked = office.ask("能开专票吗", buyer="b2").conversation
    client = office.client("li")
    assert client.post(f"/v1/conversations/{asked}/messages", json={"text": GOOD, "key": "k"}).status_code == 201
    urgent, answered = _page(office)["conversations"]
    assert urgent["unanswered"] == 2
    assert urgent["urgent"] == "使用商品受伤或有安全隐患"
    assert urgent["last"]["speaker"] == "buyer"
    assert len(urgent["last"]["text"]) == 80
    assert (answered["unanswered"], answered["urgent"]) == (0, "")
    assert answered["last"]["text"] == GOOD


def test_a_summary_is_the_entry_of_the_list(office: Office) -> None:
    office.ask()
    (talk,) = _page(office)["conversations"]
    summary = office.client("li").get(f"/v1/conversations/{talk['id']}/summary").json()
    for moving in ("clock", "updated_at"):
        assert bool(summary.pop(moving)) == bool(talk.pop(moving))
    assert summary == talk
    assert office.client("wang").get(f"/v1/conversations/{talk['id']}/summary").status_code == 404
