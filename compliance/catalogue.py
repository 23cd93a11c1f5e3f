"""The clause catalogue: every file of a folder, loaded strictly."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from compliance.kinds import build
from compliance.kinds.check import Check
from compliance.lexicon import LEXICON_FILE, Lexicon, load_lexicon
from compliance.options import OptionError
from compliance.pattern import Pattern
from compliance.records import ClauseRecord, ExampleRecord
from contracts.clause import CheckSpec, Clause, Example, Severity, Source
from contracts.context import Context
from contracts.errors import DataError, InputError
from contracts.platform import Platform, expand_platforms
from files.records import Located, read_records

SHOPS_FOLDER = "shops"
"""Below the clauses: a file of its own rules for each shop that has some, named by the shop's id."""

_ID = re.compile(r"[a-z]{2,12}(?:\.[a-z0-9_-]{1,60}){1,4}")
_OWN = "shop."


@dataclass(frozen=True)
class Catalogue:
    """All clauses in the order of the files, by clause id the compiled check and its patterns, and the word classes.

    `clauses` hold for every shop; `own` are those that a shop, by its id, has added for itself.
    """

    clauses: tuple[Clause, ...]
    own: Mapping[str, tuple[Clause, ...]]
    checks: Mapping[str, Check]
    patterns: Mapping[str, tuple[Pattern, ...]]
    classes: Mapping[str, Pattern]

    def for_platform(self, platform: Platform) -> tuple[Clause, ...]:
        """The clauses that hold on a platform."""
        return tuple(clause for clause in self.clauses if platform in clause.platforms)

    def all_clauses(self) -> Iterator[Clause]:
        """The clauses of every shop, and those of single shops behind them."""
        return chain(self.clauses, *self.own.values())

    def require(self, clause_id: str) -> Clause:
        """The clause with this id. Raises InputError when there is none."""
        for clause in self.all_clauses():
            if clause.id == clause_id:
                return clause
        raise InputError(f"unknown clause {clause_id!r}")


def load_catalogue(folder: Path) -> Catalogue:
    """The catalogue in `folder`/*.yml, with the shops' own clauses in `folder`/shops/<shop>.yml.

    Raises DataError with file, line and clause for anything that is not right.
    """
    lexicon = load_lexicon(folder)
    files = sorted(path for path in folder.glob("*.yml") if path.name != LEXICON_FILE)
    if not files:
        raise DataError("holds no clause files (*.yml)", file=str(folder))
    compiled = _Compiled(lexicon)
    clauses = tuple(clause for path in files for clause in compiled.read(path, own=False))
    shops = sorted((folder / SHOPS_FOLDER).glob("*.yml"))
    own = {path.stem: tuple(compiled.read(path, own=True)) for path in shops}
    return Catalogue(clauses, own, compiled.checks, compiled.patterns, lexicon.word_classes())


class _Compiled:
    """Clauses read so far, with their checks and patterns by clause id."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.checks: dict[str, Check] = {}
        self.patterns: dict[str, tuple[Pattern, ...]] = {}
        self._lexicon = lexicon

    def read(self, path: Path, *, own: bool) -> Iterator[Clause]:
        """The clauses of a file. Raises DataError; only a shop's own clauses have ids that begin with `shop.`."""
        for located in read_records(path, "clauses", ClauseRecord):
            clause = _clause(located)
            if clause.id.startswith(_OWN) is not own:
                raise located.error(f"ids of a shop's own clauses, and of no others, begin with {_OWN!r}", clause.id)
            if clause.id in self.checks:
                raise located.error("the clause id is used twice", clause.id)
            self._lexicon.taken.clear()
            try:
                self.checks[clause.id] = build(clause.check.kind, clause.check.options, self._lexicon)
            except OptionError as error:
                raise located.error(str(error), f"{clause.id}: check") from None
            self.patterns[clause.id] = tuple(self._lexicon.taken)
            yield clause


def _clause(located: Located[ClauseRecord]) -> Clause:
    record = located.value
    if not _ID.fullmatch(record.id):
        raise located.error("an id is lower case words joined by dots, such as tmall.invoice.any-amount", record.id)
    try:
        platforms = expand_platforms(record.platforms)
    except InputError as error:
        raise located.error(str(error), f"{record.id}: platforms") from None
    kind = record.check.get("kind")
    if not isinstance(kind, str):
        raise located.error("needs a 'kind'", f"{record.id}: check")
    if record.hint and record.severity is not Severity.WARN:
        raise located.error("a hint only warns: severity must be 'warn'", f"{record.id}: hint")
    source = record.source
    return Clause(
        id=record.id,
        platforms=platforms,
        topic=record.topic,
        statement_zh=record.statement.zh,
        statement_en=record.statement.en,
        penalty=record.penalty,
        severity=record.severity,
        source=Source(source.document, source.note, source.effective_from, source.verified_on),
        check=CheckSpec(kind, {name: value for name, value in record.check.items() if name != "kind"}),
        why=record.why,
        instead=record.instead,
        violating=_examples(located, "violating", record.violating),
        compliant=_examples(located, "compliant", record.compliant),
        hint=record.hint,
    )


def _examples(located: Located[ClauseRecord], field: str, raw: tuple[str | ExampleRecord, ...]) -> tuple[Example, ...]:
    place = f"{located.value.id}: {field}"
    examples = tuple(Example(entry) if isinstance(entry, str) else Example(entry.text, entry.context) for entry in raw)
    for example in examples:
        _, warnings = Context().with_values(example.context)
        if warnings:
            raise located.error(warnings[0], place)
    return examples
