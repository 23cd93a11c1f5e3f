from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from contracts.errors import ServiceDown
from contracts.platform import Platform
from contracts.understanding import Guess, Understanding
from desk.assembly import Desk
from desk.dialogues import inquiry_of, parse_dialogue
from desk.settings import EncoderSettings, Settings
from desk.shops import load_shops
from desk.suggest import Parts, Suggester
from desk.understand import NoReader, Reader
from evaluation.cases import Asked, Said
from evaluation.dialogues import Vocabulary, parse_labelled
from evaluation.running.asking import Asker, Place
from evaluation.vocabulary import vocabulary_of
from files.jsonl import JsonLine
from retrieval.slots import SLOT_NAMES
from tests.desk.small_parts import SMALL_DATA, small_suggester
from tests.doubles import FixedReader
from tests.evaluation.written import agent, buyer, labelled_record

READ = Understanding(
    (Guess("invoice", 0.9), Guess("out_of_scope", 0.07)), (Guess("invoice/issue", 0.8), Guess("invoice/type", 0.1))
)


@pytest.fixture
def make_desk() -> Iterator[Callable[[Reader], Desk]]:
    """Desks over the small data, by keywords."""
    made: list[Desk] = []

    def make(reader: Reader) -> Desk:
        parts = small_suggester().parts
        suggester = Suggester(Parts(reader, None, parts.retriever, parts.checker, parts.limits))
        settings = Settings(data=SMALL_DATA, encoder=EncoderSettings(model="none"))
        shops = load_shops(SMALL_DATA / "shops", SLOT_NAMES)
        made.append(Desk(settings, suggester, shops, parts.checker))
        return made[-1]

    yield make
    for desk in made:
        desk.suggester.close()


MakeDesk = Callable[[Reader], Desk]


def cases(desk: Desk, *, with_rasa: bool = True, **changes: Any) -> list[Asked | Said]:
    labelled = parse_labelled(JsonLine(1, labelled_record(**changes)), "d.jsonl", vocabulary_of(desk))
    return list(Asker(desk, with_rasa=with_rasa).cases(labelled))


def test_a_message_and_its_answer_become_a_case(make_desk: MakeDesk) -> None:
    at = "2026-11-20T10:00:00+08:00"
    turns = [buyer("能开发票吗", "invoice/issue", at=at), agent("可以的，您把抬头发我", "")]
    asked, said = cases(make_desk(FixedReader(READ)), turns=turns, shop="demo-tmall", stratum="uniform")
    assert isinstance(asked, Asked)
    assert (asked.id, asked.text, asked.intents, asked.clear) == ("d1#0", "能开发票吗", ("invoice",), "1")
    assert (asked.where.platform, asked.where.stratum, asked.where.open) == (Platform.TMALL.value, "uniform", True)
    assert asked.read == (("invoice", 0.9), ("out_of_scope", 0.07))
    assert asked.out_of_scope == 0.07
    assert asked.shown[0].reply_id == "invoice.issue.yes"
    assert asked.right(0)
    assert not asked.automatic  # its reply may not leave without an agent
    assert asked.timings["total"] > 0
    assert isinstance(said, Said)
    assert (said.id, said.violates, said.found, said.where.open) == ("d1#1", (), (), None)


def test_the_suggestions_are_those_of_the_one_path(make_desk: MakeDesk) -> None:
    desk = make_desk(FixedReader(READ))
    asked, _ = cases(desk)
    record = labelled_record()
    record["turns"] = record["turns"][:1]
    answer = desk.suggester.suggest(inquiry_of(parse_dialogue(record, "d", 1)))
    assert isinstance(asked, Asked)
    assert [item.reply_id for item in asked.shown] == [item.candidate.reply.id for item in answer.suggestions]


def test_an_agents_turn_is_held_against_the_rules_as_it_would_leave(make_desk: MakeDesk) -> None:
    desk = make_desk(FixedReader(READ))
    clause = desk.checker.catalogue.clauses[0]
    turns = [buyer("能开票吗"), agent(clause.violating[0].text, clause.id)]
    (said,) = cases(desk, turns=turns)
    assert isinstance(said, Said)
    assert said.caught(clause.id)
    assert said.blocking == ((clause.id,) if said.stopped else ())


@pytest.mark.parametrize("timed", [True, False])
def test_the_buyers_words_before_it_belong_to_the_state_of_a_turn(make_desk: MakeDesk, timed: bool) -> None:
    desk = make_desk(FixedReader(READ))
    moments = ["2026-11-20T10:00:00+08:00", "2026-11-20T10:05:00+08:00"] if timed else [None, None]
    turns = [buyer("能便宜点吗", at=moments[0]), agent("不能哦", "", at=moments[1])]
    labelled = parse_labelled(JsonLine(1, labelled_record(turns=turns)), "d.jsonl", vocabulary_of(desk))
    context = Place.of(desk, labelled).context_of(1)
    assert context.buyer.text == "能便宜点吗"
    assert context.buyer.minutes_since == (5 if timed else None)


def test_a_turn_before_the_buyer_has_written_has_the_orders_state(make_desk: MakeDesk) -> None:
    (said,) = cases(make_desk(FixedReader(READ)), turns=[agent("您好，有什么可以帮您", "")], order={"status": "paid"})
    assert isinstance(said, Said)


def test_a_message_that_rasa_did_not_read_is_no_result(make_desk: MakeDesk) -> None:
    with pytest.raises(ServiceDown):
        cases(make_desk(NoReader()))
    asked, _ = cases(make_desk(NoReader()), with_rasa=False)
    assert isinstance(asked, Asked)
    assert asked.read


def test_the_vocabulary_is_that_of_the_desk(make_desk: MakeDesk) -> None:
    known: Vocabulary = vocabulary_of(make_desk(NoReader()))
    assert "invoice/issue" in known.taxonomy
    assert known.shops.ids == ("demo-jd", "demo-tmall")
    assert known.clauses
