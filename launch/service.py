"""What is known of a service before it runs: its command, its port, and how to see that it is ready."""

from __future__ import annotations

import http.client
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

Ready = Callable[[bytes], bool]
"""Whether the body of a 200 answer says that the service is ready."""

_TIMEOUT = 1.0


def any_answer(_body: bytes) -> bool:
    """Every 200 answer will do."""
    return True


@dataclass(frozen=True)
class Service:
    """A server process of ours. `essential`: without it nothing is of use, so that its loss stops the rest."""

    name: str
    label: str
    command: tuple[str, ...]
    host: str
    port: int
    port_setting: str
    health: str
    log: Path
    folder: Path
    env: Mapping[str, str] = field(default_factory=dict)
    accepts: Ready = any_answer
    essential: bool = False

    @property
    def url(self) -> str:
        """Where it answers on this machine."""
        host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(self.host, self.host)
        return f"http://[{host}]:{self.port}" if ":" in host else f"http://{host}:{self.port}"

    def ready(self) -> bool:
        """Whether it answers that it is ready; waits at most a second. No proxy is asked."""
        connection = http.client.HTTPConnection(self.url.removeprefix("http://"), timeout=_TIMEOUT)
        try:
            connection.request("GET", self.health)
            answer = connection.getresponse()
            return answer.status == 200 and self.accepts(answer.read())
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()
