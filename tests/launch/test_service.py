from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from launch.rasa import serving
from launch.service import Service

Make = Callable[..., Service]


@pytest.mark.parametrize(
    ("host", "url"),
    [("127.0.0.1", "http://127.0.0.1:80"), ("0.0.0.0", "http://127.0.0.1:80"), ("::", "http://[::1]:80")],
)
def test_where_it_answers(make_service: Make, host: str, url: str) -> None:
    assert make_service(host=host, port=80).url == url


def test_ready_needs_the_right_answer(make_service: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://192.0.2.1:1")
    (tmp_path / "status").write_text("no model")
    service = make_service(health="/status", accepts=lambda body: body == b"model")
    assert not service.ready()
    with serving(make_service(), 60) as other:
        here = make_service(port=other.port, health="/status", accepts=service.accepts)
        assert not here.ready()
        (tmp_path / "status").write_text("model")
        assert here.ready()
        assert not make_service(port=other.port, health="/nothing").ready()
