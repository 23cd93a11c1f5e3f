from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from fastapi.testclient import TestClient

from contracts.platform import Platform
from desk.app import build_app
from desk.routes.limits import MAX_BODY
from desk.service import Service
from desk.storage.database import Database
from desk.suggest import KEYWORDS_ONLY, Suggester
from desk.understand import NoReader
from tests.desk.test_wire import FINDING_KEYS, SUGGEST_KEYS, SUGGESTION_KEYS

ASK = {"text": "能开专票吗", "platform": "tmall"}
CHECK = {"text": "要票的话加6个点", "platform": "tmall"}
JSON = {"content-type": "application/json"}
ROUTES = [("/v1/suggestions", ASK), ("/v1/check", CHECK)]


@pytest.fixture
def client(service: Service) -> Iterator[TestClient]:
    with TestClient(build_app(service), raise_server_exceptions=False) as client:
        yield client


def _post(client: TestClient, path: str, body: Any) -> tuple[int, dict[str, Any]]:
    content = body if isinstance(body, (str, bytes)) else json.dumps(body)
    response = client.post(path, content=content, headers=JSON)
    assert "Traceback" not in response.text
    assert ".py" not in response.text
    answer: dict[str, Any] = response.json()
    return response.status_code, answer


def _refused(answer: dict[str, Any]) -> str:
    """The message of an error, which always has the same form."""
    assert answer.keys() - {"field"} == {"type", "title", "status", "detail"}
    message: str = answer["detail"]
    assert message
    return message


def test_suggestions(client: TestClient) -> None:
    status, answer = _post(client, "/v1/suggestions", {**ASK, "shop": "demo-tmall", "order": {"status": "paid"}})
    assert status == 200
    assert answer.keys() >= SUGGEST_KEYS
    assert 1 <= len(answer["suggestions"]) <= 3
    assert answer["suggestions"][0].keys() >= SUGGESTION_KEYS
    assert answer["suggestions"][0]["topic"] == "invoice/type"
    assert answer["notes"] == []


@pytest.mark.parametrize("platform", [platform.value for platform in Platform])
def test_suggestions_on_every_platform(client: TestClient, platform: str) -> None:
    status, answer = _post(client, "/v1/suggestions", {**ASK, "platform": platform, "shop": f"demo-{platform}", "k": 1})
    assert status == 200
    assert len(answer["suggestions"]) == 1


def test_what_cannot_be_used_is_noted_and_the_rest_answered(client: TestClient) -> None:
    body = {**ASK, "order": {"status": "payed", "amount": "x"}, "context": {"order.colour": 1, "item.custom": "?"}}
    status, answer = _post(client, "/v1/suggestions", body)
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
    status, answer = _post(client, "/v1/suggestions", {**ASK, **extra})
    assert status == 200, answer
    assert answer["suggestions"]


@pytest.mark.parametrize("body", ['{"order": {"amount": NaN}, ', '{"context": {"shop.ship_hours": Infinity}, '])
def test_numbers_that_json_does_not_have(client: TestClient, body: str) -> None:
    status, answer = _post(client, "/v1/suggestions", body + json.dumps(ASK)[1:])
    assert status in (200, 422)
    assert "nan" not in json.dumps(answer.get("suggestions", [])).lower()


def test_check(client: TestClient) -> None:
    status, answer = _post(client, "/v1/check", {**CHECK, "context": {"order.status": "paid"}})
    assert status == 200
    assert answer["blocked"] is True
    assert answer["findings"][0].keys() == FINDING_KEYS
    start, end = answer["findings"][0]["span"]
    assert 0 <= start < end <= len(CHECK["text"])
    assert answer["warnings"] == []


def test_check_warns_about_what_it_cannot_use(client: TestClient) -> None:
    status, answer = _post(client, "/v1/check", {**CHECK, "text": "可以开的", "context": {"order.colour": "red"}})
    assert (status, answer["blocked"], answer["findings"]) == (200, False, [])
    assert answer["warnings"] == ["unknown context key 'order.colour' is ignored"]


