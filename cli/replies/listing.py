"""`huashu replies list`, `show` and `search`."""

from __future__ import annotations

from typing import Annotated

import typer

from cli.output import say, to_json
from cli.replies.opening import JsonOption, PlatformOption, TopicOption, chosen, open_shelf, reply_json
from contracts.errors import InputError
from contracts.platform import Platform
from contracts.text import clean
from desk.assembly import open_index
from desk.replies.search import Hit, search
from desk.settings import load_settings
from desk.wire import DIGITS
from files.yaml_text import on_one_line
from retrieval.building import open_library
from retrieval.ranking_record import load_weights
from retrieval.reply_record import file_record
from retrieval.retriever import Retriever


def list_replies(platform: PlatformOption = None, topic: TopicOption = None, as_json: JsonOption = False) -> None:
    """List replies, one a line."""
    replies = chosen(open_shelf(load_settings()), platform, topic)
    if as_json:
        say(to_json([reply_json(reply) for reply in replies]))
        return
    for reply in replies:
        say(f"{reply.id:44}  {reply.topic:26}  {reply.text}")
    say(f"{len(replies)} replies")


def show(
    reply_id: Annotated[str, typer.Argument(metavar="ID", help="The id of the reply.")], as_json: JsonOption = False
) -> None:
    """Show one reply whole, and where it stands."""
    shelf = open_shelf(load_settings())
    reply = shelf.replies.get(reply_id)
    if reply is None:
        raise InputError(f"unknown reply {reply_id!r}; `huashu replies search WORDS` finds one")
    place = shelf.place(reply_id)
    if as_json:
        fixed = reply_id in shelf.fixed
        say(to_json({**reply_json(reply), "fixed": fixed, "file": str(place.file), "line": place.line}))
        return
    for name, value in file_record(reply).items():
        if name == "questions":
            say(f"{name}\n" + "\n".join(f"  - {question}" for question in reply.questions))
        else:
            say(f"{name:10}  {value if isinstance(value, str) else on_one_line(value)}")
    say(f"{'file':10}  {place}")


def search_replies(
    words: Annotated[list[str], typer.Argument(help="What the reply is about, or how a buyer asks.")],
    platform: PlatformOption = None,
    k: Annotated[int, typer.Option("-k", min=1, max=100, help="How many replies.")] = 10,
    as_json: JsonOption = False,
) -> None:
    """Search the library by meaning and by words, whatever the order's state; no intent model is asked."""
    settings = load_settings()
    text = clean(" ".join(words), field="WORDS")
    wanted = Platform.parse(platform) if platform else None
    library = open_library(settings.data)
    index, encoder, notes = open_index(settings, library)
    hits = search(text, Retriever(library, index, load_weights(settings.data)), encoder, wanted, k)
    if as_json:
        found = [_hit_json(hit) for hit in hits]
        say(to_json({"query": text, "platform": platform, "notes": notes, "replies": found}))
        return
    for hit in hits:
        say(f"{hit.score:.2f}  {hit.reply.id:44}  {hit.reply.text}")
    say(f"{len(hits)} replies")
    for note in notes:
        say(f"注意：{note}")


def _hit_json(hit: Hit) -> dict[str, object]:
    scores = {"score": hit.score, "dense": hit.dense, "keyword": hit.keyword}
    return {**reply_json(hit.reply), **{name: round(score, DIGITS) for name, score in scores.items()}}
