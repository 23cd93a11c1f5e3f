"""Asking the routes that anybody may ask, and what every refusal looks like."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from fastapi.testclient import TestClient

from desk.service import Service
from desk.suggest import Suggester

ASK = {"text": "能开专票吗", "platform": "tmall"}
CHECK = {"text": "要票的话加6个点", "platform": "tmall"}
JSON = {"content-type": "application/json"}
ROUTES = [("/v1/suggestions", ASK), ("/v1/check", CHECK)]


def post(client: TestClient, path: str, body: Any) -> tuple[int, dict[str, Any]]:
    content = body if isinstance(body, (str, bytes)) else json.dumps(body)
    response = client.post(path, content=content, headers=JSON)
    assert "Traceback" not in response.text
    assert ".py" not in response.text
    answer: dict[str, Any] = response.json()
    return response.status_code, answer


def refused(answer: dict[str, Any]) -> str:
    """The message of an error, which always has the same form."""
    assert answer.keys() - {"field"} == {"type", "title", "status", "detail"}
    message: str = answer["detail"]
    assert message
    return message


def with_suggester(service: Service, suggester: Suggester) -> Service:
    """The same service with other suggestions."""
    return replace(service, desk=replace(service.desk, suggester=suggester))
