"""What a process does for one buyer at night: receive, answer by itself, deliver; killed at any transaction."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

from contracts.conversation import Incoming
from contracts.hours import Hours, Shift, Span
from contracts.platform import Platform
from contracts.shop import Shop
from desk.assistant import Assistant
from desk.delivery import Deliverer
from desk.inbox import Inbox
from desk.night.aids import Aids
from desk.night.attendant import Attendant
from desk.night.calling import NightCall
from desk.night.first_reply import FirstReply
from desk.night.reading import ALARMS
from desk.night.signals import load_signals
from desk.night.texts import FixedTexts
from desk.send import Sender
from desk.settings import PROJECT, NightSettings
from desk.shop_settings import ShopSettings
from desk.shops import Shops
from desk.storage.shops import note_shops
from desk.suggest import Suggester
from files.labels import load_labels
from files.taxonomy import load_taxonomy
from retrieval.building import open_fixed
from tests.desk.one_life import Death, Doomed, Paper
from tests.desk.small_parts import small_suggester
from tests.desk.talk import Orders

CLOSED = Shop("lamps", Platform.TMALL, "暖灯", hours=Hours((Shift("", frozenset(range(7)), (Span(72000, 75600),)),)))
"""Open from 20:00 to 21:00 on the clock of Shanghai."""

_DATA = PROJECT / "data"


def live_night(url: str, paper: str, buyer: str, now: datetime, death: Death) -> int:
    """Do it all for one buyer, as a channel does that repeats what was not acknowledged.

    Gives the number of transactions it took.
    """
    database, suggester = Doomed.open(url), small_suggester()
    assert isinstance(database, Doomed)
    with database.transaction() as connection:
        note_shops(connection, (CLOSED,))
    shops, me = Shops({CLOSED.id: CLOSED}), os.getpid()
    settings = ShopSettings(database, shops, load_taxonomy(_DATA / "taxonomy.yml"), lambda: now)
    database.count, database.death = 0, death
    try:
        inbox = Inbox(database, _nothing, lambda: now)
        inbox.receive(Incoming("lamps", "paper", buyer, "能开专票吗", f"{buyer}-1", now))
        nights = NightCall(settings, _nothing, lambda: now)
        assistant = Assistant(database, suggester, shops, Orders(), f"a-{me}", lambda: now, nights=nights)
        sender = Sender(database, suggester.parts.checker, shops, Orders(), _nothing, clock=lambda: now)
        attendant = Attendant(
            database=database,
            first_reply=_first_reply(suggester),
            settings=settings,
            orders=Orders(),
            sender=sender,
            limits=NightSettings(notice_seconds=0),
            holder=f"n-{me}",
            clock=lambda: now,
        )
        deliverer = Deliverer(database, {"paper": Paper(Path(paper), death)}, f"d-{me}", lambda: now)
        for worker in (assistant, attendant, deliverer):
            while worker.step():
                pass
        return database.count
    finally:
        suggester.close()
        database.close()


def _first_reply(suggester: Suggester) -> FirstReply:
    taxonomy = load_taxonomy(_DATA / "taxonomy.yml")
    aids = Aids(
        suggester=suggester,
        checker=suggester.parts.checker,
        texts=FixedTexts(open_fixed(_DATA), ALARMS),
        signals=load_signals(_DATA / "signals.yml", taxonomy),
        labels=load_labels(_DATA / "topic_labels.yml", taxonomy),
        settings=NightSettings(),
    )
    return FirstReply(aids)


def _nothing() -> None:
    pass
