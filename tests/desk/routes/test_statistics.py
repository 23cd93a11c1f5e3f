from __future__ import annotations

from tests.desk.office import Office

PATH = "/v1/shops/lamps/statistics"


def test_the_book_of_a_shop(office: Office) -> None:
    talk = office.ask().conversation
    body = {"text": "专票这边可以开的，您放心", "key": "k"}
    assert office.client("li").post(f"/v1/conversations/{talk}/messages", json=body).status_code == 201
    book = office.client("zhao").get(PATH).json()
    assert (book["total"]["buyers"], book["total"]["received"], book["total"]["written"]) == (1, 1, 1)
    assert book["total"]["people"]["within_limit"] == 1
    assert book["total"]["conversion"] is None
    assert (len(book["days"]), len(book["hours"])) == (30, 24)
    assert [entry["agent"] for entry in book["agents"]] == ["li"]
    assert book["limit"]["seconds"] == 180
    assert all(text["zh"] and text["en"] for text in book["formulas"].values())


def test_only_a_leader_sees_single_agents(office: Office) -> None:
    li, zhao = office.client("li"), office.client("zhao")
    assert li.get(PATH).json()["agents"] is None
    assert li.get(f"{PATH}.csv", params={"by": "agent"}).status_code == 403
    assert zhao.get(f"{PATH}.csv", params={"by": "agent"}).status_code == 200


def test_the_table_opens_in_excel(office: Office) -> None:
    answer = office.client("li").get(f"{PATH}.csv", params={"from": "2026-11-01", "to": "2026-11-02"})
    assert answer.headers["content-type"].startswith("text/csv")
    assert answer.headers["content-disposition"] == (
        'attachment; filename="statistics-lamps-2026-11-01-2026-11-02-day.csv"'
    )
    assert answer.content.startswith("\ufeff日期".encode())
    assert len(answer.text.splitlines()) == 4


def test_too_long_a_period_is_refused(office: Office) -> None:
    assert office.client("li").get(PATH, params={"from": "2020-01-01", "to": "2026-01-01"}).status_code == 422
