from __future__ import annotations

from datetime import date

from desk.period import Period
from desk.refusals import Refusals
from desk.replies.usage import Usage, edits_of, usage_of
from desk.storage.conversations import get_conversation
from desk.storage.suggestions import Suggested, latest_suggested
from tests.desk.talk import SmallDesk

PERIOD = Period(date(2026, 11, 20), date(2026, 11, 20), "Asia/Shanghai")
BEFORE = Period(date(2026, 11, 19), date(2026, 11, 19), "Asia/Shanghai")


def _offered(desk: SmallDesk, buyer: str) -> tuple[str, Suggested]:
    talk = desk.ask("能开专票吗", buyer).conversation
    assert desk.assistant.step()
    with desk.database.transaction() as connection:
        found = latest_suggested(connection, talk)
    assert found is not None
    return talk, found


def test_what_became_of_a_reply_is_counted(small_desk: SmallDesk) -> None:
    first = ""
    for buyer, more in (
        ("zhang", ""),
        ("wang", "，您放心"),
        ("zhao", "，您放心"),
        ("zhou", None),
    ):
        talk, found = _offered(small_desk, buyer)
        best = found.answer["suggestions"][0]
        first = best["reply_id"]
        if more is not None:
            draft = small_desk.draft(talk, best["text"] + more, buyer, suggestion=found.id, rank=1)
            small_desk.sender.send(draft)
            continue
        with small_desk.database.transaction() as connection:
            conversation = get_conversation(connection, talk)
        assert conversation is not None
        Refusals(small_desk.database, small_desk.clock).refuse(conversation, found.id, 1, "li", "")
    usage = usage_of(small_desk.database, "lamps", PERIOD)[first]
    assert (usage.shown, usage.approved, usage.edited, usage.rejected) == (4, 1, 2, 1)
    assert (usage.share(usage.approved), usage.share(usage.edited)) == (0.25, 0.5)
    assert 0 < (usage.edit_distance or 0) < 1
    (edit,) = edits_of(small_desk.database, "lamps", first, PERIOD)
    assert edit.count == 2
    assert edit.text.endswith("，您放心")
    assert usage_of(small_desk.database, "shoes", PERIOD) == {}
    assert usage_of(small_desk.database, "lamps", BEFORE) == {}


def test_a_reply_that_was_never_shown_has_no_rates() -> None:
    assert Usage(searched=3).share(3) is None
