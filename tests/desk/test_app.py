from __future__ import annotations

from fastapi.testclient import TestClient

from desk.app import build_app
from desk.service import Service
from tests.desk.routes.asking import ROUTES
from tests.desk.test_wire import FINDING_KEYS, SUGGEST_KEYS, SUGGESTION_KEYS


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
