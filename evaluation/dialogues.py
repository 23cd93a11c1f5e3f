"""Labelled dialogues from JSON lines, read strictly and one at a time.

`desk.dialogues` reads dialogues for answering and lets pass what it does not use. Whoever measures wants every key
known, every label in its list, and no dialogue twice: a slip in a label would count as a fault of the suggestions.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any

from contracts.context import CONTEXT_KEYS
from contracts.dialogue import Dialogue
from contracts.errors import DataError, InputError
from contracts.taxonomy import Taxonomy, intent_of
from contracts.text import clean_optional
from contracts.turn import Speaker
from desk.dialogues import ORDER_FIELDS, build_context, parse_dialogue, parse_order
from desk.shops import Shops
from files.jsonl import JsonLine, read_jsonl

_DIALOGUE_KEYS = frozenset(
    {"id", "platform", "shop", "order", "context", "hours", "source", "stratum", "turns"},
)
_TURN_KEYS = frozenset({"speaker", "at", "text", "message_id", "intents", "topics", "clear", "violates"})
_BUYER_LABELS = ("intents", "topics", "clear")
_SHOP_LABELS = ("violates",)


class Clarity(str, Enum):
    """Whether the line alone says what is meant, or only with the lines before it, or is a guess even so."""

    CLEAR = "1"
    CONTEXT = "0"
    GUESS = "x"


@dataclass(frozen=True)
class Labels:
    """What a person wrote beside a turn.

    `intents` (main first) and `topics` are empty for a buyer turn that nobody labelled. `violates` names the clauses
    that an agent's turn breaks: empty when it breaks none, None when nobody has looked.
    """

    intents: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    clarity: Clarity | None = None
    violates: frozenset[str] | None = None

    @property
    def given(self) -> bool:
        """Whether somebody labelled the turn."""
        return bool(self.intents) or self.violates is not None


@dataclass(frozen=True)
class LabelledDialogue:
    """A dialogue with the labels of each of its turns, in their order, and where it stands (`line` from 1)."""

    dialogue: Dialogue
    labels: tuple[Labels, ...]
    file: str
    line: int
    stratum: str = ""
    """How it was drawn, where that is known."""


@dataclass(frozen=True)
class Vocabulary:
    """What labels may name: topics, clauses, shops."""

    taxonomy: Taxonomy
    clauses: frozenset[str]
    shops: Shops


def read_labelled(paths: Iterable[Path], known: Vocabulary) -> Iterator[LabelledDialogue]:
    """Every dialogue of the files, in their order; only one is held at a time (and the ids seen so far).

    Raises DataError with file, line and field at the first that is not right: not JSON, an unknown key, an id that came
    before (in whichever file), a topic, clause or shop that does not exist, a turn without text.
    """
    seen: dict[str, str] = {}
    for path in paths:
        for line in read_jsonl(path):
            labelled = parse_labelled(line, str(path), known)
            place = f"{path}:{line.number}"
            first = seen.setdefault(labelled.dialogue.id, place)
            if first != place:
                raise _fault(labelled, "id", f"{labelled.dialogue.id!r} is the id of {first}, too")
            yield labelled


def parse_labelled(line: JsonLine, file: str, known: Vocabulary) -> LabelledDialogue:
    """The labelled dialogue of one line. Raises DataError."""
    if line.error is not None:
        raise line.error
    record = line.value
    dialogue = parse_dialogue(record, file, line.number)
    bare = LabelledDialogue(dialogue, (), file, line.number, _word(record, "stratum", file, line.number))
    if not dialogue.id.strip():
        raise _fault(bare, "id", "is empty")
    _check_keys(bare, record, _DIALOGUE_KEYS, "")
    _check_state(bare, known.shops)
    labels = tuple(_labels(bare, place, raw, known) for place, raw in enumerate(record["turns"]))
    return LabelledDialogue(dialogue, labels, file, line.number, bare.stratum)


def _word(record: Mapping[str, Any], name: str, file: str, line: int) -> str:
    value = record.get(name)
    if value is not None and not isinstance(value, str):
        raise DataError("must be text", file=file, line=line, field=name)
    return value or ""


def _fault(where: LabelledDialogue, field: str, message: str) -> DataError:
    name = where.dialogue.id
    return DataError(message, file=where.file, line=where.line, field=f"{name}: {field}" if name.strip() else field)


def _check_keys(where: LabelledDialogue, record: Mapping[str, Any], keys: frozenset[str], prefix: str) -> None:
    for name in record:
        if name not in keys:
            raise _fault(where, prefix + name, f"unknown key; known: {', '.join(sorted(keys))}")


def _check_state(where: LabelledDialogue, shops: Shops) -> None:
    """Order, context and shop as the desk will see them: what it would ignore with a warning is a fault here."""
    dialogue = where.dialogue
    if dialogue.shop is not None:
        try:
            shops.get(dialogue.shop, dialogue.platform)
        except InputError as error:
            raise _fault(where, "shop", str(error)) from None
    for name in dialogue.order:
        if name not in ORDER_FIELDS and f"order.{name}" not in CONTEXT_KEYS:
            raise _fault(where, f"order.{name}", "unknown key")
    _, of_order = parse_order(dialogue.order)
    _, of_context = build_context(dialogue.order, dialogue.context)
    for warning in (*of_order, *of_context):
        raise _fault(where, "order" if warning in of_order else "context", warning)


def _labels(where: LabelledDialogue, place: int, record: Mapping[str, Any], known: Vocabulary) -> Labels:
    turn, prefix = where.dialogue.turns[place], f"turns[{place}]."
    _check_keys(where, record, _TURN_KEYS, prefix)
    if not clean_optional(turn.text):
        raise _fault(where, f"{prefix}text", "is empty")
    foreign = _SHOP_LABELS if turn.speaker is Speaker.BUYER else _BUYER_LABELS
    for name in foreign:
        if record.get(name):
            raise _fault(where, prefix + name, f"is no label of {turn.speaker.value} turns")
    for name in ("intents", "topics", "violates"):
        values: tuple[str, ...] = getattr(turn, name)
        if len(set(values)) < len(values):
            raise _fault(where, prefix + name, "names the same twice")
    if turn.speaker is Speaker.BUYER:
        return _buyer_labels(where, prefix, place, record, known.taxonomy)
    for clause in turn.violates:
        if clause not in known.clauses:
            raise _fault(where, f"{prefix}violates", f"unknown clause {clause!r}")
    looked_at = record.get("violates") is not None
    return Labels(violates=frozenset(turn.violates) if looked_at else None)


def _buyer_labels(
    where: LabelledDialogue, prefix: str, place: int, record: Mapping[str, Any], taxonomy: Taxonomy
) -> Labels:
    turn = where.dialogue.turns[place]
    for intent in turn.intents:
        if intent not in taxonomy.intents:
            raise _fault(where, f"{prefix}intents", f"unknown intent {intent!r}; known: {', '.join(taxonomy.intents)}")
    for topic in turn.topics:
        if topic not in taxonomy:
            raise _fault(where, f"{prefix}topics", f"unknown topic {topic!r}")
        if intent_of(topic) not in turn.intents:
            raise _fault(where, f"{prefix}topics", f"{topic!r} belongs to an intent that is not among the intents")
    clarity = _clarity(where, prefix, record.get("clear"))
    if clarity is not None and not turn.intents:
        raise _fault(where, f"{prefix}intents", "is missing beside clear")
    return Labels(turn.intents, turn.topics, clarity)


def _clarity(where: LabelledDialogue, prefix: str, raw: Any) -> Clarity | None:
    if raw is None:
        return None
    for clarity in Clarity:
        if raw == clarity.value and isinstance(raw, str):
            return clarity
    raise _fault(where, f"{prefix}clear", f"{raw!r} is neither '1' (clear), '0' (needs its context) nor 'x' (a guess)")
