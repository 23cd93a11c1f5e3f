from __future__ import annotations

import pytest

from contracts.form_steps import FormStep, StepKind, advance, start
from contracts.form_words import Words
from contracts.forms import FORMS, FormState, FormStatus
from contracts.understanding import Entity

BY_ID = {form.id: form for form in FORMS}
GOOD = "91330106MA2B1C2D3C"
WRONG = GOOD[:-1] + "1"
COMPANY = Entity("invoice_title", "云栖贸易有限公司", 0, 8)


def _go(
    state: FormState,
    text: str,
    *entities: Entity,
    stop: bool = False,
    about_it: bool = True,
    talk: bool = True,
    none: bool = False,
) -> FormStep:
    return advance(state, Words(text, entities, talk=talk, none=none, within=True), stop=stop, about_it=about_it)


@pytest.fixture
def asked_number() -> FormState:
    step = start(BY_ID["invoice_details"], Words("开票，云栖贸易有限公司", (COMPANY,), talk=False), {})
    assert (step.kind, step.say) == (StepKind.ASK, "form.invoice_details.tax_number")
    return step.state


def test_what_is_known_is_not_asked() -> None:
    step = start(
        BY_ID["order_change"], Words("改地址", topic="order_change/address", talk=False), {"order_number": "1"}
    )
    assert step.say == "form.order_change.value"


def test_all_at_once_is_done_at_once(asked_number: FormState) -> None:
    step = _go(asked_number, f"税号{GOOD} 普票 邮箱a@example.com")
    assert (step.kind, step.state.status) == (StepKind.DONE, FormStatus.DONE)


def test_two_tries_more_then_people(asked_number: FormState) -> None:
    first = _go(asked_number, WRONG)
    second = _go(first.state, WRONG[:-2])
    third = _go(second.state, WRONG)
    assert [step.say for step in (first, second, third)] == [
        "form.invoice_details.tax_number.check",
        "form.invoice_details.tax_number.again",
        "form.handover",
    ]
    assert third.state.status is FormStatus.HANDED


def test_a_good_number_ends_the_trying(asked_number: FormState) -> None:
    step = _go(_go(asked_number, WRONG).state, GOOD)
    assert (step.say, step.state.refused) == ("form.invoice_details.kind", ())


def test_something_else_in_between_passes(asked_number: FormState) -> None:
    step = _go(asked_number, "对了包邮吗", about_it=False, talk=False)
    assert (step.kind, step.state) == (StepKind.PASS, asked_number)


def test_stopping_ends_it(asked_number: FormState) -> None:
    step = _go(asked_number, "算了不开了", stop=True, talk=False)
    assert (step.kind, step.state.status) == (StepKind.STOPPED, FormStatus.STOPPED)
    assert _go(step.state, GOOD).kind is StepKind.PASS


def test_no_mail_address_is_no_stop(asked_number: FormState) -> None:
    state = _go(_go(asked_number, GOOD).state, "普票").state
    assert state.asked == "email"
    step = _go(state, "不用了", stop=True, talk=False, none=True)
    assert step.kind is StepKind.DONE


def test_a_change_of_mind_with_a_value_is_no_stop(asked_number: FormState) -> None:
    other = Entity("invoice_title", "云溪贸易有限公司", 0, 8)
    step = _go(asked_number, "算了，还是开云溪贸易有限公司", other, stop=True)
    assert step.state.value("invoice_title") == "云溪贸易有限公司"


def test_calling_off_with_the_old_value_or_an_order_is_a_stop() -> None:
    known = {"order_number": "尾号7102"}
    white = Entity("colour", "白色", 2, 4)
    step = start(BY_ID["order_change"], Words("换成白色", (white,), topic="order_change/item"), known)
    assert step.state.status is FormStatus.DONE
    assert _go(step.state, "不要白色了 算了", white, stop=True).kind is StepKind.STOPPED
    order = Entity("order_number", "220118833771129999", 0, 18)
    assert _go(step.state, "220118833771129999不改了", order, stop=True).kind is StepKind.STOPPED
    black = _go(step.state, "算了 黑色", Entity("colour", "黑色", 3, 5), stop=True)
    assert (black.kind, black.state.value("new_value")) == (StepKind.CORRECTED, "黑色")


def test_another_address_in_words_is_asked_for() -> None:
    address = "杭州市余杭区示例路8号"
    line = Words(address, (Entity("address", address, 0, len(address)),), topic="order_change/address")
    state = start(BY_ID["order_change"], line, {"order_number": "1"}).state
    step = _go(state, "算了 送我学校吧", stop=True)
    assert (step.kind, step.say) == (StepKind.ASK, "form.order_change.value")
    assert dict(step.state.refused) == {"value": "算了 送我学校吧"}
    assert _go(state, "算了 原来的就好", stop=True).kind is StepKind.STOPPED


