from __future__ import annotations

import subprocess
import sys
import time

from launch.machine import Meter

WORK = "import time\nend = time.process_time() + 0.6\nwhile time.process_time() < end: pass"


def test_work_of_this_process_and_its_children_is_its_own() -> None:
    meter = Meter()
    begun = time.monotonic()
    subprocess.run([sys.executable, "-c", WORK], check=True)
    end = time.process_time() + 0.3
    while time.process_time() < end:
        pass
    spent = time.monotonic() - begun
    usage = meter.read()
    assert usage.cores >= 1
    assert usage.own * spent >= 0.7
    assert usage.own <= usage.cores + 0.5
    assert usage.others >= 0
