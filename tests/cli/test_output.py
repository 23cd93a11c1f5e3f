from __future__ import annotations

import json

import pytest

from cli.output import Exit, printable, say, tell, to_json


def test_exit_codes() -> None:
    assert [(code.name, code.value) for code in Exit] == [
        ("DONE", 0), ("FINDING", 1), ("BAD_INPUT", 2), ("SERVICE_DOWN", 3),
    ]  # fmt: skip


@pytest.mark.parametrize("value", ["能开票吗", "\ud800", {"a": ["\udcff", None, 1.5]}, "a\nb\x00\u2028"])
def test_json_is_one_line_that_reads_back(value: object) -> None:
    text = to_json(value)
    text.encode("utf-8")
    assert "\n" not in text
    assert json.loads(text) == value


def test_chinese_stays_readable() -> None:
    assert to_json({"a": "能开票吗"}) == '{"a": "能开票吗"}'


def test_anything_can_be_printed(capsys: pytest.CaptureFixture[str]) -> None:
    say("能\ud800")
    tell("开\udcff")
    assert capsys.readouterr() == ("能\\ud800\n", "开\\udcff\n")
    assert printable("能开") == "能开"
