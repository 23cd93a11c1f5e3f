from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from cli.main import app
from contracts.errors import InputError


def _run(*arguments: str) -> str:
    result = CliRunner().invoke(app, ["hours", *arguments], catch_exceptions=False)
    assert result.exit_code == 0
    return result.stdout


def test_closed_says_since_when_and_until_when() -> None:
    record = json.loads(_run("demo-tmall", "--at", "2026-11-20T22:30:00+08:00", "--json"))
    assert (record["open"], record["shift"]) == (False, None)
    assert record["closed_since"] == "2026-11-20T22:30:00+08:00"
    assert record["opens_at"] == "2026-11-21T09:00:00+08:00"


def test_open_names_the_shift() -> None:
    assert "晚班" in _run("demo-tmall", "--at", "2026-11-20T22:29:59")


@pytest.mark.parametrize("arguments", [("nowhere",), ("demo-tmall", "--at", "tonight")])
def test_bad_input_is_refused(arguments: tuple[str, ...]) -> None:
    with pytest.raises(InputError):
        CliRunner().invoke(app, ["hours", *arguments], catch_exceptions=False)
