from __future__ import annotations

import os
import signal
import time

import pytest

from launch.interrupt import interruptible


def end_myself(number: int) -> None:
    with interruptible():
        os.kill(os.getpid(), number)
        time.sleep(60)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_being_ended_is_like_ctrl_c(number: int) -> None:
    before = signal.getsignal(number)
    with pytest.raises(KeyboardInterrupt):
        end_myself(number)
    assert signal.getsignal(number) is before
