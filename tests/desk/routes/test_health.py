from __future__ import annotations

from dataclasses import replace

from fastapi.testclient import TestClient

from desk.app import build_app
from desk.service import Service
from desk.storage.database import Database
from desk.suggest import KEYWORDS_ONLY, Suggester
from desk.understand import NoReader
from tests.desk.routes.asking import ASK, with_suggester


def test_health(client: TestClient) -> None:
    assert client.get("/health/live").json() == {"status": "ok", "missing": []}
    assert client.get("/health/ready").json() == {"status": "ok", "missing": []}


def test_health_without_rasa_and_index_is_degraded_and_answers(service: Service) -> None:
    parts = replace(service.desk.suggester.parts, reader=NoReader(), encoder=None, notes=(KEYWORDS_ONLY,))
    with TestClient(build_app(with_suggester(service, Suggester(parts)))) as client:
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
