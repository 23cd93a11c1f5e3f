"""`huashu replies export` and `import`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cli.output import Exit, say, tell, to_json
from cli.progress import with_progress
from cli.replies.opening import JsonOption, PlatformOption, TopicOption, chosen, open_shelf, plain, reply_json
from contracts.errors import InputError
from desk.assembly import open_checker
from desk.replies.formats import file_bytes
from desk.replies.importing import Importer
from desk.replies.plan import Change, Plan
from desk.replies.shelf import Shelf
from desk.replies.sources import Fault, Faults
from desk.settings import Settings, load_settings
from files.atomic import write_bytes

if TYPE_CHECKING:
    from cli.evaluate.changes import Effects


def export_replies(
    out: Annotated[Path, typer.Option("--out", help="A .csv, .xlsx or .yml file; one that is there is replaced.")],
    platform: PlatformOption = None,
    topic: TopicOption = None,
    as_json: JsonOption = False,
) -> None:
    """Write replies to a file for Excel or an editor; `import` reads it back."""
    shelf = open_shelf(load_settings())
    if shelf.folder.resolve() in out.resolve().parents:
        raise InputError(f"{out}: lies within the library itself; export to another folder")
    replies = chosen(shelf, platform, topic)
    if not replies:
        raise InputError("no reply is for this platform and topic; nothing is written")
    write_bytes(out, file_bytes(replies, out))
    say(to_json({"replies": len(replies), "out": str(out)}) if as_json else f"{len(replies)} replies -> {out}")


def import_replies(
    file: Annotated[Path, typer.Argument(help="A .csv, .xlsx or .yml file, a reply a row.")],
    yes: Annotated[bool, typer.Option("--yes", help="Write without asking.")] = False,
    on: Annotated[Path | None, typer.Option(help="Labelled dialogues: which suggestions would change?")] = None,
    rasa: Annotated[bool, typer.Option(help="Ask the intent model for --on.")] = True,
    as_json: JsonOption = False,
) -> None:
    """Show what a file of replies changes, and write it after a yes.

    An id that exists is changed, a new one added; replies that are not in the file stay as they are. In a table a
    column that is missing leaves its field as it is. Nothing is written when anything in the file is wrong.
    """
    settings = load_settings()
    shelf = open_shelf(settings)
    importer = Importer(shelf, open_checker(settings))
    try:
        plan = importer.plan(file, lambda entries: with_progress(entries, len(entries), "check"))
    except Faults as wrong:
        if not as_json:
            raise
        say(to_json({"errors": [_fault_json(fault) for fault in wrong.faults], "written": []}))
        raise typer.Exit(Exit.BAD_INPUT) from None
    if not as_json:
        for line in _preview(plan):
            say(line)
    gate = _gate(settings, shelf, plan, on, rasa=rasa)
    if gate is not None and not as_json:
        say(gate.text)
    agreed = not plan.empty and (yes or (not as_json and sys.stdin.isatty() and typer.confirm("Write this?")))
    written = [str(path) for path in shelf.write(plan)] if agreed else []
    if as_json:
        say(to_json({**_plan_json(plan), **({"effects": gate.record} if gate else {}), "written": written}))
    elif not plan.empty:
        say(f"written: {', '.join(written)}" if written else "nothing is written; --yes writes it")
    if written:
        tell("huashu: run `huashu setup` to bring the search index up to date")


def _gate(settings: Settings, shelf: Shelf, plan: Plan, on: Path | None, *, rasa: bool) -> Effects | None:
    """What the plan would do to the labelled dialogues `on`; without them a word that there are some."""
    own = settings.data / "dialogues"
    if on is None and not plan.empty and any(own.glob("*.jsonl")):
        tell(f"huashu: --on {own} shows which suggestions this would change")
    if on is None or plan.empty:
        return None
    from cli.evaluate.changes import effects  # scikit-learn, which an import without --on does without
    from cli.evaluate.opening import dialogue_files

    root = settings.data
    files = {path.relative_to(root): content for path, content in shelf.contents(plan).items()}
    return effects(settings, files, dialogue_files(settings, [on]), rasa=rasa)


def _preview(plan: Plan) -> Iterator[str]:
    yield from (f"注意：{note}" for note in plan.notes)
    for reply in plan.added:
        yield f"+ {reply.id}  {reply.topic}  {reply.text}"
    for change in plan.changed:
        yield f"~ {change.after.id}"
        for name, (before, after) in _fields(change).items():
            yield from (f"    {name}: {line}" for line in _difference(before, after))
    yield f"{len(plan.added)} added, {len(plan.changed)} changed, {plan.unchanged} unchanged"


def _difference(before: Any, after: Any) -> Iterator[str]:
    """A field before and after; of lists only the items that differ, where it is not their order."""
    if isinstance(before, list) and isinstance(after, list) and set(before) != set(after):
        yield from (f"- {item}" for item in before if item not in after)
        yield from (f"+ {item}" for item in after if item not in before)
    else:
        yield f"- {_shown(before)}"
        yield f"+ {_shown(after)}"


def _shown(value: Any) -> str:
    return value if isinstance(value, str) else "" if value is None else to_json(value)


def _fields(change: Change) -> dict[str, tuple[Any, Any]]:
    return {name: (plain(before), plain(after)) for name, (before, after) in change.fields.items()}


def _plan_json(plan: Plan) -> dict[str, Any]:
    return {
        "added": [reply_json(reply) for reply in plan.added],
        "changed": [
            {"id": change.after.id, "fields": {name: {"from": a, "to": b} for name, (a, b) in _fields(change).items()}}
            for change in plan.changed
        ],
        "unchanged": plan.unchanged,
        "notes": list(plan.notes),
    }


def _fault_json(fault: Fault) -> dict[str, Any]:
    return {
        "file": fault.file,
        fault.unit: fault.number,
        "column": fault.column,
        "value": fault.value,
        "message": fault.message,
    }
