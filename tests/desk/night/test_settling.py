from __future__ import annotations

from contracts.forms import FORMS
from contracts.reply import Reply
from desk.night.settling import SENT_FOR, answered, taken_up
from desk.night.talk import Period
from tests.doubles import make_reply

WARRANTY = "returns/warranty"
TYPE = "invoice/type"
MONTHS = make_reply("a.months", "保修12个月，从签收算起。", "保修多久", "质保几个月", topic=WARRANTY)
INVOICE = next(form for form in FORMS if form.id == "invoice_details")


def _left(line: str, reply: Reply, *open_questions: str) -> tuple[str, ...]:
    period = Period(None).asking(WARRANTY, "待答复：", *open_questions)
    after = answered(period, line, reply, (WARRANTY,))
    return tuple(words for point in after.asks for words in point.words)


def test_an_answer_settles_its_own_question_however_it_is_dotted() -> None:
    assert _left("保修多久？", MONTHS, "保修多久") == ()


def test_an_answer_settles_the_same_question_in_other_words() -> None:
    assert _left("质保几个月", MONTHS, "请问保修多久呢") == ()


def test_an_answer_leaves_what_it_says_nothing_of() -> None:
    others = ("保修卡丢了还修吗", "保修要不要自己出邮费", "人为的保修多久")
    assert _left("质保几个月", MONTHS, *others) == others


def test_questions_about_other_matters_stay() -> None:
    period = Period(None).asking("shipping/freight", "待答复：", "保修多久")
    assert answered(period, "保修多久", MONTHS, (WARRANTY,)) == period


def test_a_form_takes_up_whether_and_how_and_what_the_buyer_was_sent_for() -> None:
    period = (
        Period(None).asking(TYPE, "待答复：", "专票能开吗", "专票几天开好").asking(TYPE, f"{SENT_FOR}：", "有普票吗")
    )
    after = taken_up(period, INVOICE)
    assert [point.words for point in after.asks] == [("专票几天开好",)]
