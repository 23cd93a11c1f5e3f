from __future__ import annotations

from contracts.turn import Speaker
from desk.clock import utc_now
from desk.storage.conversations import add_message, conversation_of
from desk.storage.database import Connection, Database
from desk.storage.glances import LATEST, glances
from desk.storage.outbox import queue_message, withdraw
from desk.storage.shops import note_shops
from desk.storage.suggestions import add_suggested
from tests.desk.talk import LAMPS


def _talk(connection: Connection, *said: str, buyer: str = "zhang") -> tuple[str, list[str]]:
    """A conversation of these lines; those beginning with > are an agent's."""
    now = utc_now()
    talk = conversation_of(connection, LAMPS.id, "memory", buyer, now)
    names = []
    for text in said:
        speaker = Speaker.AGENT if text.startswith(">") else Speaker.BUYER
        message = add_message(connection, talk.id, speaker, text, now, now)
        assert message is not None
        names.append(message.id)
        if speaker is Speaker.AGENT:
            queue_message(connection, message.id, LAMPS.id, talk.id, now)
    return talk.id, names


def test_the_last_line_and_what_nobody_has_answered(database: Database) -> None:
    with database.transaction() as connection:
        note_shops(connection, (LAMPS,))
        waiting, _ = _talk(connection, "在吗", ">在的", "能开票吗", "公司的")
        answered, _ = _talk(connection, "在吗", ">在的", buyer="li")
        seen = glances(connection, [waiting, answered])
    assert [line.text for line in seen[waiting].unanswered] == ["能开票吗", "公司的"]
    assert seen[answered].unanswered == ()
    last = seen[answered].last
    assert last is not None
    assert (last.number, last.speaker, last.text) == (2, Speaker.AGENT, ">在的")


def test_a_line_that_was_taken_back_was_never_said(database: Database) -> None:
    with database.transaction() as connection:
        note_shops(connection, (LAMPS,))
        talk, (_, sent) = _talk(connection, "在吗", ">在的")
        assert withdraw(connection, sent, utc_now())
        glance = glances(connection, [talk])[talk]
    assert [line.text for line in glance.unanswered] == ["在吗"]
    assert glance.last is not None
    assert glance.last.text == "在吗"


def test_what_was_read_comes_along_and_a_long_talk_is_cut(database: Database) -> None:
    read = {"intents": [{"name": "invoice", "confidence": 0.9}], "topics": []}
    with database.transaction() as connection:
        note_shops(connection, (LAMPS,))
        talk, names = _talk(connection, *(f"第{number}句" for number in range(LATEST + 5)))
        add_suggested(connection, names[-1], talk, {"understanding": read, "suggestions": []}, utc_now())
        glance = glances(connection, [talk])[talk]
    assert len(glance.unanswered) == LATEST
    assert glance.unanswered[-1].understanding == read
    assert glance.unanswered[0].understanding is None
    assert glances_of_nothing(database) == {}


def glances_of_nothing(database: Database) -> dict[str, object]:
    with database.transaction() as connection:
        return dict(glances(connection, []))
