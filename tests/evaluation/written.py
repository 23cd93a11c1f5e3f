"""Labelled dialogues as files write them, short for tests."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any


def buyer(text: str, topics: str = "", clear: str = "1", **more: Any) -> dict[str, Any]:
    """A buyer's turn; `topics` by blanks, its intents are theirs. Without topics it has no labels."""
    record: dict[str, Any] = {"speaker": "buyer", "text": text, **more}
    if topics:
        names = topics.split()
        intents = list(dict.fromkeys(name.split("/")[0] for name in names))
        record |= {"intents": intents, "topics": names, "clear": clear}
    return record


def agent(text: str, violates: str | None = None, **more: Any) -> dict[str, Any]:
    """An agent's turn; `violates` by blanks, None when nobody has looked."""
    record: dict[str, Any] = {"speaker": "agent", "text": text, **more}
    return record if violates is None else {**record, "violates": violates.split()}


def labelled_record(**changes: Any) -> dict[str, Any]:
    """A dialogue with one question about invoices and an answer that breaks nothing."""
    turns = [buyer("能开专票吗", "invoice/type"), agent("可以的，您把抬头和税号发我", "")]
    return {"id": "d1", "platform": "tmall", "turns": turns, **changes}


def write_lines(path: Path, records: Sequence[dict[str, Any] | str]) -> Path:
    """A file with a line for each record; text is written as it is."""
    lines = [entry if isinstance(entry, str) else json.dumps(entry, ensure_ascii=False) for entry in records]
    path.write_text("".join(f"{text}\n" for text in lines), encoding="utf-8")
    return path
