from __future__ import annotations

import sys
import threading
from pathlib import Path

import pytest

from launch.commands import CommandFailed, Commands, tail_of


def test_output_goes_to_the_log_and_to_the_listener(tmp_path: Path) -> None:
    lines: list[str] = []
    log = tmp_path / "log" / "a.log"
    Commands(tmp_path).run("greeting", [sys.executable, "-c", "print('one'); print('two')"], log, on_line=lines.append)
    assert lines == ["one", "two"]
    assert log.read_text().endswith("one\ntwo\n")


def test_a_failure_names_the_log_and_shows_its_end(tmp_path: Path) -> None:
    log = tmp_path / "a.log"
    code = "print('first'); [print(i) for i in range(40)]; raise SystemExit(3)"
    with pytest.raises(CommandFailed, match=r"work failed \(exit 3\)") as failure:
        Commands(tmp_path).run("work", [sys.executable, "-c", code], log)
    assert str(log) in str(failure.value)
    assert failure.value.tail.endswith("39")
    assert "first" not in failure.value.tail


def test_stop_ends_what_runs_and_lets_nothing_start(tmp_path: Path) -> None:
    commands = Commands(tmp_path)
    running, seen = threading.Event(), []

    def work() -> None:
        code = "import time; print('up', flush=True); time.sleep(600)"
        with pytest.raises(KeyboardInterrupt):
            commands.run("w", [sys.executable, "-c", code], tmp_path / "a.log", on_line=lambda _line: running.set())
        seen.append("ended")

    worker = threading.Thread(target=work)
    worker.start()
    assert running.wait(60)
    commands.stop()
    worker.join(60)
    assert seen == ["ended"]
    with pytest.raises(KeyboardInterrupt):
        commands.run("again", [sys.executable, "-c", ""], tmp_path / "a.log")


def test_the_tail_shows_a_progress_bar_as_a_terminal_does(tmp_path: Path) -> None:
    log = tmp_path / "bar.log"
    log.write_bytes(b"start\r\n 10%\r 50%\r100%\n\nend\n")
    assert tail_of(log) == "start\n100%\nend"
    assert tail_of(tmp_path / "none.log") == ""
