from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from contracts.errors import ServiceDown, SetupNeeded
from desk.settings import Settings
from launch.rasa import serving, temporary_rasa
from launch.service import Service

Make = Callable[..., Service]


def test_a_service_lives_as_long_as_the_block(make_service: Make) -> None:
    service = make_service()
    with serving(service, 60) as running:
        assert running.ready()
    assert not service.ready()


def test_it_ends_when_the_block_fails(make_service: Make) -> None:
    service = make_service()
    with pytest.raises(ValueError, match="of its own"), serving(service, 60):
        raise ValueError("of its own")
    assert not service.ready()


def test_one_that_does_not_start_shows_its_log(make_service: Make) -> None:
    broken = make_service(command=(sys.executable, "-c", "raise SystemExit('no model')"))
    with pytest.raises(ServiceDown, match="no model"), serving(broken, 60):
        pytest.fail("it did not start")


def test_one_that_is_late_is_ended(make_service: Make) -> None:
    late = make_service(command=(sys.executable, "-c", "import time; time.sleep(600)"))
    with pytest.raises(ServiceDown, match="not ready in time"), serving(late, 0.3):
        pytest.fail("it did not start")


def test_without_a_model_the_set_up_is_named(tmp_path: Path) -> None:
    with pytest.raises(SetupNeeded, match="huashu setup"), temporary_rasa(Settings(var=tmp_path)):
        pytest.fail("there is no model")
