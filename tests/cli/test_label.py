from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.cli.conftest import Huashu

LINE = {
    "id": "d1",
    "platform": "tmall",
    "turns": [{"speaker": "buyer", "text": "能开发票吗"}, {"speaker": "agent", "text": "可以的"}],
}

MARKS = [{"turn": 0, "topics": ["invoice/issue"]}]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "chats.jsonl"
    path.write_text(json.dumps(LINE, ensure_ascii=False) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def served(project: Path, small_data: Path, small_var: Path, file: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """`huashu label` of the file, and the address it prints."""
    places = {"HUASHU_DATA": str(small_data), "HUASHU_VAR": str(small_var), "HUASHU_ENCODER__MODEL": "not/prepared"}
    command = [sys.executable, "-m", "cli.main", "label", str(file), "--no-rasa", "--no-browser", "--json"]
    environment = {**os.environ, **places}
    with subprocess.Popen(command, cwd=project, env=environment, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            yield process, json.loads(process.stdout.readline())["url"]
        finally:
            process.kill()


def test_a_file_is_labelled_and_ctrl_c_ends_it(served: tuple[subprocess.Popen[str], str], file: Path) -> None:
    process, url = served
    assert "标注对话" in httpx.get(url, trust_env=False, timeout=60).text
    tasks = httpx.get(f"{url}tasks", trust_env=False, timeout=60).json()["tasks"]
    number = [task["speaker"] for task in tasks].index("buyer")
    answer = httpx.put(f"{url}tasks/{number}", json=MARKS, trust_env=False, timeout=60)
    assert answer.status_code == 200
    assert json.loads(file.read_text(encoding="utf-8"))["turns"][0]["intents"] == ["invoice"]
    process.send_signal(signal.SIGINT)
    assert process.wait(60) in (0, 130)


def test_a_file_that_is_not_there(huashu: Huashu) -> None:
    ended = huashu("label", "nothing.jsonl", "--no-rasa", "--no-browser")
    assert (ended.code, "nothing.jsonl: cannot be read" in ended.err) == (2, True)


def test_a_port_that_is_taken(huashu: Huashu, file: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        ended = huashu("label", str(file), "--no-rasa", "--no-browser", "--port", port)
    assert (ended.code, f"port {port} cannot be used" in ended.err) == (2, True)
