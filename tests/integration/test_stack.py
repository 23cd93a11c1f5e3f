"""`huashu run` as a person uses it: started, asked, hurt, stopped."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import psutil
import pytest

from desk.settings import PROJECT, Settings
from launch.ports import free_port

PATIENCE = 180.0
MESSAGE = {"text": "能开专票吗", "platform": "tmall", "shop": "demo-tmall"}


@pytest.fixture(scope="module")
def stack(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    """A running stack on ports of its own, with a `var` of its own whose contents are this checkout's.

    The stamps are copies: what this stack sets up anew stays in its own `var`, and so does the word that it is done.
    """
    var = tmp_path_factory.mktemp("stack") / "var"
    var.mkdir()
    for name in ("encoders", "index", "models", "rules"):
        if (settings.var / name).exists():
            (var / name).symlink_to(settings.var / name)
    shutil.copytree(settings.var / "stamps", var / "stamps")
    ports = {name: str(free_port()) for name in ("HUASHU_DESK__PORT", "HUASHU_RASA__PORT", "HUASHU_RASA__ACTION_PORT")}
    with (var / "stderr.log").open("wb") as errors:
        process = subprocess.Popen(
            [sys.executable, "-m", "cli.main", "run", "--json"],
            cwd=PROJECT,
            env={**os.environ, **ports, "HUASHU_VAR": str(var)},
            stdout=subprocess.PIPE,
            stderr=errors,
            start_new_session=True,
        )
    assert process.stdout is not None
    line = process.stdout.readline()
    assert line, (var / "stderr.log").read_text("utf-8")
    yield {**json.loads(line), "process": process, "var": var}
    if process.poll() is None:
        process.kill()
    process.stdout.close()
    process.wait()


def until(holds: Callable[[], bool]) -> None:
    """Wait until it holds, or fail."""
    deadline = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.2)


def ask(stack: dict[str, Any]) -> dict[str, Any]:
    answer: dict[str, Any] = httpx.post(f"{stack['desk']}/v1/suggestions", json=MESSAGE, timeout=30).json()
    return answer


def source(stack: dict[str, Any]) -> str:
    """Who reads a message that nobody has asked about before: readings are remembered for a while."""
    message = {**MESSAGE, "text": f"{MESSAGE['text']} {time.monotonic_ns()}"}
    answer = httpx.post(f"{stack['desk']}/v1/suggestions", json=message, timeout=30).json()
    return str(answer["understanding"]["source"])


def test_the_desk_answers_with_rasas_reading(stack: dict[str, Any]) -> None:
    until(lambda: source(stack) == "rasa")
    answer = ask(stack)
    assert answer["understanding"]["intents"][0]["name"] == "invoice"
    assert answer["suggestions"]
    assert httpx.get(f"{stack['desk']}/health/ready").json() == {"status": "ok", "missing": []}


def test_the_page_and_the_description_of_the_api_are_served(stack: dict[str, Any]) -> None:
    assert "话术" in httpx.get(stack["desk"]).text
    assert "/v1/suggestions" in httpx.get(f"{stack['desk']}/openapi.json").json()["paths"]


def test_the_rasa_dialogue_says_what_the_desk_suggests(stack: dict[str, Any]) -> None:
    body = {"sender": "b1", "message": "在吗", "metadata": {"platform": "tmall", "shop": "demo-tmall"}}
    said = httpx.post(f"{stack['rasa']}/webhooks/rest/webhook", json=body, timeout=30).json()
    assert said
    assert said[0]["text"]


def test_a_second_stack_of_the_checkout_is_refused(stack: dict[str, Any]) -> None:
    second = subprocess.run(
        [sys.executable, "-m", "cli.main", "run"],
        cwd=PROJECT,
        env={**os.environ, "HUASHU_VAR": str(stack["var"])},
        capture_output=True,
        text=True,
        check=False,
    )
    assert second.returncode == 3
    assert stack["desk"] in second.stderr
    assert "Traceback" not in second.stderr


def test_a_killed_rasa_is_started_again_and_the_desk_answers_meanwhile(stack: dict[str, Any]) -> None:
    port = int(stack["rasa"].rsplit(":", 1)[1])
    children = psutil.Process(stack["process"].pid).children(recursive=True)
    serving = [child for child in children if any(at.laddr.port == port for at in child.net_connections(kind="tcp"))]
    assert serving
    for process in serving:
        process.kill()
    until(lambda: source(stack) == "retrieval")
    assert ask(stack)["suggestions"]
    until(lambda: source(stack) == "rasa")


def test_one_ctrl_c_stops_everything(stack: dict[str, Any]) -> None:
    process: subprocess.Popen[bytes] = stack["process"]
    children = psutil.Process(process.pid).children(recursive=True)
    process.send_signal(signal.SIGINT)
    process.wait(timeout=PATIENCE)
    until(lambda: not [child for child in children if child.is_running() and child.status() != psutil.STATUS_ZOMBIE])
    assert not (Path(stack["var"]) / "run" / "stack.json").exists()
