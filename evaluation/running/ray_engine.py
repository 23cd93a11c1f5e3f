"""The same work spread over a Ray cluster (requirements/ray.in).

Every machine of the cluster has this project, set up, in the same folder, and its own Rasa where one is asked.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from typing import Any

from contracts.errors import HuashuError, InputError, ServiceDown
from evaluation.running.engine import AHEAD, Batch
from evaluation.running.worker import Finished, Opening, work


class RayCluster:
    """A Ray cluster: the one at `address`, or one started on this machine for the run (`address` "")."""

    def __init__(self, opening: Opening, jobs: int, address: str = "") -> None:
        """Raises InputError where Ray is not installed."""
        if find_spec("ray") is None:
            raise InputError("Ray is not installed: pip install -r requirements/ray.lock")
        self._opening = opening
        self._jobs = jobs
        self._address = address

    def run(self, batches: Iterable[Batch]) -> Iterator[list[Finished]]:
        import ray

        self._start(ray)
        try:
            yield from self._ordered(ray, batches)
        except ray.exceptions.RayTaskError as error:
            cause = error.cause
            raise cause if isinstance(cause, HuashuError) else error from None
        except ray.exceptions.RayError as error:
            raise ServiceDown(f"the Ray cluster lost a worker: {error}; --resume goes on from here") from None
        finally:
            ray.shutdown()

    def _start(self, ray: Any) -> None:
        """Raises ServiceDown; a cluster that does not start says so by whatever kind of exception."""
        try:
            if self._address:
                ray.init(address=self._address, log_to_driver=False)
            else:
                ray.init(num_cpus=self._jobs, include_dashboard=False, log_to_driver=False)
        except Exception as error:
            ray.shutdown()
            raise ServiceDown(f"the Ray cluster does not answer: {error}") from None

    def _ordered(self, ray: Any, batches: Iterable[Batch]) -> Iterator[list[Finished]]:
        task, waiting = ray.remote(work), deque[Any]()
        opening = ray.put(self._opening)
        most = max(1, int(ray.cluster_resources().get("CPU", 1))) * AHEAD
        for batch in batches:
            waiting.append(task.remote(opening, batch))
            if len(waiting) > most:
                yield ray.get(waiting.popleft())
        while waiting:
            yield ray.get(waiting.popleft())
