"""A desk of the tests' own at night: it answers by itself, with labels in place of the intent model."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from contracts.conversation import Incoming, Message
from contracts.dialogue import Dialogue
from contracts.platform import Platform
from contracts.turn import Speaker, Turn
from desk.assembly import Desk
from desk.assistant import Assistant
from desk.delivery import Deliverer
from desk.inbox import Inbox, Received
from desk.night.attendant import Attendant
from desk.night.calling import NightCall
from desk.night.first_reply import FirstReply
from desk.send import Draft, Sender
from desk.settings import NightSettings
from desk.shop_settings import ShopSettings
from desk.shops import Shops
from desk.storage.conversations import messages_of
from desk.storage.database import Database
from desk.storage.handovers import BookEntry, entries_of
from desk.storage.shops import note_shops
from files.taxonomy import load_taxonomy
from tests.desk.talk import Counter, Hand, Memory, Orders
from tests.replay_cases.expectations import NightCase
from tests.replay_cases.reader import LabelReader

NIGHT = datetime.fromisoformat("2026-11-20T02:00:00+08:00")
SHOP = "demo-tmall"


class NightLife:
    """Inbox, assistant, attendants, sender and deliverer over one database, by a clock that is moved by hand."""

    def __init__(
        self, database: Database, desk: Desk, first_reply: FirstReply, reader: LabelReader, now: datetime = NIGHT
    ) -> None:
        self.database, self.reader = database, reader
        self.clock, self.channel, self.orders = Hand(now), Memory(), Orders()
        self.bell = Counter()
        shops = Shops({shop: desk.shops.of_file(shop) for shop in desk.shops.ids}, desk.shops.presets)
        with database.transaction() as connection:
            note_shops(connection, [shops.find(shop) for shop in shops.ids])
        taxonomy = load_taxonomy(desk.settings.data / "taxonomy.yml")
        self.settings = ShopSettings(database, shops, taxonomy, self.clock)
        nights = NightCall(self.settings, self.bell, self.clock)
        self.inbox = Inbox(database, Counter(), self.clock)
        self.assistant = Assistant(database, desk.suggester, shops, self.orders, "a1", self.clock, nights=nights)
        self.sender = Sender(database, desk.checker, shops, self.orders, Counter(), clock=self.clock)
        self.attendant = Attendant(
            database=database,
            first_reply=first_reply,
            settings=self.settings,
            orders=self.orders,
            sender=self.sender,
            limits=NightSettings(),
            holder="n1",
            clock=self.clock,
        )
        self.deliverer = Deliverer(database, {"memory": self.channel}, "d1", self.clock)
        self._labels: list[Turn] = []
        self._written = 0

    def limited(self, **limits: Any) -> None:
        """Work under other settings of the night."""
        self.attendant = replace(self.attendant, limits=NightSettings(**limits))

    def write(self, text: str, topic: str = "out_of_scope/other", buyer: str = "zhang", shop: str = SHOP) -> Received:
        """A buyer's line, and how it is read."""
        self._labels.append(Turn(Speaker.BUYER, text, topics=(topic,)))
        dialogue = Dialogue("d", Platform.TMALL, tuple(self._labels), SHOP)
        self.reader.case = NightCase(dialogue, (), down=False)
        self._written += 1
        return self.inbox.receive(Incoming(shop, "memory", buyer, text, f"{buyer}-{self._written}", self.clock.now))

    def notice(self) -> None:
        """The assistant sees what came in."""
        while self.assistant.step():
            pass

    def answer(self) -> None:
        """Everything that is due is seen, decided and delivered."""
        self.notice()
        while self.attendant.step():
            pass
        while self.deliverer.step():
            pass

    def ask(self, text: str, topic: str = "out_of_scope/other", buyer: str = "zhang") -> Received:
        """A line, and two seconds later what came of it."""
        received = self.write(text, topic, buyer)
        self.answer()
        self.clock.forward(seconds=2)
        self.answer()
        return received

    def say(self, conversation: str, text: str) -> Message:
        """An agent's line."""
        return self.sender.send(Draft(conversation, text, "li", f"k{self.clock.now.timestamp()}")).message

    def got(self, conversation: str) -> list[str]:
        """What the buyer was sent automatically, by the ids of the replies."""
        return [line.reply_id for line in self.lines(conversation) if line.automatic]

    def lines(self, conversation: str) -> tuple[Message, ...]:
        """All lines of a conversation."""
        with self.database.transaction() as connection:
            return messages_of(connection, conversation, 100)

    def book(self, shop: str = SHOP) -> tuple[BookEntry, ...]:
        """The entries that are not done."""
        with self.database.transaction() as connection:
            return entries_of(connection, shop, None)
