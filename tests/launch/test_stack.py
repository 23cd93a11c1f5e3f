from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from contracts.errors import ServiceDown
from launch import stack as module
from launch.progress import Progress
from launch.service import Service
from launch.stack import Stack, Stop, run

Make = Callable[..., Service]
Until = Callable[[Callable[[], object]], None]
Supervise = Callable[[str], "subprocess.Popen[str]"]
IsGone = Callable[[int], bool]

DRIVER = """
from pathlib import Path, PosixPath
from launch.progress import Progress
from launch.service import Service
from launch.stack import run
services = {services!r}
print('driving', flush=True)
run([Service(**fields) for fields in services], Progress(), lambda: print('ALL READY', flush=True))
print('ENDED WELL', flush=True)
"""
NEVER_READY = (sys.executable, "-c", "import time; time.sleep(600)")


def driver(*services: Service) -> str:
    names = ("name", "label", "command", "host", "port", "port_setting", "health", "log", "folder", "essential")
    return DRIVER.format(services=[{name: getattr(service, name) for name in names} for service in services])


def read_until(process: subprocess.Popen[str], text: str) -> str:
    seen = ""
    assert process.stdout is not None
    while text not in seen:
        line = process.stdout.readline()
        if not line:
            pytest.fail(f"ended without {text!r}: {seen}")
        seen += line
    return seen


def family(process: subprocess.Popen[str]) -> list[psutil.Process]:
    return list(psutil.Process(process.pid).children(recursive=True))


def answers(service: Service) -> bool:
    try:
        connection = http.client.HTTPConnection(service.host, service.port, timeout=1)
        connection.request("GET", "/")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


def test_all_become_ready_and_one_ctrl_c_ends_all(make_service: Make, supervise: Supervise, is_gone: IsGone) -> None:
    services = [make_service(name) for name in ("rasa", "actions", "desk")]
    process = supervise(driver(*services))
    said = read_until(process, "ALL READY")
    assert all(f"{service.label}: ready" in said for service in services)
    members = family(process)
    assert len(members) == 6  # a guard and a server each
    assert all(answers(service) for service in services)
    process.send_signal(signal.SIGINT)
    assert "ENDED WELL" in read_until(process, "ENDED WELL")
    assert process.wait(60) == 0
    assert all(is_gone(member.pid) for member in members)
    assert all(service.log.exists() for service in services)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_end_may_be_asked_for_during_the_start(
    make_service: Make, supervise: Supervise, is_gone: IsGone, number: int
) -> None:
    process = supervise(driver(make_service("desk"), make_service("rasa", command=NEVER_READY)))
    said = read_until(process, "desk: ready")
    members = family(process)
    process.send_signal(number)
    said += read_until(process, "ENDED WELL")
    assert "ALL READY" not in said
    assert process.wait(60) == 0
    assert all(is_gone(member.pid) for member in members)


def test_a_killed_supervisor_leaves_nothing(
    make_service: Make, supervise: Supervise, until: Until, is_gone: IsGone
) -> None:
    process = supervise(driver(make_service("desk"), make_service("rasa")))
    read_until(process, "ALL READY")
    members = family(process)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    until(lambda: all(is_gone(member.pid) for member in members))


def test_a_crashed_service_comes_back(make_service: Make, supervise: Supervise) -> None:
    service = make_service("rasa")
    process = supervise(driver(service))
    read_until(process, "ALL READY")
    before = {member.pid for member in family(process)}
    for member in family(process):
        if member.cmdline()[1:3] == ["-m", "http.server"]:
            member.kill()
    assert "restart 1 of 5" in read_until(process, "rasa: ready")
    assert before.isdisjoint(member.pid for member in family(process))
    assert answers(service)


def test_a_busy_port_starts_nothing(make_service: Make, progress: Progress) -> None:
    free, busy = make_service("desk"), make_service("rasa")
    with socket.create_server(("127.0.0.1", busy.port)), pytest.raises(ServiceDown, match=f"port {busy.port}"):
        run([free, busy], progress, lambda: None)
    assert not free.log.exists()


def test_a_service_that_dies_at_the_start_shows_its_log(make_service: Make, progress: Progress) -> None:
    broken = make_service("rasa", command=(sys.executable, "-c", "raise SystemExit('model is missing')"))
    with pytest.raises(ServiceDown, match="model is missing"):
        run([make_service("desk"), broken], progress, lambda: pytest.fail("it was not ready"))


def test_one_that_is_never_ready_is_told(
    make_service: Make, progress: Progress, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "START_TIMEOUT", 1.0)
    with pytest.raises(ServiceDown, match="rasa was not ready"):
        run([make_service("rasa", command=NEVER_READY)], progress, lambda: None)


def test_the_loss_of_an_essential_service_ends_the_rest(make_service: Make, progress: Progress) -> None:
    stack = Stack([make_service(essential=True)], progress)
    stack.children[0].given_up = True
    with pytest.raises(ServiceDown, match="does not stay up"):
        stack.supervise(Stop())


def test_the_rest_goes_on_without_another(make_service: Make, progress: Progress) -> None:
    stack, asked = Stack([make_service()], progress), Stop()
    stack.children[0].given_up = True
    timer = threading.Timer(0.5, lambda: setattr(asked, "asked", True))
    timer.start()
    stack.supervise(asked)
    timer.join()


def test_handlers_are_put_back(make_service: Make, progress: Progress, tmp_path: Path) -> None:
    before = signal.getsignal(signal.SIGTERM)
    broken = make_service(command=(str(tmp_path / "nothing"),))
    with pytest.raises(ServiceDown, match="exit 127"):
        run([broken], progress, lambda: None)
    assert signal.getsignal(signal.SIGTERM) is before
