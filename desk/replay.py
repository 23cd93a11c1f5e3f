"""Playing a recorded dialogue by its own clock and its shop's hours through the first reply, sending nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from contracts.dialogue import Dialogue
from contracts.errors import DataError, HuashuError, InputError
from contracts.hours import describe
from contracts.shop import Shop
from contracts.turn import Speaker, Turn
from desk.night.first_reply import FirstReply, Outcome
from desk.night.talk import Talk
from desk.shifts import Calendar
from desk.shops import HOURS_SLOT, Shops


@dataclass(frozen=True)
class Played:
    """A turn of the dialogue, by its index: its outcome, or why it has none. Only buyer turns have outcomes."""

    turn: int
    outcome: Outcome | None = None
    error: HuashuError | None = None


@dataclass(frozen=True)
class Place:
    """Where a dialogue stands, for messages."""

    file: str
    line: int


def shop_of(shops: Shops, dialogue: Dialogue) -> Shop:
    """The dialogue's shop with the dialogue's hours where it has some; without a shop one that is only its hours.

    Raises InputError for a shop that does not exist or sells elsewhere.
    """
    if dialogue.shop:
        shop = shops.get(dialogue.shop, dialogue.platform)
    else:
        shop = Shop(id="", platform=dialogue.platform, name="")
    if dialogue.hours is None:
        return shop
    variables = {**shop.variables, HOURS_SLOT: describe(dialogue.hours)}
    return replace(shop, hours=dialogue.hours, variables=variables)


def replay(first_reply: FirstReply, shops: Shops, dialogue: Dialogue, place: Place) -> Iterator[Played]:
    """Every buyer turn with its outcome, in order, and every turn that cannot be placed in time.

    A shop line without a time is taken at the time of the line before it. Raises InputError for an unknown shop.
    """
    shop = shop_of(shops, dialogue)
    talk = Talk(dialogue, shop, Calendar.of(shop))
    latest: datetime | None = None
    for index, turn in enumerate(dialogue.turns):
        if turn.speaker is Speaker.SYSTEM:
            continue
        if turn.at is None:
            fault = DataError(
                "is missing: replay goes by each turn's own time",
                file=place.file,
                line=place.line,
                field=f"turns[{index}].at",
            )
            yield Played(index, error=fault)
            if turn.speaker is Speaker.BUYER or latest is None:
                continue
        at = turn.at or latest
        if at is None:
            continue
        latest = at
        if turn.speaker is not Speaker.BUYER:
            first_reply.shop_line(talk, turn, at)
            continue
        yield _play(first_reply, talk, index, turn, at, more=_more(first_reply, talk, index))


def _more(first_reply: FirstReply, talk: Talk, index: int) -> bool:
    """Whether the buyer's next line comes while the notice would still wait."""
    turn, following = talk.dialogue.turns[index], talk.dialogue.turns[index + 1 : index + 2]
    if not following or turn.at is None or following[0].at is None or following[0].speaker is not Speaker.BUYER:
        return False
    if following[0].message_id is not None and following[0].message_id == turn.message_id:
        return False
    apart = talk.calendar.local(following[0].at) - talk.calendar.local(turn.at)
    return timedelta() <= apart < timedelta(seconds=first_reply.settings.notice_seconds)


def _play(first_reply: FirstReply, talk: Talk, index: int, turn: Turn, at: datetime, *, more: bool) -> Played:
    try:
        return Played(index, first_reply.buyer_line(talk, turn, at, more=more))
    except InputError as error:
        return Played(index, error=error)