@pytest.mark.parametrize(
    "text", ["", " ", "票" * 100_000, "\x00\x1b[31m", "加\u200b微\u200b信", "🙂" * 1000, "{order.eta}"]
)
def test_any_text_can_be_checked(client: TestClient, text: str) -> None:
    status, answer = _post(client, "/v1/check", {"text": text, "platform": "pdd"})
    assert status == 200
    assert all(0 <= start <= end <= len(text) for start, end in (item["span"] for item in answer["findings"]))


@pytest.mark.parametrize("text", ["", "  \n", "\x00\x01", "\u200b", "\u3000"])
def test_an_empty_message_is_refused(client: TestClient, text: str) -> None:
    status, answer = _post(client, "/v1/suggestions", {**ASK, "text": text})
    assert status == 422
    assert "empty" in _refused(answer)


@pytest.mark.parametrize(
    "text", ["票" * 100_000, "能\x00开\x1b票\x7f吗", "能开\u202e票吗", "<script>alert(1)</script>", "🙂" * 500]
)
def test_a_strange_message_is_answered(client: TestClient, text: str) -> None:
    status, answer = _post(client, "/v1/suggestions", {**ASK, "text": text})
    assert status == 200
    assert answer["reason"]


@pytest.mark.parametrize(("path", "good"), ROUTES)
@pytest.mark.parametrize("field", ["text", "platform"])
def test_a_lone_surrogate_is_answered_or_refused(
    client: TestClient, path: str, good: dict[str, str], field: str
) -> None:
    status, answer = _post(client, path, {**good, field: f"{good[field]}\ud83d"})
    assert status in ((200, 422) if field == "text" else (422,))
    if status == 422:
        _refused(answer)


BAD = [
    pytest.param({"platform": "amazon"}, "amazon", id="unknown platform"),
    pytest.param({"platform": ""}, "known: tmall", id="no platform"),
    pytest.param({"platform": None}, "", id="platform null"),
    pytest.param({"text": None}, "", id="text null"),
    pytest.param({"text": 5}, "", id="text a number"),
    pytest.param({"text": ["能开吗"]}, "", id="text a list"),
    pytest.param({"colour": "red"}, "", id="unknown key"),
    pytest.param({"context": "none"}, "", id="context a word"),
]


@pytest.mark.parametrize(("path", "good"), ROUTES)
@pytest.mark.parametrize(("change", "says"), BAD)
def test_bad_input_is_refused_with_the_field(
    client: TestClient, path: str, good: dict[str, str], change: dict[str, Any], says: str
) -> None:
    status, answer = _post(client, path, {**good, **change})
    assert status == 422
    assert says in _refused(answer)
    if not says:
        assert answer["field"] == next(iter(change))


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
    status, answer = _post(client, "/v1/suggestions", {**ASK, **change})
    assert status == 422
    assert says in _refused(answer)


@pytest.mark.parametrize(("path", "_good"), ROUTES)
@pytest.mark.parametrize(
    "body",
    [
        "",
        "{",
        "null",
        "[]",
        '"text"',
        b"\xff\xfe",
        '{"text": "a", "platform": "jd",}',
        "[" * 100_000,
        '{"text": ' + "9" * 5_000 + "}",
        '{"text": "a"',
    ],
    ids=lambda body: repr(body)[:30],
)
def test_a_broken_body_is_refused(client: TestClient, path: str, _good: object, body: str | bytes) -> None:
    status, answer = _post(client, path, body)
    assert status in (400, 422)
    _refused(answer)


@pytest.mark.parametrize(("path", "_good"), ROUTES)
def test_a_body_that_is_too_large_is_refused(client: TestClient, path: str, _good: object) -> None:
    status, answer = _post(client, path, b" " * (MAX_BODY + 1))
    assert status == 413
    assert str(MAX_BODY) in _refused(answer)


