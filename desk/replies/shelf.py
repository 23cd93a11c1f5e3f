"""The files of the library: which reply stands where, and writing a plan into them."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from contracts.errors import DataError
from contracts.reply import Reply
from contracts.taxonomy import Taxonomy, intent_of
from desk.replies.plan import Change, Plan
from files.atomic import replace_all
from files.records import read_text
from files.yaml_list import ListFile
from retrieval.library import KEY, Library, Place, load_library
from retrieval.reply_record import file_record


@dataclass(frozen=True)
class Shelf:
    """The library below `folder` and the texts sent by their names below `folder/fixed`."""

    folder: Path
    taxonomy: Taxonomy
    library: Library
    fixed: Library

    @cached_property
    def replies(self) -> Mapping[str, Reply]:
        """All of both, by id."""
        return {reply.id: reply for reply in (*self.library.replies, *self.fixed.replies)}

    def place(self, reply_id: str) -> Place:
        """File and line of a reply that is there."""
        return self.library.places.get(reply_id) or self.fixed.places[reply_id]

    def write(self, plan: Plan) -> tuple[Path, ...]:
        """Write the plan into the files, all of them or none; the files that were written.

        A changed reply keeps its place and its other fields' lines; a new one goes behind the last of its topic in
        `<intent>.yml`; one whose topic belongs to another intent moves there. A crash in the middle (see
        `replace_all`) leaves whole files, and a reply that was moving in both: the next command names both places.
        Importing the file once more then does what is left. Raises DataError when the files have changed since they
        were loaded, or are laid out so that they cannot be edited.
        """
        contents = self.contents(plan)
        replace_all(contents)
        return tuple(contents)

    def contents(self, plan: Plan) -> Mapping[Path, bytes]:
        """What `write` would write, by file. Raises DataError as it does."""
        edit = _Edit(self)
        for change in plan.changed:
            edit.change(change)
        for reply in plan.added:
            edit.add(reply)
        contents = edit.contents()
        self._prove(plan, contents)
        return {path: text.encode() for path, text in contents.items()}

    def _prove(self, plan: Plan, contents: Mapping[Path, str]) -> None:
        """Load the library as it would be from a copy. Raises DataError when it is not what was planned."""
        wanted = {**self.replies, **{reply.id: reply for reply in plan.added}}
        wanted.update({change.after.id: change.after for change in plan.changed})
        with tempfile.TemporaryDirectory() as name:
            copy = Path(name) / "replies"
            for path in (*self.folder.glob("*.yml"), *self.folder.glob("fixed/*.yml")):
                target = copy / path.relative_to(self.folder)
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(path, target)
            for path, text in contents.items():
                (copy / path.relative_to(self.folder)).write_bytes(text.encode())
            found = {reply.id: reply for reply in load_library(copy, self.taxonomy).replies}
            if self.fixed.replies:
                fixed = load_library(copy / "fixed", self.taxonomy, fixed=True)
                found.update({reply.id: reply for reply in fixed.replies})
        odd = sorted(name for name in {**wanted, **found} if wanted.get(name) != found.get(name))
        if odd:
            message = "the files have changed meanwhile, or cannot be edited by line; nothing was written"
            raise DataError(message, file=str(self.folder), field=odd[0])


class _Edit:
    """The files of one plan while they are edited."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._files: dict[Path, ListFile] = {}
        self._gained: dict[Path, None] = {}
        self._last: dict[tuple[Path, str], str] = {}

    def change(self, change: Change) -> None:
        reply = change.after
        fixed = self._shelf.fixed.places.get(reply.id)
        path = (fixed or self._shelf.library.places[reply.id]).file
        if change.moves and not fixed:
            self._file(path).remove(reply.id)
            self._last.pop((path, change.before.topic), None)
            self.add(reply)
        else:
            self._file(path).change(file_record(reply), tuple(change.fields))

    def add(self, reply: Reply) -> None:
        path = self._shelf.folder / f"{intent_of(reply.topic)}.yml"
        file = self._file(path)
        file.add(file_record(reply), self._last_about(path, reply.topic))
        self._last[path, reply.topic] = reply.id
        self._gained[path] = None

    def contents(self) -> dict[Path, str]:
        """The new text of every file, those first that gain a reply: what moves is never in neither."""
        return {path: self._files[path].text for path in self._order()}

    def _order(self) -> Iterator[Path]:
        yield from self._gained
        yield from (path for path in self._files if path not in self._gained)

    def _last_about(self, path: Path, topic: str) -> str | None:
        """The last reply of the file that is about the topic in the library as it was, or was added since."""
        if (path, topic) not in self._last:
            there = self._shelf.replies
            same = [name for name in self._file(path).names if name in there and there[name].topic == topic]
            if not same:
                return None
            self._last[path, topic] = same[-1]
        return self._last[path, topic]

    def _file(self, path: Path) -> ListFile:
        if path not in self._files:
            name, there = str(path), path.exists()
            self._files[path] = ListFile.from_text(read_text(path), name, KEY) if there else ListFile.new(name, KEY)
        return self._files[path]
