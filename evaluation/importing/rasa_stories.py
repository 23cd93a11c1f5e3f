"""Rasa's test stories: what buyers wrote with the intents that were expected.

The format is that of Rasa 3 (`tests/test_stories.yml`): stories of steps; a step with `user` holds the buyer's text,
its `intent` the label; entities are marked inside the text as `[text](name)` or `[text]{"entity": ...}`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from contracts.errors import DataError
from contracts.taxonomy import intent_of
from evaluation.importing.protocol import Collected, Defaults, Draft, Imported, head, shown
from files.records import Item, read_items

_KEY = "stories"
_BESIDE = frozenset({"version"})
_STORY = frozenset({"story", "metadata", "steps"})
_STEP = frozenset({"user", "intent", "entities", "role", "group", "metadata"})
_SILENT = ("action", "slot_was_set", "active_loop")
"""Steps in which nobody says a word that the file holds."""
_BRANCHES = ("or", "checkpoint")
_ENTITY = re.compile(r"\[([^\[\]]+)\](?:\([^()]*\)|\{[^{}]*\})")


class RasaStories:
    """Stories in which every `user` step has its text; `bot` steps are a robot's turns.

    An intent is one of ours (`invoice`), or a topic in the way of Rasa's retrieval intents (`invoice/issue`).
    """

    def read(self, path: Path, defaults: Defaults) -> Imported:
        found = Collected(str(path), "line")
        silent = 0
        for number, item in enumerate(read_items(path, _KEY, _BESIDE), start=1):
            try:
                silent += self._story(item, number, defaults, found)
            except DataError as error:
                found.fault(error.line or item.line, error.field or _KEY, error.message)
        if silent:
            found.notes.append(f"steps without a text (actions, slots, forms) left out: {silent}")
        return found.imported()

    def _story(self, item: Item, number: int, defaults: Defaults, found: Collected) -> int:
        """Add the story's draft; returns how many of its steps say nothing. Raises DataError."""
        story = item.plain()
        if not isinstance(story, dict):
            raise DataError("is not a story", file=item.file, line=item.line)
        _refuse_unknown(item, story, _STORY, ())
        steps = story.get("steps")
        if not isinstance(steps, list) or not steps:
            raise DataError("must be a list of steps", file=item.file, line=item.line_of(("steps",)), field="steps")
        turns, places = [], []
        for place, step in enumerate(steps):
            line = item.line_of(("steps", place))
            try:
                turn = _turn(item, place, step)
            except DataError as error:
                found.fault(error.line or line, error.field or "steps", error.message)
                continue
            if turn is not None:
                turns.append(turn)
                places.append(line)
        name = str(story.get("story") or f"story-{number}")
        found.drafts.append(Draft(head(name, "rasa", defaults, turns), item.line, tuple(places)))
        return len(steps) - len(turns)


def _turn(item: Item, place: int, step: Any) -> Mapping[str, Any] | None:
    """The turn of a step, None when nobody speaks in it. Raises DataError."""
    line = item.line_of(("steps", place))
    if not isinstance(step, dict):
        raise DataError("is not a step", file=item.file, line=line, field="steps")
    for name in _BRANCHES:
        if name in step:
            raise DataError(
                "a story that branches has no one text; write it out", file=item.file, line=line, field=name
            )
    if "bot" in step:
        return {"speaker": "robot", "text": _text(step["bot"], item, place, "bot")}
    if "user" in step:
        _refuse_unknown(item, step, _STEP, ("steps", place))
        return {"speaker": "buyer", "text": _plain(_text(step["user"], item, place, "user")), **_labels(step)}
    if any(name in step for name in _SILENT):
        return None
    if "intent" in step:
        message = "the step has an intent and no text of the user"
        raise DataError(message, file=item.file, line=line, field="user")
    raise DataError(f"unknown step {shown(next(iter(step), ''))}", file=item.file, line=line, field="steps")


def _refuse_unknown(item: Item, value: Mapping[str, Any], known: frozenset[str], place: tuple[str | int, ...]) -> None:
    for name in value:
        if name not in known:
            raise DataError("unknown key", file=item.file, line=item.line_of((*place, name)), field=name)


def _text(value: Any, item: Item, place: int, field: str) -> str:
    if not isinstance(value, str):
        raise DataError("must be text", file=item.file, line=item.line_of(("steps", place, field)), field=field)
    return value.strip()


def _plain(text: str) -> str:
    """The text as it was typed, without the marks of entities."""
    return _ENTITY.sub(lambda match: match[1], text)


def _labels(step: Mapping[str, Any]) -> dict[str, Any]:
    label = step.get("intent")
    if label is None:
        return {}
    if isinstance(label, str) and "/" in label:
        return {"intents": [intent_of(label)], "topics": [label]}
    return {"intents": [label]}