def test_an_address_in_pieces_is_asked_for_until_it_is_whole() -> None:
    def told(text: str) -> tuple[Entity, ...]:
        return (Entity("address", text, 0, len(text)),)

    known = {"order_number": "1"}
    step = start(BY_ID["order_change"], Words("改地址", topic="order_change/address", talk=False), known)
    city = _go(step.state, "安徽省芜湖市", *told("安徽省芜湖市"))
    assert (city.say, city.state.value("new_value")) == ("form.order_change.value.house", None)
    house = _go(city.state, "镜湖区北京中路6号", *told("镜湖区北京中路6号"))
    assert (house.kind, house.state.value("new_value")) == (StepKind.DONE, "安徽省芜湖市镜湖区北京中路6号")
    room = _go(house.state, "2号楼301", *told("2号楼301"))
    assert (room.kind, room.state.value("new_value")) == (StepKind.NOTED, "安徽省芜湖市镜湖区北京中路6号2号楼301")
    other = _go(room.state, "改成安徽省合肥市", *told("安徽省合肥市"))
    assert (other.say, other.state.status) == ("form.order_change.value.again", FormStatus.OPEN)


def test_after_the_end_a_new_value_replaces_the_old(asked_number: FormState) -> None:
    done = _go(asked_number, f"税号{GOOD} 普票 邮箱a@example.com").state
    step = _go(done, "抬头应该是云溪贸易有限公司", Entity("invoice_title", "云溪贸易有限公司", 0, 8))
    assert (step.kind, step.say) == (StepKind.CORRECTED, "form.corrected")
    assert step.state.value("invoice_title") == "云溪贸易有限公司"
    assert _go(done, "好的", talk=False).kind is StepKind.PASS
    assert _go(done, "不开了", stop=True, talk=False).kind is StepKind.STOPPED


def _asked_kind(asked_number: FormState, without: str) -> FormState:
    step = _go(asked_number, without)
    assert step.say == "form.invoice_details.kind"
    return step.state


@pytest.mark.parametrize("without", ["税号没有", "税号我回头给你"])
@pytest.mark.parametrize("text", ["就是没有", "真的不知道", "没有啊 您帮我找找", "你们自己查吧"])
def test_once_more_that_a_number_is_missing_is_no_answer_to_the_next_question(
    asked_number: FormState, without: str, text: str
) -> None:
    state = _asked_kind(asked_number, without)
    assert (_go(state, text).kind, _go(state, text).state) == (StepKind.PASS, state)


@pytest.mark.parametrize("text", ["不知道", "看不懂"])
def test_a_bare_word_answers_what_was_asked_just_now(asked_number: FormState, text: str) -> None:
    assert _go(_asked_kind(asked_number, "税号没有"), text).say == "form.invoice_details.kind.again"


@pytest.mark.parametrize("text", ["普票跟专票哪个快", "专票和普票有什么两样", "是普票还是专票"])
def test_what_is_only_asked_about_is_not_taken(asked_number: FormState, text: str) -> None:
    state = _go(asked_number, GOOD).state
    step = advance(state, Words(text, asking=True, talk=False), stop=False, about_it=True)
    assert step.state.value("invoice_kind") is None


def test_what_a_line_tells_beside_its_question_is_taken(asked_number: FormState) -> None:
    state = _go(asked_number, GOOD).state
    step = advance(state, Words("几天能好 开专票吧", asking=True, talk=False), stop=False, about_it=True)
    assert step.state.value("invoice_kind") == "专票"


def test_what_was_wished_before_the_form_is_known_to_it() -> None:
    wished = (Words("能开专票吗", talk=False, within=True),)
    step = start(BY_ID["invoice_details"], Words(f"云栖贸易有限公司 {GOOD}", (COMPANY,), talk=False), {}, wished)
    assert step.state.value("invoice_kind") == "专票"
    other = start(BY_ID["invoice_details"], Words("云栖贸易有限公司 要普票", (COMPANY,), talk=False), {}, wished)
    assert other.state.value("invoice_kind") == "普票"
    person = start(BY_ID["invoice_details"], Words("个人 陈一诺", talk=False, topic="invoice/title"), {}, wished)
    assert (person.state.value("invoice_title"), person.state.value("invoice_kind")) == ("陈一诺", None)


def test_a_person_s_name_goes_in_the_place_of_个人() -> None:
    step = start(BY_ID["invoice_details"], Words("开个人的", (Entity("invoice_title", "个人", 0, 2),), talk=False), {})
    assert step.say == "form.invoice_details.email"
    assert _go(step.state, "就写李雷").state.value("invoice_title") == "李雷"


