from __future__ import annotations

from typing import Any

import pytest
from fastapi.testclient import TestClient

from desk.app import build_app
from desk.service import Service
from desk.suggest import Suggester
from tests.desk.routes.asking import ASK, ROUTES, post, refused, with_suggester


@pytest.mark.parametrize(("path", "good"), ROUTES)
@pytest.mark.parametrize("field", ["text", "platform"])
def test_a_lone_surrogate_is_answered_or_refused(
    client: TestClient, path: str, good: dict[str, str], field: str
) -> None:
    status, answer = post(client, path, {**good, field: f"{good[field]}\ud83d"})
    assert status in ((200, 422) if field == "text" else (422,))
    if status == 422:
        refused(answer)


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
    status, answer = post(client, path, {**good, **change})
    assert status == 422
    assert says in refused(answer)
    if not says:
        assert answer["field"] == next(iter(change))


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
    status, answer = post(client, path, body)
    assert status in (400, 422)
    refused(answer)


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("GET", "/v1/nothing", 404), ("GET", "/v1/check", 405), ("DELETE", "/v1/suggestions", 405), ("POST", "/", 405)],
)
def test_every_error_has_the_same_form(client: TestClient, method: str, path: str, status: int) -> None:
    response = client.request(method, path, headers={"content-length": "0"})
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    refused(response.json())


def test_an_error_that_nobody_foresaw_tells_nothing(service: Service) -> None:
    class Broken(Suggester):
        def suggest(self, *_arguments: object) -> Any:
            raise RuntimeError("secret of the house")

    broken = with_suggester(service, Broken(service.desk.suggester.parts))
    with TestClient(build_app(broken), raise_server_exceptions=False) as client:
        response = client.post("/v1/suggestions", json=ASK)
    assert response.status_code == 500
    assert "secret" not in response.text
    refused(response.json())
