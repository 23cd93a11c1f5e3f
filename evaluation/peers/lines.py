"""Training lines as further questions, so that a peer may know of buyers what Huashu has learnt from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from evaluation.peers.protocol import Canned


def with_lines(replies: Sequence[Canned], lines: Iterable[tuple[str, str]]) -> list[Canned]:
    """The replies; the first one of each topic and platform is asked by the `(topic, text)` lines of its topic too."""
    of_topic: dict[str, list[str]] = {}
    for topic, text in lines:
        of_topic.setdefault(topic, []).append(text)
    seen: set[tuple[str, str]] = set()
    found = []
    for reply in replies:
        places = {(reply.topic, platform) for platform in reply.platforms}
        extra = of_topic.get(reply.topic, []) if places - seen else []
        seen |= places
        found.append(replace(reply, questions=tuple(dict.fromkeys([*reply.questions, *extra]))))
    return found
