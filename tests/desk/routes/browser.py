"""A browser of the tests' own: keeps the cookie, and sends the forgery token as the panel does."""

from __future__ import annotations

from typing import Any

from fastapi.testclient import TestClient
from httpx import Response

from tests.desk.people.crew import GOOD


class Browser:
    """One person at one browser."""

    def __init__(self, client: TestClient) -> None:
        self.client = client
        self.csrf = ""

    def enter(self, name: str, password: str = GOOD, **headers: str) -> Response:
        """Log in."""
        answer = self.client.post("/v1/session", json={"name": name, "password": password}, headers=headers)
        if answer.status_code == 200:
            self.csrf = answer.json()["csrf"]
        return answer

    def ask(self, method: str, path: str, body: Any = None, **headers: str) -> Response:
        """A request of the panel."""
        sent = {"X-CSRF-Token": self.csrf, **headers} if self.csrf else headers
        answer = self.client.request(method, path, json=body, headers=sent)
        assert "Traceback" not in answer.text
        return answer