@pytest.mark.parametrize(
    ("text", "value"),
    [("能帮我备注轻拿轻放吗", "能帮我备注轻拿轻放吗"), ("备注能写多少字", None), ("备注好了吗", None)],
)
def test_a_note_that_is_asked_for_is_one_and_a_question_about_notes_is_none(text: str, value: str | None) -> None:
    line = Words(text, topic="order_change/note", asking=True, talk=False)
    step = start(BY_ID["order_change"], line, {"order_number": "1"})
    assert step.state.value("new_value") == value


@pytest.mark.parametrize("text", ["邮箱不要 寄纸质的", "纸质专票", "寄发票过来吧", "要纸的"])
def test_paper_leaves_the_kind_alone_and_needs_no_email(asked_number: FormState, text: str) -> None:
    step = _go(_go(asked_number, f"{GOOD} 专票").state, text)
    assert step.kind is StepKind.DONE
    assert [step.state.value(key) for key in ("invoice_kind", "invoice_medium", "email")] == ["专票", "纸质", "不需要"]


@pytest.mark.parametrize("text", ["电子的就好 a@b.cn", "发电子版 a@b.cn", "我要数电票的电子档 a@b.cn"])
def test_electronic_does_not_say_the_kind(asked_number: FormState, text: str) -> None:
    special = _go(_go(asked_number, f"{GOOD} 专票").state, text)
    assert special.state.value("invoice_kind") == "专票"
    step = _go(_go(asked_number, GOOD).state, text)
    assert step.say == "form.invoice_details.kind.again2"
    assert [step.state.value(key) for key in ("invoice_kind", "invoice_medium")] == [None, "电子"]


def test_a_person_s_electronic_invoice_needs_no_kind() -> None:
    step = start(BY_ID["invoice_details"], Words("个人抬头 张三 电子的 a@b.cn", topic="invoice/issue"), {})
    assert (step.kind, step.state.value("invoice_kind")) == (StepKind.DONE, None)


@pytest.mark.parametrize("text", ["邮箱 王小云@qq.com", "发到ab云@163.com", "xx@公司.com"])
def test_a_faulty_mail_is_no_failed_answer_to_the_kind(asked_number: FormState, text: str) -> None:
    failed = _go(_go(asked_number, GOOD).state, text)
    assert failed.say == "form.invoice_details.email.again"
    mended = _go(failed.state, "打错了 ab@163.com")
    assert (mended.say, mended.state.value("email")) == ("form.invoice_details.kind.again2", "ab@163.com")


@pytest.mark.parametrize("text", ["怎么夜里没人", "都几点了还没起床", "我先睡了", "老板生意兴隆"])
def test_what_is_no_answer_to_the_kind_fails_nothing(asked_number: FormState, text: str) -> None:
    step = _go(_go(asked_number, GOOD).state, text)
    assert (step.kind, step.state.tries) == (StepKind.PASS, ())


@pytest.mark.parametrize("text", ["能抵扣的那种", "谱票", "第二个", "我不懂这些", "啥区别"])
def test_an_answer_to_the_kind_that_is_not_understood_is_asked_again(asked_number: FormState, text: str) -> None:
    assert _go(_go(asked_number, GOOD).state, text).say == "form.invoice_details.kind.again"


def test_paper_is_no_answer_to_the_kind(asked_number: FormState) -> None:
    step = _go(_go(asked_number, GOOD).state, "纸质的")
    assert step.say == "form.invoice_details.kind.again2"
    assert (step.state.value("invoice_kind"), step.state.value("invoice_medium")) == (None, "纸质")


def test_another_kind_keeps_the_one_before(asked_number: FormState) -> None:
    step = _go(_go(asked_number, f"{GOOD} 专票").state, "改普票吧 a@b.cn")
    assert (step.state.value("invoice_kind"), step.mended) == ("普票", "专票")


@pytest.fixture
def asked_title() -> FormState:
    return start(BY_ID["invoice_details"], Words("开票", topic="invoice/issue", talk=False), {}).state


@pytest.mark.parametrize("text", ["诶等等 先给我换个电话", "稍等一下", "别催我"])
def test_a_wish_is_no_answer_to_the_title(asked_title: FormState, text: str) -> None:
    assert _go(asked_title, text).kind is StepKind.PASS


def test_whose_the_name_given_before_is_keeps_it(asked_title: FormState) -> None:
    named = _go(asked_title, "刘记水饺").state
    assert _go(named, "就个人的").state.value("invoice_title") == "刘记水饺"
    assert _go(named, "改成个人").state.value("invoice_title") == "个人"
    company = _go(asked_title, "云溪贸易有限公司").state
    assert _go(company, "个人的吧").state.value("invoice_title") == "个人"
