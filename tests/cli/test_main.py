from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer

from cli.main import app
from tests.cli.conftest import Huashu

COMMANDS = {
    "setup",
    "run",
    "suggest",
    "check",
    "bench",
    "bench retrieval",
    "replies list",
    "replies lint",
    "clauses list",
    "clauses show",
}
PROJECT = Path(__file__).resolve().parents[2]


def _commands(group: Any, prefix: str = "") -> Iterator[tuple[str, Any]]:
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from _commands(command, f"{prefix}{name} ")
        if getattr(command, "invoke_without_command", True):
            yield f"{prefix}{name}", command


ALL = dict(_commands(typer.main.get_command(app)))


def _options(command: Any) -> set[str]:
    return {name for parameter in command.params for name in (*parameter.opts, *parameter.secondary_opts)}


def test_the_promised_commands_are_there() -> None:
    assert set(ALL) >= COMMANDS


@pytest.mark.parametrize("name", sorted(ALL))
def test_every_command_speaks_json_and_says_what_it_does(name: str) -> None:
    assert "--json" in _options(ALL[name])
    assert ALL[name].help


def test_the_options_of_suggest_and_check() -> None:
    wanted = {"--platform", "--shop", "--order-status", "--previous-buyer", "--previous-agent", "-k", "--file", "--out"}
    assert wanted <= _options(ALL["suggest"])
    assert {"--platform", "--context", "--file", "--out"} <= _options(ALL["check"])


@pytest.mark.parametrize("arguments", [["--help"], ["suggest", "--help"], ["replies", "--help"]])
def test_help(huashu: Huashu, arguments: list[str]) -> None:
    ended = huashu(*arguments)
    assert ended.code == 0
    assert "Usage" in ended.out


@pytest.mark.parametrize(
    "arguments",
    [
        ["colour"],
        ["suggest", "--colour"],
        ["suggest", "在吗", "在吗", "--platform", "jd"],
        ["suggest", "在吗", "--platform", "jd", "-k", "0"],
        ["suggest", "在吗", "--platform", "jd", "-k", "many"],
        ["bench", "-n", "1"],
        ["clauses", "show"],
        ["replies", "colour"],
    ],
)
def test_a_command_line_that_cannot_be_read_is_bad_input(huashu: Huashu, arguments: list[str]) -> None:
    ended = huashu(*arguments)
    assert ended.code == 2
    assert ended.err
    assert ended.out == ""


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("HUASHU_DATA", "/nowhere", "/nowhere"),
        ("HUASHU_DESK__PORT", "high", "desk.port"),
        ("HUASHU_DESK", "{", "desk"),
        ("HUASHU_ENCODER__THREADS", "0", "encoder.threads"),
    ],
)
def test_a_wrong_setting_is_bad_input_in_one_line(
    huashu: Huashu, monkeypatch: pytest.MonkeyPatch, name: str, value: str, says: str
) -> None:
    monkeypatch.setenv(name, value)
    ended = huashu("replies", "list")
    assert ended.code == 2
    assert ended.err.startswith("huashu: ")
    assert ended.err.count("\n") == 1
    assert says in ended.err


def _process(*arguments: str, **options: Any) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "cli.main", *arguments], cwd=PROJECT, stderr=subprocess.PIPE, text=True, **options
    )


def test_as_a_process_of_its_own() -> None:
    ended = _process("clauses", "show", "no.such.clause", stdout=subprocess.PIPE)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr == "huashu: unknown clause 'no.such.clause'\n"


def test_a_reader_that_goes_away_is_no_error() -> None:
    read_end, write_end = os.pipe()
    os.close(read_end)
    try:
        ended = _process("clauses", "list", stdout=write_end)
    finally:
        os.close(write_end)
    assert ended.stderr == ""


def test_chinese_is_printed_where_the_terminal_knows_only_ascii() -> None:
    environment = {**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    ended = _process("clauses", "list", stdout=subprocess.PIPE, env=environment)
    assert ended.returncode == 0
    assert ended.stderr == ""


def _written(document: str) -> list[str]:
    """The `huashu` commands of a document: in backticks, or on lines of a code block."""
    text = (PROJECT / document).read_text(encoding="utf-8")
    return re.findall(r"`huashu ([^`]+)`", text) + re.findall(r"^ *\$ huashu (.+)$", text, re.MULTILINE)


@pytest.mark.parametrize("document", ["README.md", "README.zh-CN.md"])
def test_the_commands_of_the_documents_exist(document: str) -> None:
    written = _written(document)
    assert written
    for line in written:
        words = shlex.split(line)
        name = next((name for name in (" ".join(words[:2]), words[0]) if name in ALL), None)
        assert name, f"{document}: huashu {line}"
        options = {word.partition("=")[0] for word in words if word.startswith("-")}
        assert options <= _options(ALL[name]), f"{document}: huashu {line}"


@pytest.mark.parametrize("document", ["README.md", "README.zh-CN.md"])
def test_the_links_of_the_documents_lead_somewhere(document: str) -> None:
    text = (PROJECT / document).read_text(encoding="utf-8")
    targets = re.findall(r"\]\((?!https?:|#)([^)#]+)", text)
    assert targets
    assert [target for target in targets if not (PROJECT / target).exists()] == []
