"""Searching the library by meaning, for the agent who wants another reply than those suggested."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from contracts.answer import Suggestion
from contracts.context import Context
from contracts.shop import Shop
from contracts.text import clean
from contracts.turn import Inquiry
from desk.suggest import NO_VECTORS, Suggester
from retrieval.slots import local, slot_values


@dataclass(frozen=True)
class LibrarySearch:
    """Finds replies of a shop's platform by what they mean; by keywords alone where vectors cannot be searched."""

    suggester: Suggester

    def find(
        self, text: str, shop: Shop, now: datetime, known: Inquiry | None = None, limit: int = 20
    ) -> tuple[Suggestion, ...]:
        """The replies nearest to the text that may be used in the state of `known`, best first, each checked.

        Raises InputError for an empty text.
        """
        said = clean(text)
        inquiry = known or Inquiry(text=said, platform=shop.platform, shop=shop.id)
        context = inquiry.context.over(Context().with_values(shop.context)[0])
        inquiry = replace(inquiry, context=replace(context, now=context.now or now))
        parts = self.suggester.parts
        vectors = NO_VECTORS
        if parts.encoder is not None and parts.retriever.dense_ready:
            vectors = parts.encoder.encode([said])
        found, _ = parts.search(said, vectors, shop.platform)
        values = dict(slot_values(shop, inquiry.order, inquiry.context, now))
        today = local(now, ZoneInfo(shop.timezone)).date()
        ranked = parts.retriever.rank(inquiry, found, {}, values, today)[:limit]
        check = parts.checker.check
        return tuple(Suggestion(item, check(item.text, shop.platform, inquiry.context, shop)) for item in ranked)
