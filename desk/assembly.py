"""Putting the service together from settings: each part that can be missing is missing with a note."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from compliance.catalogue import load_catalogue
from compliance.checker import Checker
from contracts.clause import Severity
from contracts.context import Context
from contracts.errors import DataError, SetupNeeded
from contracts.reply import Reply
from contracts.shop import Shop
from contracts.turn import Inquiry
from desk.settings import Settings
from desk.shops import Shops, load_shops
from desk.suggest import Parts, Suggester
from desk.understand import Reader
from retrieval.building import INDEX_FOLDER, open_library
from retrieval.encoder.protocol import Encoder
from retrieval.encoder.store import load as load_encoder
from retrieval.index import SearchIndex
from retrieval.library import Library
from retrieval.retriever import Retriever
from retrieval.slots import SLOT_NAMES


@dataclass(frozen=True)
class Desk:
    """The assembled service."""

    settings: Settings
    suggester: Suggester
    shops: Shops
    checker: Checker
    library: Library

    def shop_of(self, inquiry: Inquiry) -> Shop | None:
        """The inquiry's shop, None when it names none. Raises InputError for one that does not exist."""
        return self.shops.get(inquiry.shop, inquiry.platform) if inquiry.shop else None


def open_checker(settings: Settings) -> Checker:
    """The checker over all clauses. Raises DataError: a rule that cannot load must stop the start."""
    return Checker(load_catalogue(settings.data / "clauses"))


def assemble(settings: Settings, reader: Reader) -> Desk:
    """The service with `reader` as its intent model.

    Raises DataError for faulty files of `data/`. A missing encoder or index leaves keyword search, with a note.
    """
    checker = open_checker(settings)
    library = open_library(settings.data)
    check_library(library, checker)
    shops = load_shops(settings.data / "shops", SLOT_NAMES)
    encoder, index, notes = _search_parts(settings, library)
    parts = Parts(reader, encoder, Retriever(library, index), checker, settings.suggest, notes)
    return Desk(settings, Suggester(parts), shops, checker, library)


def _search_parts(settings: Settings, library: Library) -> tuple[Encoder | None, SearchIndex, tuple[str, ...]]:
    try:
        encoder = load_encoder(settings.encoder.model, settings.var / "encoders", settings.encoder.threads)
        index = SearchIndex.load(settings.var / INDEX_FOLDER, library, encoder.card)
    except SetupNeeded as missing:
        return None, SearchIndex.keyword_only(library), (f"只用关键词检索：{missing}",)
    return encoder, index, ()


def breaches(library: Library, checker: Checker) -> Iterator[DataError]:
    """Every reply that breaks a rule of a platform it is approved for, in a state it is meant for; each once."""
    for reply in library.replies:
        for platform, context in product(sorted(reply.platforms), _states(reply)):
            verdict = checker.check(reply.text, platform, context)
            if verdict.blocked:
                finding = next(found for found in verdict.findings if found.severity is Severity.BLOCK)
                message = f"breaks {finding.clause} on {platform.value}: {finding.why}"
                yield DataError(message, file="data/replies", field=reply.id)
                break


def _states(reply: Reply) -> tuple[Context, ...]:
    """Every state that the reply's `when` allows."""
    keys = [condition.key for condition in reply.when]
    choices = product(*(condition.values for condition in reply.when))
    return tuple(Context().with_values(dict(zip(keys, values, strict=True)))[0] for values in choices)


def check_library(library: Library, checker: Checker) -> None:
    """Hold every reply against the rules of every platform it is approved for. Raises DataError at the first breach."""
    for breach in breaches(library, checker):
        raise breach
