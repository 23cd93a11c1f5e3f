"""Huashu itself through its one path, over an index that is built anew to be timed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from contracts.errors import InputError
from contracts.platform import Platform
from contracts.turn import Inquiry
from desk.assembly import assemble
from desk.settings import Settings
from desk.understand import Reader
from evaluation.peers.protocol import Ask, Canned, Hit
from retrieval.index import SearchIndex
from retrieval.ranking_record import load_weights
from retrieval.retriever import Retriever


class Huashu:
    """Gets each message in its context: `inquiries` by the id of the question."""

    def __init__(self, settings: Settings, reader: Reader, inquiries: Mapping[str, Inquiry]) -> None:
        """Raises SetupNeeded without an encoder: keywords alone are not what is measured."""
        self._settings = settings
        self._desk = assemble(settings, reader)
        self._inquiries = inquiries

    def index(self, replies: Sequence[Canned]) -> None:
        """Build index and retriever over the library. Raises InputError when the library holds other replies."""
        suggester, library = self._desk.suggester, self._desk.library
        if [reply.id for reply in library.replies] != [reply.id for reply in replies]:
            raise InputError("the library has changed since the measurement began")
        encoder = suggester.parts.encoder
        if encoder is None:
            raise InputError(f"no encoder: {'; '.join(suggester.parts.notes)}")
        retriever = Retriever(library, SearchIndex.build(library, encoder), load_weights(self._settings.data))
        suggester.swap(replace(suggester.parts, retriever=retriever))

    def suggest(self, ask: Ask, k: int) -> list[Hit]:
        """What an agent would be shown."""
        inquiry = self._inquiries.get(ask.id) or Inquiry(ask.text, Platform.parse(ask.platform))
        answer = self._desk.suggester.suggest(inquiry, self._desk.shop_of(inquiry), k)
        return [Hit(item.candidate.reply.id, item.candidate.confidence) for item in answer.suggestions]
