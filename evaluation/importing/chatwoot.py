"""Conversations of Chatwoot, as its API gives their messages.

`GET /api/v1/accounts/{account}/conversations/{id}/messages` answers with a page of a conversation's messages; a file
holds one answer, or a list of answers, of one conversation or of many. Fields as in Chatwoot 4: `message_type` 0 came
in, 1 went out, 2 tells of an event, 3 is a template; `created_at` counts seconds since 1970; `private` is a note that
the buyer never saw; `sender.type` is `contact`, `user`, `agent_bot` or `captain_assistant`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from contracts.errors import DataError
from contracts.text import clean_optional
from evaluation.importing.protocol import Collected, Defaults, Draft, Imported, head, shown
from files.table import MOST_BYTES

_HOME = ZoneInfo("Asia/Shanghai")
_INCOMING, _OUTGOING, _ACTIVITY, _TEMPLATE = range(4)
_ATTACHED = {"image": "[图片]", "audio": "[语音]", "video": "[视频]", "file": "[文件]", "location": "[位置]"}


@dataclass(frozen=True)
class _Message:
    """A message that somebody saw: its number in the file, its ids, who wrote it when."""

    number: int
    id: int
    conversation: int
    at: float
    speaker: str
    text: str

    @property
    def turn(self) -> Mapping[str, Any]:
        at = datetime.fromtimestamp(self.at, UTC).astimezone(_HOME)
        return {"speaker": self.speaker, "at": at.isoformat(), "text": self.text, "message_id": str(self.id)}


class Chatwoot:
    """Answers of Chatwoot's messages API, saved as JSON. A message that comes in two pages is one."""

    def read(self, path: Path, defaults: Defaults) -> Imported:
        found = Collected(str(path), "message")
        messages: dict[tuple[int, int], _Message] = {}
        hidden = 0
        for number, raw in enumerate(_raw_messages(_load(path), str(path)), start=1):
            try:
                message = _message(raw, number)
            except DataError as error:
                found.fault(number, error.field or "payload", error.message)
                continue
            if message is None:
                hidden += 1
            else:
                messages.setdefault((message.conversation, message.id), message)
        if hidden:
            found.notes.append(f"messages that no buyer saw (private notes, events, empty ones) left out: {hidden}")
        _add_drafts(messages, defaults, found)
        return found.imported()


def _load(path: Path) -> Any:
    """Raises DataError."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise DataError(f"is larger than {MOST_BYTES >> 20} MB; import it in parts", file=str(path))
        return json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise DataError(f"cannot be read: {error.strerror}", file=str(path)) from None
    except UnicodeDecodeError as error:
        raise DataError(f"is not UTF-8 (byte {error.start})", file=str(path)) from None
    except json.JSONDecodeError as error:
        raise DataError(f"is not JSON: {error.msg}", file=str(path), line=error.lineno) from None
    except (ValueError, RecursionError):
        raise DataError("is not JSON: nested too deeply or too large a number", file=str(path)) from None


def _raw_messages(value: Any, file: str) -> list[Any]:
    """Every message of the answers, in the order of the file. Raises DataError for something else."""
    pages = value if isinstance(value, list) else [value]
    if not pages:
        raise DataError("holds no messages", file=file)
    found: list[Any] = []
    for number, page in enumerate(pages, start=1):
        if isinstance(page, dict) and ("data" in page or "messages" in page):
            message = (
                "is a list of conversations, with the last message of each alone; save .../conversations/ID/messages"
            )
            raise DataError(message, file=file, field=f"answer {number}")
        payload = page.get("payload") if isinstance(page, dict) else None
        if not isinstance(payload, list):
            raise DataError("has no list `payload` of messages", file=file, field=f"answer {number}")
        found += payload
    return found


def _message(raw: Any, number: int) -> _Message | None:
    """The message, None when no buyer saw it. Raises DataError that names the field."""
    if not isinstance(raw, dict):
        raise _wrong("payload", "is not a message")
    kind = _number(raw, "message_type")
    if kind not in range(4):
        raise _wrong("message_type", f"{kind} is not known")
    text = _text(raw)
    if kind == _ACTIVITY or raw.get("private") or not text:
        return None
    speaker = "buyer" if kind == _INCOMING else _shop_side(raw, kind)
    at = _number(raw, "created_at")
    if not 0 <= at < 1 << 33:
        raise _wrong("created_at", f"{shown(at)} is not a time in seconds")
    return _Message(number, _number(raw, "id"), _number(raw, "conversation_id"), at, speaker, text)


def _wrong(field: str, reason: str) -> DataError:
    """A fault in one field; who reads the file adds where."""
    return DataError(reason, file="", field=field)


def _number(raw: Mapping[str, Any], field: str) -> int:
    value = raw.get(field)
    if isinstance(value, bool) or not isinstance(value, int):
        raise _wrong(field, "is missing" if value is None else f"{shown(value)} is not a number")
    return value


def _shop_side(raw: Mapping[str, Any], kind: int) -> str:
    """An agent when a user wrote it, else a robot."""
    sender = raw.get("sender")
    if sender is not None and not isinstance(sender, dict):
        raise _wrong("sender", "must be an object")
    return "agent" if kind == _OUTGOING and (sender or {}).get("type") == "user" else "robot"


def _text(raw: Mapping[str, Any]) -> str:
    """What was written; a token for each thing that was attached."""
    content, attached = raw.get("content"), raw.get("attachments") or []
    if content is not None and not isinstance(content, str):
        raise _wrong("content", "must be text")
    if not isinstance(attached, list) or not all(isinstance(part, dict) for part in attached):
        raise _wrong("attachments", "must be a list of objects")
    tokens = [_ATTACHED.get(str(part.get("file_type")), "[附件]") for part in attached]
    return clean_optional(" ".join(part for part in ("".join(tokens), content or "") if part))


def _add_drafts(messages: Mapping[tuple[int, int], _Message], defaults: Defaults, found: Collected) -> None:
    """A draft for each conversation, by the time of its first message; one in which no buyer wrote is left out."""
    conversations: dict[int, list[_Message]] = {}
    for message in sorted(messages.values(), key=lambda message: (message.at, message.id)):
        conversations.setdefault(message.conversation, []).append(message)
    silent = 0
    for name, said in conversations.items():
        if any(message.speaker == "buyer" for message in said):
            record = head(f"chatwoot-{name}", "chatwoot", defaults, [message.turn for message in said])
            found.drafts.append(Draft(record, said[0].number, tuple(message.number for message in said)))
        else:
            silent += 1
    if silent:
        found.notes.append(f"conversations in which no buyer wrote left out: {silent}")
