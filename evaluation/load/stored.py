"""What a desk has stored, read through its API after a run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import httpx

from contracts.errors import ServiceDown
from evaluation.load.plan import Site

_PAGE = 200
_SETTLED = frozenset({"delivered", "dead", "withdrawn"})


@dataclass
class Stored:
    """Lines by id with their conversation, agents' lines with their delivery, and how often each event was told."""

    asked: dict[str, str] = field(default_factory=dict)
    """Buyers' lines: the conversation of each."""
    answers: dict[str, str] = field(default_factory=dict)
    """Agents' lines: the delivery state of each."""
    automatic: dict[str, str] = field(default_factory=dict)
    """The same for what the desk sent by itself, where a shop is closed."""
    suggested: Counter[str] = field(default_factory=Counter)
    """How many suggestions were told for a line."""
    gaps: int = 0
    """Numbers that are missing in the shops' events."""

    @property
    def under_way(self) -> int:
        """Lines of shops whose delivery has not ended."""
        return sum(state not in _SETTLED for state in (*self.answers.values(), *self.automatic.values()))


def read_stored(site: Site) -> Stored:
    """Read everything of the site's shops. Raises ServiceDown when the desk does not answer as it should."""
    stored = Stored()
    with httpx.Client(base_url=site.desks[0], timeout=30, trust_env=False) as client:
        for shop, token in site.tokens.items():
            client.headers["Authorization"] = f"Bearer {token}"
            for talk in _conversations(client, shop):
                for line in _lines(client, talk):
                    if line["speaker"] == "buyer":
                        stored.asked[line["id"]] = talk
                    elif line["speaker"] == "robot":
                        stored.automatic[line["id"]] = line["delivery"]
                    else:
                        stored.answers[line["id"]] = line["delivery"]
            _count_events(client, shop, stored)
    return stored


def _conversations(client: httpx.Client, shop: str) -> Iterator[str]:
    cursor: str | None = None
    while True:
        asked = {"limit": _PAGE, **({"cursor": cursor} if cursor else {})}
        page = _get(client, f"/v1/shops/{shop}/conversations", asked)
        yield from (talk["id"] for talk in page["conversations"])
        cursor = page["next"]
        if cursor is None:
            return


def _lines(client: httpx.Client, talk: str) -> Iterator[dict[str, Any]]:
    before: int | None = None
    while True:
        asked = {"limit": _PAGE, **({"before": before} if before else {})}
        page = _get(client, f"/v1/conversations/{talk}/messages", asked)
        yield from page["messages"]
        before = page["before"]
        if before is None:
            return


def _count_events(client: httpx.Client, shop: str, stored: Stored) -> None:
    after, last = 0, 1
    while after < last:
        page = _get(client, f"/v1/shops/{shop}/events", {"after": after, "limit": 500})
        last = page["last"]
        if not page["events"]:
            stored.gaps += last - after
            return
        for event in page["events"]:
            stored.gaps += event["number"] - after - 1
            after = event["number"]
            if event["kind"] == "suggestions":
                stored.suggested[event["body"]["message"]] += 1


def _get(client: httpx.Client, path: str, asked: dict[str, Any]) -> Any:
    try:
        answer = client.get(path, params=asked)
        answer.raise_for_status()
        return answer.json()
    except (httpx.HTTPError, ValueError) as error:
        raise ServiceDown(f"the desk cannot be asked what it has stored: {type(error).__name__}") from None
