from __future__ import annotations

from typing import Any

from desk.storage.orders import OrderRow, put_orders
from desk.storage.shops import lock_shop
from tests.desk.office import Office

PROBLEMS = "/v1/shops/lamps/problems"


def test_a_problem_is_written_down_answered_and_found_again(office: Office) -> None:
    li, zhao = office.client("li"), office.client("zhao")
    first, _, _ = [li.post(PROBLEMS, json={"text": text}).json() for text in ("灯罩能单买吗", "色温多少", "发不发西藏")]
    answered = zhao.put(f"{PROBLEMS}/{first['id']}/answer", json={"answer": "能，链接在详情页最下面"})
    assert answered.json()["answered_by"] == "zhao"
    page = li.get(PROBLEMS).json()
    assert page["week"] == {"asked": 3, "answered": 1, "open": 2}
    found = li.get(PROBLEMS, params={"q": "详情页"}).json()["problems"]
    assert [problem["text"] for problem in found] == ["灯罩能单买吗"]
    assert len(li.get(PROBLEMS, params={"state": "open"}).json()["problems"]) == 2
    assert "链接在详情页" in li.get(f"{PROBLEMS}.csv").text


def test_a_problem_about_a_conversation_of_another_shop_is_not_found(office: Office) -> None:
    theirs = office.ask(shop="shoes").conversation
    answer = office.client("li").post(PROBLEMS, json={"text": "这单怎么回", "conversation": theirs})
    assert answer.status_code == 404


def test_a_text_of_blanks_is_refused(office: Office) -> None:
    assert office.client("li").post(PROBLEMS, json={"text": "  "}).status_code == 422


def _order(office: Office, buyer: str) -> None:
    now = office.service.clock()
    with office.service.database.transaction() as connection:
        lock_shop(connection, "lamps")
        put_orders(connection, "lamps", [OrderRow("100001", buyer, now)], now)


def test_buyers_served_and_buyers_who_bought(office: Office) -> None:
    li = office.client("li")
    for buyer in ("zhang", "wu", "chen"):
        talk = office.ask(buyer=buyer).conversation
        for number in range(2):
            body: dict[str, Any] = {"text": f"在的亲，您稍等{number}", "key": f"{buyer}{number}"}
            assert li.post(f"/v1/conversations/{talk}/messages", json=body).status_code == 201
    _order(office, "wu")
    answer = li.get("/v1/shops/lamps/service-book").json()
    (day,) = answer["days"]
    assert (day["agent"], day["served"], day["bought"]) == ("li", 3, 1)
    assert day["rate"] == 1 / 3
    assert "÷" in answer["formula"]
    assert "33.3%" in li.get("/v1/shops/lamps/service-book.csv").text


def test_days_in_the_wrong_order_are_refused(office: Office) -> None:
    params = {"since": "2026-11-20", "until": "2026-11-19"}
    assert office.client("li").get("/v1/shops/lamps/service-book", params=params).status_code == 422
