from __future__ import annotations

import io

from launch.progress import Progress


def test_each_line_has_the_seconds_since_the_start() -> None:
    out, now = io.StringIO(), 100.0
    progress = Progress(out, lambda: now)
    progress.say("begin")
    now = 112.34
    progress.say("end")
    assert out.getvalue() == "[  0.0 s] begin\n[ 12.3 s] end\n"
    assert round(progress.seconds, 2) == 12.34
