from __future__ import annotations

import json
import subprocess
import sys

from desk.settings import PROJECT

PROGRAM = """
import logging
from contracts.conversation import Delivery
from contracts.errors import ServiceDown
from contracts.turn import Speaker
from desk.journal import Journal, write_json_logs
write_json_logs()
journal = Journal()
journal.received("lamps", "c1", duplicate=False)
journal.sent("lamps", "c1", Speaker.AGENT)
journal.delivered("lamps", "c1", Delivery.DEAD, 8)
for error in (ValueError("我的电话是一二三"), ServiceDown("no answer")):
    try:
        raise error
    except Exception:
        logging.getLogger("huashu.desk").exception("a step failed")
logging.getLogger("uvicorn.error").info("started")
logging.getLogger("uvicorn.access").info("192.0.2.1 GET /v1/shops/lamps/library?q=")
"""


def _lines() -> list[dict[str, object]]:
    run = subprocess.run([sys.executable, "-c", PROGRAM], cwd=PROJECT, capture_output=True, text=True, check=True)
    assert "电话" not in run.stderr
    return [json.loads(line) for line in run.stderr.splitlines()]


def test_the_log_is_json_with_ids_and_without_words() -> None:
    received, sent, dead, failed, down, server = _lines()
    assert (received["event"], received["conversation"], received["duplicate"]) == ("received", "c1", False)
    assert (sent["event"], sent["speaker"], sent["level"]) == ("sent", "agent", "info")
    assert (dead["state"], dead["attempt"]) == ("dead", 8)
    assert failed["error"] == "ValueError"
    assert failed["at"]
    assert "reason" not in failed
    assert down["reason"] == "no answer"
    assert (server["event"], server["logger"]) == ("started", "uvicorn.error")
    assert all(line["timestamp"] for line in (received, failed, server))
