from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest

from tests.sharing import LONG, TOGETHER, long_first, scope_of


def test_a_file_is_taken_as_a_whole_and_the_browser_tests_as_one() -> None:
    assert scope_of("tests/cli/test_check.py::TestIt::test_one[a::b]") == "tests/cli/test_check.py"
    assert scope_of("tests/e2e/test_login.py::test_one") == scope_of("tests/e2e/test_night.py::test_two")


def test_what_runs_long_comes_first_and_the_rest_keeps_its_order() -> None:
    names = ["tests/cli/a.py::x", "tests/desk/b.py::x", "tests/bot/c.py::x", "tests/e2e/d.py::x", "tests/e2e/d.py::y"]
    items = cast(list[pytest.Item], [SimpleNamespace(nodeid=name) for name in names])
    long_first(items)
    assert [item.nodeid for item in items] == [names[3], names[4], names[1], names[0], names[2]]


def test_the_folders_are_there(project: Path) -> None:
    assert all((project / folder).is_dir() for folder in (*LONG, *TOGETHER))
