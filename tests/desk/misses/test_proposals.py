from __future__ import annotations

from pathlib import Path

import pytest

from compliance.checker import Checker
from contracts.errors import NotFound
from contracts.taxonomy import Taxonomy
from desk.assembly import Desk
from desk.misses.proposals import Faulty, Likeness, Proposals, ReplyDraft, accepted_replies
from desk.outgoing import TooLate
from desk.replies.formats import file_bytes
from desk.replies.lint import TextFault
from desk.send import Blocked
from desk.settings import Settings
from desk.shops import Shops
from desk.storage.ledger import entries
from desk.storage.proposals import ProposalState
from desk.suggest import Suggester
from retrieval.library import Library, load_library
from tests.desk.talk import LAMPS, SHOES, SmallDesk

SHOPS = Shops({"lamps": LAMPS, "shoes": SHOES})
DRAFT = ReplyDraft("product/usage", "灯罩可以用湿布轻擦，不建议整个水洗，您放心用", ("灯罩可以水洗吗",))


@pytest.fixture
def proposals(
    small_desk: SmallDesk, shipped: Suggester, settings: Settings, checker: Checker, taxonomy: Taxonomy
) -> Proposals:
    desk = Desk(settings, shipped, SHOPS, checker)
    return Proposals(small_desk.database, desk, taxonomy, small_desk.clock)


def test_a_proposal_waits_until_a_leader_decides(proposals: Proposals) -> None:
    made = proposals.propose(LAMPS, DRAFT, "li").proposal
    assert [found.id for found in proposals.of("lamps", ProposalState.OPEN)] == [made.id]
    assert proposals.of("shoes") == ()
    settled = proposals.decide("lamps", made.id, ProposalState.ACCEPTED, "zhao", "很好")
    assert (settled.state, settled.decided_by, settled.note) == (ProposalState.ACCEPTED, "zhao", "很好")
    with pytest.raises(TooLate):
        proposals.decide("lamps", made.id, ProposalState.DECLINED, "zhao", "")
    assert proposals.of("lamps", ProposalState.OPEN) == ()
    with proposals.database.transaction() as connection:
        assert [entry.kind for entry in entries(connection, "lamps")] == ["proposed", "proposal_decided"]


def test_a_text_that_breaks_a_rule_is_not_stored(proposals: Proposals) -> None:
    draft = ReplyDraft("invoice/surcharge", "开票要加6个点", ("开票加钱吗",))
    with pytest.raises(Blocked) as stopped:
        proposals.propose(LAMPS, draft, "li")
    assert stopped.value.verdict.findings[0].instead
    assert proposals.of("lamps") == ()


@pytest.mark.parametrize(
    ("draft", "field"),
    [
        (ReplyDraft("no/topic", "好的您", ("在吗",)), "topic"),
        (ReplyDraft("product/usage", "\u200b", ("在吗",)), "text"),
        (ReplyDraft("product/usage", "请看{shop.nothing}", ("在吗",)), "text"),
        (ReplyDraft("product/usage", "好的您"), "questions"),
        (ReplyDraft("product/usage", "好的您", ("在吗",), {"order.colour": ["red"]}), "when"),
        (ReplyDraft("product/usage", "好的您", ("在吗",), {"order.status": ["eaten"]}), "when"),
    ],
)
def test_what_can_be_no_reply_is_refused_with_its_field(proposals: Proposals, draft: ReplyDraft, field: str) -> None:
    with pytest.raises(Faulty) as refused:
        proposals.propose(LAMPS, draft, "li")
    assert refused.value.field == field
    assert proposals.of("lamps") == ()


def test_questions_come_from_the_lines_that_it_answers_and_from_no_other_shop(
    proposals: Proposals, small_desk: SmallDesk
) -> None:
    mine = small_desk.ask("灯罩能洗吗，我电话13812345678").message
    theirs = small_desk.ask("鞋子能洗吗", shop="shoes").message
    draft = ReplyDraft(DRAFT.topic, DRAFT.text, lines=(mine, theirs, "0" * 32))
    made = proposals.propose(LAMPS, draft, "li").proposal
    assert made.questions == ("灯罩能洗吗，我电话[电话x]",)
    assert made.lines == (mine,)


def test_the_lint_and_the_replies_that_say_it_already_are_told(proposals: Proposals) -> None:
    library = proposals.desk.library
    there = next(reply for reply in library.replies if LAMPS.platform in reply.platforms and not reply.slots)
    same = proposals.propose(LAMPS, ReplyDraft(there.topic, there.text, ("在吗",)), "li")
    assert same.alike[0][0] is Likeness.SAME
    familiar = proposals.propose(LAMPS, ReplyDraft("product/usage", "你用湿布擦擦就行", ("怎么擦",)), "li")
    assert familiar.faults == (TextFault.FAMILIAR,)


def test_another_shops_proposal_is_not_there(proposals: Proposals) -> None:
    made = proposals.propose(LAMPS, DRAFT, "li").proposal
    with pytest.raises(NotFound):
        proposals.decide("shoes", made.id, ProposalState.ACCEPTED, "zhao", "")


def test_accepted_ones_become_a_file_that_the_library_loads(
    proposals: Proposals, taxonomy: Taxonomy, tmp_path: Path
) -> None:
    for state in (ProposalState.ACCEPTED, ProposalState.DECLINED):
        draft = ReplyDraft(DRAFT.topic, DRAFT.text, (state.value,), {"order.status": ["paid"]})
        made = proposals.propose(LAMPS, draft, "li").proposal
        proposals.decide("lamps", made.id, state, "zhao", "")
    replies = accepted_replies(proposals.database, SHOPS, taxonomy, Library(()))
    (tmp_path / "product.yml").write_bytes(file_bytes(replies, tmp_path / "out.yml"))
    (loaded,) = load_library(tmp_path, taxonomy).replies
    assert (loaded.text, loaded.questions, loaded.approved.by) == (DRAFT.text, ("accepted",), "zhao")
    assert (loaded.platforms, loaded.when[0].values) == ({LAMPS.platform}, ("paid",))
    assert accepted_replies(proposals.database, SHOPS, taxonomy, Library((loaded,))) == ()
