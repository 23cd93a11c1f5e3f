from __future__ import annotations

import json
from pathlib import Path

import pytest

from desk.settings import Settings
from launch.state import announce, running_stack, withdraw


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(var=tmp_path)


def test_a_running_stack_is_seen_until_it_withdraws(settings: Settings) -> None:
    assert running_stack(settings) is None
    announced = announce(settings, desk="http://127.0.0.1:1", rasa="http://127.0.0.1:2", actions="http://127.0.0.1:3")
    assert running_stack(settings) == announced
    withdraw(settings)
    assert running_stack(settings) is None


@pytest.mark.parametrize("change", [{"pid": 2**22 + 1}, {"started": 1.0}, {"more": 1}])
def test_what_a_dead_process_left_is_not_believed(settings: Settings, change: dict[str, object]) -> None:
    announce(settings, desk="", rasa="", actions="")
    file = settings.var / "run" / "stack.json"
    file.write_text(json.dumps({**json.loads(file.read_text()), **change}))
    assert running_stack(settings) is None
    withdraw(settings)
    assert file.exists()  # it is not ours


@pytest.mark.parametrize("content", ["", "[]", "null", "{"])
def test_a_broken_file_is_no_stack(settings: Settings, content: str) -> None:
    file = settings.var / "run" / "stack.json"
    file.parent.mkdir()
    file.write_text(content)
    assert running_stack(settings) is None
