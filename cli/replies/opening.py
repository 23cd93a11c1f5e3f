"""The library as these commands open it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any

import typer

from contracts.platform import Platform
from contracts.reply import Reply
from desk.replies.shelf import Shelf
from desk.settings import Settings
from files.taxonomy import load_taxonomy
from retrieval.building import open_fixed, open_library
from retrieval.reply_record import record_of

PlatformOption = Annotated[str | None, typer.Option("--platform", help="Only replies for this platform.")]
TopicOption = Annotated[
    str | None, typer.Option("--topic", help="Only this intent (invoice) or topic (invoice/title).")
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON.")]


def open_shelf(settings: Settings) -> Shelf:
    """The library with its fixed texts. Raises DataError."""
    data = settings.data
    taxonomy = load_taxonomy(data / "taxonomy.yml")
    return Shelf(data / "replies", taxonomy, open_library(data), open_fixed(data))


def chosen(shelf: Shelf, platform: str | None, topic: str | None) -> list[Reply]:
    """The replies for the platform and about the intent or topic, where they are given. Raises InputError."""
    wanted = Platform.parse(platform) if platform else None
    return [
        reply
        for reply in shelf.replies.values()
        if (wanted is None or wanted in reply.platforms)
        and (topic is None or reply.topic == topic or reply.topic.startswith(f"{topic}/"))
    ]


def reply_json(reply: Reply) -> dict[str, Any]:
    """Every field of a reply, as JSON holds it."""
    return {name: plain(value) for name, value in record_of(reply).items()}


def plain(value: Any) -> Any:
    """A field's value with days as text."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {key: plain(part) for key, part in value.items()}
    return [plain(part) for part in value] if isinstance(value, list) else value