def test_a_body_of_unknown_length_is_refused(client: TestClient) -> None:
    response = client.post("/v1/check", content=iter([json.dumps(CHECK).encode()]), headers=JSON)
    assert response.status_code in (411, 413)
    _refused(response.json())


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("GET", "/v1/nothing", 404), ("GET", "/v1/check", 405), ("DELETE", "/v1/suggestions", 405), ("POST", "/", 405)],
)
def test_every_error_has_the_same_form(client: TestClient, method: str, path: str, status: int) -> None:
    response = client.request(method, path, headers={"content-length": "0"})
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    _refused(response.json())


def _with(service: Service, suggester: Suggester) -> Service:
    return replace(service, desk=replace(service.desk, suggester=suggester))


def test_an_error_that_nobody_foresaw_tells_nothing(service: Service) -> None:
    class Broken(Suggester):
        def suggest(self, *_arguments: object) -> Any:
            raise RuntimeError("secret of the house")

    broken = _with(service, Broken(service.desk.suggester.parts))
    with TestClient(build_app(broken), raise_server_exceptions=False) as client:
        response = client.post("/v1/suggestions", json=ASK)
    assert response.status_code == 500
    assert "secret" not in response.text
    _refused(response.json())


def test_health(client: TestClient) -> None:
    assert client.get("/health/live").json() == {"status": "ok", "missing": []}
    assert client.get("/health/ready").json() == {"status": "ok", "missing": []}


def test_health_without_rasa_and_index_is_degraded_and_answers(service: Service) -> None:
    parts = replace(service.desk.suggester.parts, reader=NoReader(), encoder=None, notes=(KEYWORDS_ONLY,))
    with TestClient(build_app(_with(service, Suggester(parts)))) as client:
        assert client.get("/health/live").status_code == 200
        health = client.get("/health/ready").json()
        assert health["status"] == "degraded"
        assert [item["part"] for item in health["missing"]] == ["rasa", "index"]
        answer = client.post("/v1/suggestions", json=ASK).json()
    assert answer["suggestions"]
    assert answer["understanding"]["source"] == "retrieval"
    assert len(answer["notes"]) == 2


def test_without_its_database_the_desk_is_not_ready(service: Service) -> None:
    class Gone(Database):
        def answers(self) -> bool:
            return False

    with TestClient(build_app(replace(service, database=Gone(service.database.engine)))) as client:
        response = client.get("/health/ready")
    assert response.status_code == 503
    assert response.json()["status"] == "down"
    assert response.json()["missing"][0]["part"] == "database"
    service.database.close()


def test_metrics_are_for_prometheus(client: TestClient) -> None:
    response = client.get("/metrics")
    assert response.status_code == 200
    assert response.headers["content-type"].startswith("text/plain")


def test_the_page_to_try_it(client: TestClient) -> None:
    response = client.get("/")
    assert response.status_code == 200
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    assert "/v1/suggestions" in response.text


def test_openapi_has_the_schemas(client: TestClient) -> None:
    document = client.get("/openapi.json").json()
    schemas = document["components"]["schemas"]
    assert schemas["SuggestionsAnswer"]["properties"].keys() >= SUGGEST_KEYS
    assert schemas["SuggestionSchema"]["properties"].keys() >= SUGGESTION_KEYS
    assert schemas["FindingSchema"]["properties"].keys() == FINDING_KEYS
    assert schemas["CheckAnswer"]["properties"].keys() >= {"blocked", "findings"}
    for path, _ in ROUTES:
        post = document["paths"][path]["post"]
        assert post["summary"]
        assert post["description"]
        assert post["responses"]["422"]["content"]["application/problem+json"]["schema"]["$ref"].endswith("/Problem")


def test_the_end_of_the_application_closes_the_desk(service: Service) -> None:
    with TestClient(build_app(service)):
        pass
    assert service.desk.suggester.parts.reader.closed  # type: ignore[attr-defined]
