"""Requests that nobody would think of, made from the OpenAPI document: none breaks the desk."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest
import schemathesis
from fastapi.testclient import TestClient

from desk.settings import DeskSettings, Settings
from desk.storage.agents import add_agent
from desk.storage.database import Database
from desk.suggest import Suggester
from tests.desk.office import Office

EXAMPLES = 10
"""Requests for each operation; raise it to look harder."""

TOLD = ("method", "url", "headers", "params", "json", "data", "content")


@pytest.fixture
def boss(shipped: Suggester, settings: Settings, tmp_path: Path) -> Iterator[Office]:
    """An office with an admin, who may ask for everything, and a conversation to ask about."""
    quick = settings.model_copy(update={"desk": DeskSettings(undo_seconds=0, requests_per_second=0)})
    office = Office(Database.open(f"sqlite:///{tmp_path / 'desk.db'}"), shipped, quick)
    with office.service.database.transaction() as connection:
        now = office.service.clock()
        add_agent(connection, "boss", "boss", "no password", now, admin=True, must_change=False)
    with TestClient(office.app):
        office.ask()
        yield office


def _names(office: Office) -> dict[str, str]:
    """What the placeholders of paths may stand for, so that requests come as far as what they are about."""
    talk = office.ask("有货吗", buyer="wang").conversation
    sent = office.client("boss").post(f"/v1/conversations/{talk}/messages", json={"text": "有货的亲", "key": "k"})
    return {"shop": "lamps", "conversation": talk, "message": sent.json()["message"]["id"], "agent": "li"}


@pytest.mark.filterwarnings("ignore:Use .content=:DeprecationWarning")  # how schemathesis sends an empty body
@pytest.mark.parametrize("there", [False, True], ids=["names that nobody gave", "what is there"])
def test_no_request_breaks_the_desk(boss: Office, there: bool) -> None:
    client = boss.client("boss")
    names = _names(boss) if there else {}
    schema = schemathesis.openapi.from_dict(boss.app.openapi())
    tried = 0
    for result in schema.get_all_operations():
        operation = result.ok()

        @hypothesis.given(case=operation.as_strategy())
        @hypothesis.settings(
            max_examples=EXAMPLES,
            deadline=None,
            database=None,
            derandomize=True,
            suppress_health_check=list(hypothesis.HealthCheck),
        )
        def ask(case: schemathesis.Case) -> None:
            case.path_parameters = {name: names.get(name, value) for name, value in case.path_parameters.items()}
            asked = case.as_transport_kwargs(base_url=str(client.base_url))
            asked["headers"] = {**client.headers, **asked["headers"]}
            answer = client.request(**{name: asked[name] for name in TOLD if name in asked})
            assert answer.status_code < 500, answer.text
            if answer.status_code >= 400:
                assert answer.headers["content-type"] == "application/problem+json"

        ask()
        tried += 1
    assert tried >= 20
