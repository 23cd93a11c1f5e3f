"""One peer in a process of its own: `python -m evaluation.peers.child NAME FOLDER` (evaluation/peers/job.py).

Says on standard output how far it is; after the last message it waits for a line on standard input, so that its memory
can be looked at. When standard input ends, its parent is gone, and it ends too.
"""

from __future__ import annotations

import os
import re
import resource
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from evaluation.peers.job import Answered, Facts, Job, write_answers, write_facts
from evaluation.peers.protocol import Ask, Missing, Peer

WARM_UP = ("在吗", "你好", "什么时候发货", "能开发票吗", "谢谢")
"""Messages asked before the clock counts."""


def main(name: str, folder: Path, builders: dict[str, Callable[[Job, Path], Peer]]) -> None:
    """Index, answer everything, and write down what it took."""
    released = threading.Event()
    threading.Thread(target=_watch, args=(released,), daemon=True).start()
    job = Job.read(folder)
    try:
        peer = builders[name](job, folder)
    except ImportError as error:
        write_facts(folder, Facts(missing=f"the package {error.name} is not installed; `make peers` installs it"))
        return
    except Missing as error:
        write_facts(folder, Facts(missing=str(error)))
        return
    started, worked = time.perf_counter(), time.process_time()
    peer.index(job.replies)
    index_seconds, core_seconds = time.perf_counter() - started, time.process_time() - worked
    for text in WARM_UP:
        peer.suggest(Ask("", text, job.asks[0].platform), job.options.k)
    write_answers(folder, _answers(peer, job))
    write_facts(folder, Facts(index_seconds, core_seconds, _peak_megabytes()))
    _say("finished")
    released.wait()


def _watch(released: threading.Event) -> None:
    """Wait for the parent's word, or for its end: nobody waits for an answer any more then."""
    if not os.read(0, 1):  # not through sys.stdin, whose lock would stop the interpreter's own end
        os._exit(1)
    released.set()


def _answers(peer: Peer, job: Job) -> Iterator[Answered]:
    for number, ask in enumerate(job.asks, start=1):
        started = time.perf_counter()
        hits = peer.suggest(ask, job.options.k)
        took = (time.perf_counter() - started) * 1000
        yield Answered(ask.id, tuple(hits), took)
        _say(f"asked {number}")


def _peak_megabytes() -> int:
    """The most memory held so far. Linux's `ru_maxrss` counts what the parent held at the fork, too."""
    status = Path("/proc/self/status")
    if status.is_file():
        peaks = re.findall(r"^VmHWM:\s+(\d+) kB", status.read_text(encoding="utf-8"), re.MULTILINE)
        return int(peaks[0]) // 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024**2


def _say(line: str) -> None:
    print(f"\n{line}", flush=True)


if __name__ == "__main__":
    from evaluation.peers.builders import BUILDERS

    main(sys.argv[1], Path(sys.argv[2]), BUILDERS)
