from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
import yaml

from evaluation.peers.job import Job, Options
from evaluation.peers.protocol import Ask
from evaluation.peers.running import Place, run_peer
from tests.evaluation.peers.conformance import REPLIES


@pytest.fixture(scope="module")
def rasa_python(project: Path) -> Path:
    python = project / ".venv-rasa" / "bin" / "python"
    if not python.exists():
        pytest.skip("needs the Rasa runtime")
    return python


def test_it_answers_by_topic_on_every_platform(project: Path, rasa_python: Path) -> None:
    asks = [Ask("1", "能开发票吗", "tmall"), Ask("2", "什么时候发货", "jd"), Ask("3", "怎么退货", "jd")]
    environment = {**os.environ, "PYTHONWARNINGS": "ignore", "RASA_TELEMETRY_ENABLED": "false"}
    outcome = run_peer("rasa-selector", Job(REPLIES, asks, Options()), Place(project, rasa_python, environment), id)
    assert outcome.failure == ""
    first = [given.hits[0].reply_id for given in outcome.answers]
    assert first[:2] == ["invoice", "ship"]
    assert all(hit.reply_id != "return" for hit in outcome.answers[2].hits)
    assert all(len({hit.reply_id for hit in given.hits}) == len(given.hits) for given in outcome.answers)


def test_questions_that_rasa_would_misread_are_written_plainly(project: Path, rasa_python: Path) -> None:
    code = (
        "from evaluation.peers.protocol import Canned\n"
        "from evaluation.peers.response_selector import project_of\n"
        "reply = Canned('a', 'invoice/issue', frozenset(), '可以', ('[订单x]开票', '能 开\\n票吗', '[]'))\n"
        "print(project_of({'invoice.issue': [reply]}))\n"
    )
    run = subprocess.run([rasa_python, "-W", "ignore", "-c", code], cwd=project, capture_output=True, check=True)
    written = yaml.safe_load(run.stdout)
    assert written["nlu"] == [{"intent": "faq/invoice.issue", "examples": "- 订单x开票\n- 能 开 票吗\n"}]
    assert written["responses"] == {"utter_faq/invoice.issue": [{"text": "可以"}]}
