"""Suggestions while Rasa answers, while it hangs, and after it has died."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager

import psutil
import pytest

from contracts.platform import Platform
from contracts.turn import Inquiry
from desk.assembly import Desk, assemble
from desk.settings import Settings
from desk.understand import RasaReader
from launch.rasa import temporary_rasa

QUESTION = Inquiry("拍了两天了咋还没发 还有能开票不", Platform.TMALL)


@pytest.fixture(scope="module")
def rasa(settings: Settings) -> Iterator[str]:
    with temporary_rasa(settings) as url:
        yield url


@contextmanager
def desk(settings: Settings, url: str, timeout: float) -> Iterator[Desk]:
    made = assemble(settings, RasaReader(url, timeout))
    yield made
    made.suggester.close()


def listeners(url: str) -> list[psutil.Process]:
    """The processes that listen on the port of `url`."""
    port = int(url.rsplit(":", 1)[1])
    own = psutil.Process().children(recursive=True)
    return [child for child in own if any(at.laddr.port == port for at in child.net_connections(kind="tcp"))]


def test_rasa_reads_both_questions(settings: Settings, rasa: str) -> None:
    with desk(settings, rasa, 10) as serving:
        answer = serving.suggester.suggest(QUESTION)
    assert answer.understanding.source == "rasa"
    assert {guess.name for guess in answer.understanding.intents[:2]} == {"shipping", "invoice"}
    assert {item.candidate.reply.topic.split("/")[0] for item in answer.suggestions} == {"shipping", "invoice"}


@pytest.mark.parametrize(
    ("buyer", "agent", "intent"),
    [
        ("我的发票呢", "发票已经给您申请了 财务正在开", "invoice"),
        ("我退货的钱呢", "退款已经提交了 请您耐心等待", "returns"),
        ("快递到哪了", "您的包裹正在派送中", "shipping"),
    ],
)
def test_the_lines_before_decide_what_a_fragment_means(rasa: str, buyer: str, agent: str, intent: str) -> None:
    reader = RasaReader(rasa, 10)
    found = reader.read(Inquiry("那还要多久", Platform.JD, previous_agent=agent, previous_buyer=buyer))
    reader.close()
    assert found.intents[0].name == intent


def test_a_hanging_rasa_costs_one_time_out_and_the_suggestions_still_come(settings: Settings, rasa: str) -> None:
    hanging = listeners(rasa)
    assert hanging
    for process in hanging:
        process.send_signal(signal.SIGSTOP)
    try:
        with desk(settings, rasa, 0.3) as serving:
            answers = [serving.suggester.suggest(QUESTION) for _ in range(5)]
    finally:
        for process in hanging:
            process.send_signal(signal.SIGCONT)
    assert all(answer.suggestions and answer.understanding.source == "retrieval" for answer in answers)
    assert "没有按时回答" in answers[0].notes[-1]
    assert "先停几秒" in answers[-1].notes[-1]


def test_a_dead_rasa_leaves_retrieval_alone_and_says_so(settings: Settings, rasa: str) -> None:
    for process in listeners(rasa):
        process.kill()
        process.wait()
    with desk(settings, rasa, 10) as serving:
        answer = serving.suggester.suggest(QUESTION)
    assert answer.suggestions
    assert answer.understanding.source == "retrieval"
    assert answer.understanding.intents
    assert "连接不上" in answer.notes[-1]
