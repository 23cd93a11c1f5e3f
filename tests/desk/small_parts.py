"""A desk that starts in no time: five replies, two rules, no models. For processes of the tests' own."""

from __future__ import annotations

from pathlib import Path

from compliance.catalogue import load_catalogue
from compliance.checker import Checker
from contracts.understanding import Guess, Understanding
from desk.settings import PROJECT, SuggestSettings
from desk.suggest import Parts, Suggester
from retrieval.building import open_library
from retrieval.index import SearchIndex
from retrieval.retriever import Retriever
from tests.doubles import FixedReader

SMALL_DATA: Path = PROJECT / "tests" / "small_data"
READ = Understanding(intents=(Guess("invoice", 0.95),), topics=(Guess("invoice/issue", 0.9),))


def small_suggester() -> Suggester:
    """The path of a message over the small data, by keywords."""
    library = open_library(SMALL_DATA)
    checker = Checker(load_catalogue(SMALL_DATA / "clauses"))
    retriever = Retriever(library, SearchIndex.keyword_only(library))
    return Suggester(Parts(FixedReader(READ), None, retriever, checker, SuggestSettings()))
