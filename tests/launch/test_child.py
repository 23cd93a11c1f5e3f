from __future__ import annotations

import io
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from launch import child as module
from launch.child import Child, Restarts, rotate
from launch.group import stop
from launch.progress import Progress
from launch.service import Service

Make = Callable[..., Service]
Until = Callable[[Callable[[], object]], None]


def ticked(child: Child) -> Child:
    child.tick()
    return child


def test_delays_double_and_end_after_five_in_the_window() -> None:
    now = 0.0
    restarts = Restarts(lambda: now)
    assert [restarts.next_delay() for _ in range(6)] == [1, 2, 4, 8, 16, None]
    now = 601.0
    assert restarts.next_delay() == 1


def test_a_died_service_is_started_again(
    make_service: Make, progress: Progress, out: io.StringIO, until: Until
) -> None:
    child = Child(make_service(), progress)
    child.start()
    until(lambda: ticked(child).ready)
    assert child.group is not None
    first = child.group.pid
    child.group.signal(9)
    until(lambda: ticked(child).ready and child.group is not None and child.group.pid != first)
    stop([child.group])
    assert "web ended (exit -9" in out.getvalue()
    assert "restart 1 of 5" in out.getvalue()


def test_one_that_never_stays_up_is_given_up(
    make_service: Make,
    progress: Progress,
    out: io.StringIO,
    until: Until,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "_FIRST_DELAY", 0.0)
    child = Child(make_service(command=(sys.executable, "-c", "raise SystemExit(4)")), progress)
    child.start()
    until(lambda: ticked(child).given_up)
    assert out.getvalue().count("exit 4") == module.MAX_RESTARTS + 1
    assert "stays down" in out.getvalue()


def test_large_logs_are_set_aside(make_service: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_LOG_BYTES", 10)
    service = make_service(log=tmp_path / "web.log")
    rotate(service)
    for number in range(5):
        service.log.write_text(f"log {number} is long enough")
        rotate(service)
    assert sorted(path.name for path in tmp_path.glob("web.log*")) == ["web.log.1", "web.log.2", "web.log.3"]
    assert service.log.with_name("web.log.1").read_text().startswith("log 4")
    service.log.write_text("short")
    rotate(service)
    assert service.log.exists()
