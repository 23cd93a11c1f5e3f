from __future__ import annotations

import re
import shlex
import subprocess
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from desk.channels import demo
from desk.channels.signing import WINDOW, is_signed
from desk.channels.webhook_door import WebhookLine
from desk.clock import utc_now
from desk.connections import load_connections
from desk.delivery import MOST_TRIES
from desk.orders.csv_file import read_orders
from desk.routes.doors import MOST_BYTES
from desk.settings import ChannelSettings, OrderSettings
from tests.desk.channels.app import build, open_doors, served
from tests.desk.channels.outside import SECRET, load_example
from tests.desk.talk import SmallDesk


@pytest.fixture
def page(project: Path) -> str:
    return (project / "docs" / "channels.md").read_text(encoding="utf-8")


def _block(page: str, kind: str) -> str:
    found = re.search(rf"^```{kind}\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
    assert found is not None
    return found.group(1)


def test_the_test_vector_holds(page: str) -> None:
    vector = dict(line.split(":", 1) for line in _block(page, "text").splitlines())
    secret, timestamp, body, signature = (vector[key].strip() for key in ("secret", "timestamp", "body", "signature"))
    assert is_signed((secret,), timestamp, signature, body.encode(), float(timestamp))
    assert load_example().sign(secret, int(timestamp), body.encode()) == signature
    line = WebhookLine.model_validate_json(body)
    assert line.said_at.timestamp() == float(timestamp)
    assert f"{WINDOW} seconds" in page


def test_the_connection_file_loads(page: str, tmp_path: Path) -> None:
    (tmp_path / "lamps.yml").write_text(_block(page, "yaml"), encoding="utf-8")
    found = load_connections(tmp_path, ["lamps"])
    assert found.webhooks["lamps"].url == yaml.safe_load(_block(page, "yaml"))["webhook"]["url"]
    assert found.orders["lamps"].token


def test_every_field_of_a_line_is_told(page: str) -> None:
    for name in WebhookLine.model_fields:
        assert f"| `{name}` |" in page


def test_figures_are_those_of_the_code(page: str) -> None:
    figures = {
        f"more than {MOST_BYTES:,} bytes": 1,
        f"after {MOST_TRIES} attempts": 1,
        f"at most {demo.LONGEST} characters, {ChannelSettings().demo_lines} lines a minute": 1,
        f"{OrderSettings().timeout_ms} ms": 1,
        f"remembered for {OrderSettings().remember_seconds:g} seconds": 1,
    }
    assert {figure: page.count(figure) for figure in figures} == figures


def test_the_order_file_is_one(page: str, tmp_path: Path) -> None:
    rows = [line.strip() for line in page.splitlines() if re.match(r"    (number|1001),", line)]
    (tmp_path / "orders.csv").write_text("\n".join(rows), encoding="utf-8")
    zone: Any = datetime.now().astimezone().tzinfo
    (row,) = read_orders(tmp_path / "orders.csv", zone)
    assert (row.number, row.buyer, row.fields["status"]) == ("1001", "wang", "paid")


def test_the_curl_lines_hand_a_line_over(page: str, small_desk: SmallDesk, tmp_path: Path) -> None:
    script = _block(page, "sh")
    for program in ("curl", "openssl"):
        if subprocess.run(["which", program], capture_output=True, check=False).returncode:
            pytest.skip(f"{program} is not installed")
    (tmp_path / "secret.txt").write_text(SECRET, encoding="utf-8")
    small_desk.clock.now = utc_now()
    with served(build(open_doors(small_desk, clock=utc_now))) as url:
        script = script.replace("http://127.0.0.1:8800", url).replace("demo-tmall", "lamps")
        ended = subprocess.run(
            ["bash", "-c", f"cd {shlex.quote(str(tmp_path))}\n{script}"],
            capture_output=True, text=True, check=False, timeout=60,
        )  # fmt: skip
    assert '"duplicate":false' in ended.stdout, ended.stdout + ended.stderr
