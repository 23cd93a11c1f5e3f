from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml


@dataclass(frozen=True)
class Line:
    """One training line with its labels and the lines before it."""

    text: str
    intent: str
    topic: str
    also: tuple[str, ...]
    agent: str
    buyer: str
    file: str


def _lines(path: Path) -> list[Line]:
    found: list[Line] = []
    for block in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]:
        examples = block["examples"]
        entries: list[Mapping[str, Any]] = (
            [{"text": line.removeprefix("- ")} for line in examples.splitlines() if line.strip()]
            if isinstance(examples, str)
            else examples
        )
        for entry in entries:
            extra = entry.get("metadata") or {}
            found.append(
                Line(
                    text=entry["text"].strip(),
                    intent=block["intent"],
                    topic=(block.get("metadata") or {}).get("topic", ""),
                    also=tuple(extra.get("also", ())),
                    agent=extra.get("agent", ""),
                    buyer=extra.get("buyer", ""),
                    file=path.name,
                )
            )
    return found


@pytest.fixture(scope="session")
def training(data: Path) -> list[Line]:
    """Every training line of every intent."""
    return [line for path in sorted((data / "nlu").glob("*.yml")) for line in _lines(path)]
