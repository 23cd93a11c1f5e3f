from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from contracts.turn import Speaker
from contracts.understanding import Guess
from evaluation.dialogues import Vocabulary
from evaluation.labelling.page import Desktop, create_page
from evaluation.labelling.sheet import Sheet
from evaluation.labelling.tasks import Task
from tests.evaluation.written import agent, buyer, labelled_record

TOKEN = "a-token"
TURNS = [buyer("在吗"), buyer("能开专票吗"), agent("可以的")]


@pytest.fixture
def path(written: Callable[..., Path]) -> Path:
    return written(labelled_record(turns=TURNS))


@pytest.fixture
def client(path: Path, known: Vocabulary) -> Iterator[TestClient]:
    guesses = (Guess("invoice/type", 0.9),)
    tasks = [
        Task("d1#1", 0, (0, 1), Speaker.BUYER, guesses, intent="invoice", sureness=0.9),
        Task("d1#2", 0, (2,), Speaker.AGENT),
    ]
    desktop = Desktop(Sheet(path, known), tasks, {"invoice/type": "发票种类"}, {})
    with TestClient(create_page(desktop, TOKEN), base_url="http://127.0.0.1") as client:
        yield client


def _marks(*marks: dict[str, object]) -> list[dict[str, object]]:
    return list(marks)


GOOD = _marks({"turn": 0, "topics": ["greet/hello"]}, {"turn": 1, "topics": ["invoice/type"], "clear": "1"})


def test_a_message_is_labelled_line_by_line(client: TestClient, path: Path) -> None:
    answer = client.put(f"/{TOKEN}/tasks/0", json=GOOD)
    assert (answer.status_code, answer.json()["standing"]) == (200, "agree")
    turns = json.loads(path.read_text(encoding="utf-8"))["turns"]
    assert [turn.get("topics") for turn in turns] == [["greet/hello"], ["invoice/type"], None]
    (first, second) = client.get(f"/{TOKEN}/tasks").json()["tasks"]
    assert (first["judged"], second["judged"]) == (True, False)


def test_a_line_of_an_agent_breaks_no_rule(client: TestClient, path: Path) -> None:
    assert client.put(f"/{TOKEN}/tasks/1", json=_marks({"turn": 2, "violates": []})).status_code == 200
    assert json.loads(path.read_text(encoding="utf-8"))["turns"][2]["violates"] == []


@pytest.mark.parametrize(
    ("task", "marks"),
    [
        (0, GOOD[:1]),
        (0, _marks(*GOOD, {"turn": 2, "topics": ["greet/hello"]})),
        (0, _marks(GOOD[0], {"turn": 1, "topics": []})),
        (0, _marks(GOOD[0], {"turn": 1, "topics": ["invoice/tax"]})),
        (0, _marks(GOOD[0], {"turn": 1, "topics": ["invoice/type"], "clear": "maybe"})),
        (0, _marks(GOOD[0], {"turn": 1, "topics": ["invoice/type"], "mood": "good"})),
        (1, _marks({"turn": 2})),
    ],
)
def test_what_is_not_whole_is_refused_and_changes_nothing(
    client: TestClient, path: Path, task: int, marks: list[dict[str, object]]
) -> None:
    before = path.read_bytes()
    assert client.put(f"/{TOKEN}/tasks/{task}", json=marks).status_code == 422
    assert path.read_bytes() == before


@pytest.mark.parametrize("place", ["/", "/tasks", "/wrong/", "/wrong/tasks", "/wrong/tasks/0", f"/{TOKEN}/tasks/9"])
def test_nothing_is_there_without_the_token(client: TestClient, place: str) -> None:
    assert client.get(place).status_code == 404


def test_another_name_of_this_machine_is_not_answered(client: TestClient) -> None:
    assert client.get(f"/{TOKEN}/", headers={"host": "evil.example"}).status_code == 400


def test_the_page_loads_nothing_from_elsewhere(client: TestClient) -> None:
    page = client.get(f"/{TOKEN}/")
    assert "default-src 'none'" in page.headers["content-security-policy"]
    assert "://" not in page.text
    assert "innerHTML" not in page.text
