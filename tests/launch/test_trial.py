from __future__ import annotations

from collections.abc import Callable

import pytest

from contracts.errors import InputError, ServiceDown
from launch.progress import Progress
from launch.service import Service
from launch.trial import trial

Make = Callable[..., Service]


def test_a_killed_service_is_there_again(make_service: Make, progress: Progress) -> None:
    desk, rasa = make_service("desk"), make_service("rasa")
    with trial([desk, rasa], progress) as running:
        assert desk.ready()
        running.kill("desk")
        running.wait_ready()
        assert desk.ready()
        assert rasa.ready()
        with pytest.raises(InputError, match="no service 'nobody'"):
            running.kill("nobody")
    assert not desk.ready()
    assert not rasa.ready()


def test_what_does_not_start_ends_all(make_service: Make, progress: Progress) -> None:
    desk = make_service("desk")
    broken = make_service("rasa", command=("false",))
    with pytest.raises(ServiceDown, match="did not start"), trial([desk, broken], progress):
        pytest.fail("it started")
    assert not desk.ready()
