from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import partial
from time import monotonic, sleep
from typing import cast

import pytest

from contracts.errors import InputError
from desk import suggest_process
from desk.suggest import Parts, Suggester
from desk.suggest_process import SuggestProcess
from tests.desk.canned import FAULTY, HANGING, SLOW, Canned, Nothing, ask, open_faulty

Make = Callable[..., SuggestProcess]


@pytest.fixture
def make(monkeypatch: pytest.MonkeyPatch) -> Iterator[Make]:
    made: list[SuggestProcess] = []

    def process(here: Suggester | None = None, open_: Callable[[], Suggester] = Canned) -> SuggestProcess:
        made.append(SuggestProcess(here or Canned(), open_))
        return made[-1]

    monkeypatch.setattr(suggest_process, "PAUSE", 0.2)
    yield process
    for one in made:
        one.close()


def until(what: Callable[[], bool]) -> None:
    latest = monotonic() + 60
    while not what():
        assert monotonic() < latest
        sleep(0.02)


def answering(asked: SuggestProcess) -> int:
    """The process that answers."""
    return int(asked.suggest(ask("在吗")).reason)


def gone(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return True
    return False


def test_another_process_answers_once_it_is_ready(make: Make) -> None:
    asked = make()
    assert answering(asked) == os.getpid()
    until(lambda: asked.away)
    assert answering(asked) != os.getpid()


def test_what_answering_raises_there_is_raised_here(make: Make) -> None:
    asked = make()
    until(lambda: asked.away)
    with pytest.raises(InputError, match="unknown shop"):
        asked.suggest(ask(FAULTY))
    assert answering(asked) != os.getpid()


def test_when_it_dies_this_one_answers_until_there_is_another(make: Make) -> None:
    asked = make()
    until(lambda: asked.away)
    first = answering(asked)
    os.kill(first, signal.SIGKILL)
    assert answering(asked) == os.getpid()
    until(lambda: asked.away)
    assert answering(asked) not in (first, os.getpid())


def test_one_that_hangs_is_given_up(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(suggest_process, "PATIENCE", 1.0)
    asked = make(here := Canned())
    until(lambda: asked.away)
    other = answering(asked)
    monkeypatch.setattr(here, "suggest", lambda *_: Canned().suggest(ask("在吗")))
    assert asked.suggest(ask(HANGING)).reason == str(os.getpid())
    until(lambda: gone(other))


def test_a_new_library_is_read_by_a_new_process(make: Make) -> None:
    asked = make(here := Canned())
    until(lambda: asked.away)
    before = answering(asked)
    here.swap(cast("Parts", Nothing("new")))
    assert answering(asked) == os.getpid()
    until(lambda: asked.away)
    assert answering(asked) not in (before, os.getpid())
    assert gone(before)


def test_an_answer_that_comes_late_is_nobody_s(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = make()
    until(lambda: asked.away)
    other = asked._other
    assert other is not None
    monkeypatch.setattr(suggest_process, "PATIENCE", 0.5)
    with pytest.raises(suggest_process._Lost, match="no answer within"):
        other.answer((ask(SLOW), None, 3))
    with pytest.raises(suggest_process._Lost, match="no answer within"):
        other.answer((ask("在吗"), None, 3))
    other.end()
    with pytest.raises(suggest_process._Lost):
        other.ready()


def test_one_that_read_another_library_is_not_asked(make: Make) -> None:
    asked = make(Canned(cast("Parts", Nothing(identity=("another",)))))
    until(lambda: not asked.away and asked._not_before > 0)
    assert answering(asked) == os.getpid()


def test_one_that_does_not_get_ready_is_given_up(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(suggest_process, "START_PATIENCE", 0.0)
    asked = make()
    asked.start()
    other = asked._other
    assert other is None or not asked.away
    until(lambda: asked._not_before > 0)


def test_without_room_for_another_process_this_one_answers(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError("Cannot allocate memory")

    monkeypatch.setattr(suggest_process, "_Other", full)
    asked = make()
    asked.start()
    assert answering(asked) == os.getpid()


def test_one_that_cannot_start_is_left_alone_for_a_while(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(suggest_process, "PAUSE", 60.0)
    asked = make(open_=open_faulty)
    latest = monotonic() + 60
    while asked._not_before == 0.0:
        assert answering(asked) == os.getpid()
        assert monotonic() < latest
        sleep(0.02)
    assert not asked.away
    assert asked._other is None


def test_after_the_end_this_one_answers(make: Make) -> None:
    asked = make()
    until(lambda: asked.away)
    other = answering(asked)
    asked.close()
    assert gone(other)
    assert answering(asked) == os.getpid()


def test_it_does_not_outlive_who_asks() -> None:
    command = [sys.executable, "-m", "tests.desk.canned"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as asking:
        assert asking.stdout is not None
        other = int(asking.stdout.readline())
        asking.kill()
    until(partial(gone, other))
