from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from compliance.catalogue import load_catalogue
from compliance.checker import Checker
from contracts.taxonomy import Taxonomy
from contracts.turn import Speaker
from desk.assembly import Desk
from desk.settings import load_settings
from desk.shops import load_shops
from evaluation.dialogues import LabelledDialogue, Vocabulary
from evaluation.labelling.sheet import Sheet
from evaluation.labelling.tasks import Standing, Task, in_order, tasks_of
from files.taxonomy import load_taxonomy
from retrieval.slots import SLOT_NAMES
from tests.desk.small_parts import SMALL_DATA, small_suggester
from tests.evaluation.written import agent, buyer, labelled_record

Written = Callable[..., Path]


@pytest.fixture(scope="module")
def small_desk() -> Desk:
    """A desk that reads every message as invoice/issue."""
    taxonomy: Taxonomy = load_taxonomy(SMALL_DATA / "taxonomy.yml")
    checker = Checker(load_catalogue(SMALL_DATA / "clauses"))
    return Desk(load_settings(), small_suggester(), load_shops(SMALL_DATA / "shops", SLOT_NAMES, taxonomy), checker)


def _read(small_desk: Desk, path: Path, known: Vocabulary) -> tuple[list[Task], list[LabelledDialogue]]:
    sheet = Sheet(path, known)
    tasks = [task for place, one in enumerate(sheet.dialogues) for task in tasks_of(small_desk, place, one)]
    return tasks, sheet.dialogues


def test_a_message_with_all_its_lines_and_a_line_of_an_agent_are_tasks(
    small_desk: Desk, written: Written, known: Vocabulary
) -> None:
    turns = [
        buyer("在吗"),
        {"speaker": "system", "text": "已接入"},
        buyer("能开票吗"),
        {"speaker": "robot", "text": "稍等"},
        buyer("快点"),
        agent("在的"),
    ]
    tasks, _ = _read(small_desk, written(labelled_record(turns=turns)), known)
    assert [(task.id, task.turns, task.speaker) for task in tasks] == [
        ("d1#2", (0, 2), Speaker.BUYER),
        ("d1#4", (4,), Speaker.BUYER),
        ("d1#5", (5,), Speaker.AGENT),
    ]
    assert (tasks[0].intent, tasks[0].sureness, tasks[0].topics[0].name) == ("invoice", 0.95, "invoice/issue")


@pytest.mark.parametrize(
    ("turns", "standing"),
    [
        ([buyer("能开票吗", "invoice/type")], Standing.AGREE),
        ([buyer("在吗", "greet/hello"), buyer("能开票吗", "invoice/type")], Standing.AGREE),
        ([buyer("在吗", "greet/hello")], Standing.DISAGREE),
        ([buyer("在吗", "greet/hello"), buyer("能开票吗")], Standing.UNLABELLED),
        ([buyer("在吗")], Standing.UNLABELLED),
    ],
)
def test_how_label_and_desk_stand(
    small_desk: Desk, written: Written, known: Vocabulary, turns: list[dict[str, object]], standing: Standing
) -> None:
    (task,), (labelled,) = _read(small_desk, written(labelled_record(turns=turns)), known)
    assert task.standing(labelled) is standing


def test_disagreements_come_first_and_what_was_judged_last(
    small_desk: Desk, written: Written, known: Vocabulary
) -> None:
    path = written(
        labelled_record(id="agreed", turns=[buyer("能开票吗", "invoice/type")]),
        labelled_record(id="bare", turns=[buyer("能开票吗")]),
        labelled_record(id="other", turns=[buyer("在吗", "greet/hello")]),
        labelled_record(id="done", turns=[buyer("在吗", "greet/hello")]),
    )
    tasks, dialogues = _read(small_desk, path, known)
    assert [task.id for task in in_order(tasks, dialogues, {"done#0"})] == ["other#0", "bare#0", "agreed#0", "done#0"]


def test_a_line_of_an_agent_is_held_against_the_rules(small_desk: Desk, written: Written, known: Vocabulary) -> None:
    turns = [buyer("能开票吗", "invoice/type"), agent("好的"), agent("收到", "")]
    tasks, (labelled,) = _read(small_desk, written(labelled_record(turns=turns)), known)
    assert [task.standing(labelled) for task in tasks if task.speaker is Speaker.AGENT] == [
        Standing.UNLABELLED,
        Standing.AGREE,
    ]
