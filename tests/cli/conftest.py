from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from cli.main import main


@dataclass(frozen=True)
class Ended:
    """How a command ended, and what it printed."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Huashu = Callable[..., Ended]


@pytest.fixture
def huashu(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    small_data: Path,
    small_var: Path,
    tmp_path: Path,
) -> Huashu:
    """Runs one command as the shell would, over the small data; no command may ever show a traceback.

    Without `with_vectors` the encoder that is configured has not been prepared, so keywords are searched.
    """
    monkeypatch.setenv("HUASHU_ENCODER__MODEL", "not/prepared")
    monkeypatch.setenv("HUASHU_DATA", str(small_data))
    monkeypatch.setenv("HUASHU_VAR", str(small_var))
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str) -> Ended:
        monkeypatch.setattr(sys, "argv", ["huashu", *arguments])
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main()
        printed = capsys.readouterr()
        assert "Traceback" not in printed.out + printed.err
        return Ended(int(ended.value.code or 0), printed.out, printed.err)

    return run


@pytest.fixture
def with_vectors(huashu: Huashu, monkeypatch: pytest.MonkeyPatch) -> Huashu:
    """The same with the embedded encoder, by which the small index was built."""
    monkeypatch.setenv("HUASHU_ENCODER__MODEL", "embedded")
    return huashu


WriteLines = Callable[..., str]


@pytest.fixture
def lines_of(tmp_path: Path) -> WriteLines:
    """Writes a file of lines (bytes, or what JSON can hold) and gives its path."""

    def write(*lines: object, name: str = "in.jsonl") -> str:
        path = tmp_path / name
        path.write_bytes(
            b"".join((line if isinstance(line, bytes) else json.dumps(line).encode()) + b"\n" for line in lines)
        )
        return str(path)

    return write


def read_lines(path: Path) -> list[dict[str, Any]]:
    """The JSON objects of a file of lines."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
