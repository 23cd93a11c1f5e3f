from __future__ import annotations

from tests.desk.office import Office


def test_the_rules_of_a_platform(office: Office) -> None:
    li = office.client("li")
    rules = {rule["id"]: rule for rule in li.get("/v1/rules", params={"platform": "tmall"}).json()}
    rule = rules["tmall.invoice.no-tax-surcharge"]
    assert rule["statement_zh"]
    assert rule["statement_en"]
    assert rule["source"]["document"]
    assert len(rule["violating"]) >= 5
    assert li.get("/v1/rules", params={"platform": "ebay"}).status_code == 422


def test_what_rules_stopped_in_a_shop_stands_first(office: Office) -> None:
    talk = office.ask().conversation
    li = office.client("li")
    for key in ("a", "b"):
        body = {"text": "开票要加6个点", "key": key}
        assert li.post(f"/v1/conversations/{talk}/messages", json=body).status_code == 422
    answer = li.get("/v1/shops/lamps/rules").json()
    assert answer["platform"] == "tmall"
    assert answer["clauses"][0]["stopped"] == 2
    assert sum(rule["stopped"] for rule in office.client("wang").get("/v1/shops/shoes/rules").json()["clauses"]) == 0
