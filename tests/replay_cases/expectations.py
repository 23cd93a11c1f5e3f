"""Reading the cases, and holding an outcome against what was expected of it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from contracts.dialogue import Dialogue
from desk.dialogues import parse_dialogue
from desk.night.first_reply import Outcome
from desk.wire import outcome_json

FOLDER = Path(__file__).parent
_TEXTS = {"asks": "asks", "promises": "promises", "wants": "wants"}


@dataclass(frozen=True)
class NightCase:
    """A dialogue, what is expected of each buyer turn, and whether the intent model is down in it."""

    dialogue: Dialogue
    expected: tuple[dict[str, Any], ...]
    down: bool

    @property
    def id(self) -> str:
        return self.dialogue.id


def cases() -> Iterator[NightCase]:
    """Every case of every file."""
    for path in sorted(FOLDER.glob("*.jsonl")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            value = json.loads(line)
            dialogue = parse_dialogue(value, path.name, number)
            yield NightCase(dialogue, tuple(value["expect"]), value.get("reader") == "down")


def differences(outcome: Outcome, wanted: dict[str, Any]) -> list[str]:
    """Everything in which an outcome is not as expected.

    `sends` is the id of the text, null for none, "auto" for any answer of the library; `says`, `reason`, `asks`,
    `promises` and `wants` name words that must occur; `collected` values that must be there, `lacks` one that must not;
    `not_sent` is an id, `not_asks` and `no_promise` name words that must not occur.
    """
    record = outcome_json(outcome)
    handover = record["handover"]
    sent = record["would_send"][0] if record["would_send"] else {"reply_id": None, "text": ""}
    found = []
    if record["route"] != wanted.get("route", record["route"]):
        found.append(f"route {record['route']} for {wanted['route']}")
    sends = wanted.get("sends", sent["reply_id"])
    if sends == "auto":
        if sent["reply_id"] is None or sent["reply_id"].startswith(("form.", "night.")):
            found.append(f"sends {sent['reply_id']} for an answer")
    elif sent["reply_id"] != sends:
        found.append(f"sends {sent['reply_id']} for {sends}")
    if sent["reply_id"] is not None and sent["reply_id"] == wanted.get("not_sent"):
        found.append(f"sends {sent['reply_id']}")
    found += [
        f"{key}: {text!r}"
        for key, text in (("says", sent["text"]), ("reason", record["reason"]))
        if wanted.get(key, "") not in text
    ]
    if (handover is not None) != wanted.get("handover", handover is not None):
        found.append(f"handover {handover}")
    return found + (_in_handover(handover, wanted) if handover else [])


def _in_handover(handover: dict[str, Any], wanted: dict[str, Any]) -> list[str]:
    found = [
        f"{key} {handover[key]!r}"
        for key in ("urgent", "form", "returns_at")
        if key in wanted and handover[key] != wanted[key]
    ]
    found += [f"{key} {handover[key]!r}" for key in _TEXTS if wanted.get(key, "") not in str(handover[key])]
    found += [
        f"{key} {handover[key]!r}"
        for key, name in (("asks", "not_asks"), ("promises", "no_promise"))
        if name in wanted and wanted[name] in str(handover[key])
    ]
    collected = handover["collected"]
    found += [
        f"collected {key}={collected.get(key)!r}"
        for key, value in wanted.get("collected", {}).items()
        if collected.get(key) != value
    ]
    if wanted.get("lacks") in collected:
        found.append(f"collected {wanted['lacks']}")
    return found
