from __future__ import annotations

import json
import shutil
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from contracts.conversation import Incoming
from contracts.understanding import Guess, Understanding
from desk.assistant import Assistant
from desk.inbox import Inbox
from desk.send import Draft, Sender
from desk.shops import load_shops
from desk.storage.database import Database
from desk.storage.shops import note_shops
from desk.storage.suggestions import latest_suggested
from retrieval.ranking_record import load_weights
from retrieval.slots import SLOT_NAMES
from tests.cli.conftest import Huashu
from tests.desk.small_parts import SMALL_DATA, small_suggester
from tests.desk.talk import Orders
from tests.doubles import FixedReader

START = datetime(2026, 11, 20, 2, 0, tzinfo=timezone.utc)
TAKEN = "可以开的，付款后在订单里申请就好"


READ = Understanding((Guess("invoice", 0.9),), (Guess("invoice/issue", 0.8), Guess("invoice/type", 0.1)))


def answered(url: str, *texts: str) -> None:
    """As many buyers ask demo-tmall whether there are invoices, and get these texts.

    One that holds the suggestion was made of it, the others were written by hand.
    """
    database, suggester, now = Database.open(url), small_suggester(), START
    shops = load_shops(SMALL_DATA / "shops", SLOT_NAMES)
    with database.transaction() as connection:
        note_shops(connection, [shops.find(name) for name in shops.ids])

    def clock() -> datetime:
        return now

    orders = Orders()
    inbox = Inbox(database, lambda: None, clock)
    assistant = Assistant(database, suggester, shops, orders, "a1", clock)
    sender = Sender(database, suggester.parts.checker, shops, orders, lambda: None, timedelta(), clock)
    for number, text in enumerate(texts):
        line = Incoming("demo-tmall", "memory", f"b{number}", "我电话13812345678能开发票吗", f"x{number}", now)
        talk = inbox.receive(line).conversation
        while assistant.step():
            pass
        now += timedelta(seconds=5)
        with database.transaction() as connection:
            offered = latest_suggested(connection, talk)
        assert offered is not None
        made_of = (offered.id, 1) if TAKEN in text else (None, None)
        sender.send(Draft(talk, text, "li", "k", suggestion=made_of[0], rank=made_of[1]))
    suggester.close()
    database.close()


@pytest.fixture
def url(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The address of an empty database, which the commands use."""
    address = f"sqlite:///{tmp_path / 'desk.db'}"
    monkeypatch.setenv("HUASHU_STORAGE__URL", address)
    return address


@pytest.fixture
def shop(url: str) -> None:
    """Three buyers got the suggestion, a changed one, and another text."""
    answered(url, TAKEN, f"{TAKEN}哦", "您稍等我看下")


@pytest.fixture
def reader(monkeypatch: pytest.MonkeyPatch) -> None:
    """An intent model that reads a question about invoices in everything."""
    monkeypatch.setattr("cli.evaluate.opening.rasa_address", lambda settings, stack: ("http://none", 1.0))  # noqa: ARG005
    monkeypatch.setattr("evaluation.running.worker.RasaReader", lambda url, patience: FixedReader(READ))  # noqa: ARG005


@pytest.mark.usefixtures("shop")
def test_decisions_are_counted_and_become_labelled_dialogues(huashu: Huashu, tmp_path: Path) -> None:
    out, record = tmp_path / "cases.jsonl", tmp_path / "figures.json"
    ended = huashu("evaluate", "--from-audit", "--shop", "demo-tmall", "--out", str(out), "--json", str(record))
    assert ended.code == 0
    figures = json.loads(record.read_text(encoding="utf-8"))["figures"]
    assert figures["agents.first"]["value"] == pytest.approx(2 / 3, abs=1e-6)
    assert figures["agents.edited"]["value"] == 0.5
    assert figures["agents.distance"]["value"] == pytest.approx(1 / (len(TAKEN) + 1) / 2, abs=1e-6)
    assert "13812345678" not in ended.out + out.read_text(encoding="utf-8")
    assert "您稍等我看下" in ended.out
    lines = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert [line["turns"][-1]["topics"] for line in lines] == [["invoice/issue"]] * 2


@pytest.mark.usefixtures("shop")
def test_the_dialogues_can_be_measured(huashu: Huashu, tmp_path: Path) -> None:
    out = tmp_path / "cases.jsonl"
    assert huashu("evaluate", "--from-audit", "--out", str(out)).code == 0
    ended = huashu("evaluate", str(out), "--no-rasa", "--jobs", "1", "--spool", str(tmp_path / "s.jsonl"))
    assert ended.code == 2  # two messages about one thing: they are read, and nothing can be told from them
    assert "every message has the main intent 'invoice'" in ended.err


@pytest.mark.usefixtures("shop")
@pytest.mark.parametrize(
    ("arguments", "message"),
    [(["--shop", "nowhere"], "unknown shop 'nowhere'"), (["--shop", "demo-jd"], "no agent has decided anything")],
)
def test_what_is_not_there_is_bad_input(arguments: list[str], message: str, huashu: Huashu) -> None:
    ended = huashu("evaluate", "--from-audit", *arguments)
    assert ended.code == 2
    assert message in ended.err


@pytest.mark.usefixtures("shop", "reader")
def test_a_ranking_is_not_learnt_from_a_handful(huashu: Huashu) -> None:
    ended = huashu("evaluate", "--from-audit", "--learn")
    assert ended.code == 2
    assert "2 labelled decisions are too few to learn from" in ended.err


@pytest.mark.usefixtures("reader")
@pytest.mark.parametrize(
    ("today", "verdict"),
    [("prior: -3", "8 better, 0 worse"), ("prior: 3", "0 better, 0 worse")],
    ids=["a bad ranking", "a good one"],
)
def test_a_ranking_is_written_only_when_it_is_proven_better(
    today: str,
    verdict: str,
    huashu: Huashu,
    url: str,
    small_data: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("evaluation.learning.ranking.FEWEST", 8)
    data = tmp_path / "data"
    shutil.copytree(small_data, data)
    monkeypatch.setenv("HUASHU_DATA", str(data))
    before = f"bias: 0\ndense: 0\nkeyword: 0\n{today}\n"
    (data / "ranking.yml").write_text(before, encoding="utf-8")
    answered(url, *[TAKEN] * 8)
    ended = huashu("evaluate", "--from-audit", "--learn")
    assert ended.code == 0
    assert verdict in ended.out
    after = (data / "ranking.yml").read_text(encoding="utf-8")
    if today == "prior: 3":
        assert "not proven better: the ranking stays as it is" in ended.out
        assert after == before
    else:
        assert "from agents' decisions" in after
        assert load_weights(data).prior > 0
