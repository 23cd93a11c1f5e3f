"""Another desk that shows the side bar: the example of the documentation, served on a port of its own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

from desk.settings import PROJECT
from tests.desk.channels.outside import serving

EXAMPLES = PROJECT / "docs" / "examples"


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        return


@contextmanager
def host_desk() -> Iterator[str]:
    """Serve the examples; gives the origin."""
    with serving(ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=EXAMPLES))) as origin:
        yield origin
