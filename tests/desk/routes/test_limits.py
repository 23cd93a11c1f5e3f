from __future__ import annotations

import json

import pytest
from fastapi.testclient import TestClient

from desk.routes.limits import MAX_BODY
from tests.desk.routes.asking import CHECK, JSON, ROUTES, post, refused


@pytest.mark.parametrize(("path", "_good"), ROUTES)
def test_a_body_that_is_too_large_is_refused(client: TestClient, path: str, _good: object) -> None:
    status, answer = post(client, path, b" " * (MAX_BODY + 1))
    assert status == 413
    assert str(MAX_BODY) in refused(answer)


def test_a_body_of_unknown_length_is_refused(client: TestClient) -> None:
    response = client.post("/v1/check", content=iter([json.dumps(CHECK).encode()]), headers=JSON)
    assert response.status_code in (411, 413)
    refused(response.json())
