from __future__ import annotations

import pytest

from contracts.form_titles import clean_title
from contracts.form_values import NO_EMAIL, NO_NUMBER, read_slot
from contracts.form_words import LATER, Found, Words
from contracts.forms import FORMS, FormSlot
from contracts.understanding import Entity

SLOTS: dict[str, FormSlot] = {f"{form.id}.{slot.name}": slot for form in FORMS for slot in form.slots}
GOOD = "91330106MA2B1C2D3C"


def _entities(**values: str) -> tuple[Entity, ...]:
    return tuple(Entity(name, value, 0, 1) for name, value in values.items())


def _read(slot: str, words: Words, *, asked: bool = True) -> Found | None:
    return read_slot(SLOTS[slot], words, asked=asked)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("应该是杭州云溪贸易有限公司", "杭州云溪贸易有限公司"),
        ("抬头：云溪小学", "云溪小学"),
        ("抬头写错了，应该是云溪小学", "云溪小学"),
        ("云溪贸易有限公司", "云溪贸易有限公司"),
        ("武汉江汉五金商行", "武汉江汉五金商行"),
        ("中国建设银行", "中国建设银行"),
        ("就写武汉大成就行", "武汉大成"),
    ],
)
def test_a_title_without_its_lead(text: str, title: str) -> None:
    assert clean_title(text) == title


@pytest.mark.parametrize(
    ("slot", "words", "found"),
    [
        ("invoice_details.title", Words("杭州云栖科技"), Found("杭州云栖科技")),
        ("invoice_details.title", Words("公司", _entities(invoice_title="公司")), Found("公司", "again")),
        ("invoice_details.title", Words("张三", nameless=True), Found("张三")),
        ("invoice_details.title", Words("改成个人"), Found("个人")),
        ("invoice_details.title", Words("个人抬头 李雷", _entities(invoice_title="个人")), Found("李雷")),
        ("invoice_details.title", Words("好的", talk=False), None),
        ("invoice_details.tax_number", Words(GOOD), Found(GOOD)),
        ("invoice_details.tax_number", Words(f"税号{GOOD[:-1]}"), Found(GOOD[:-1], "length")),
        ("invoice_details.tax_number", Words(f"{GOOD[:-1]}1"), Found(f"{GOOD[:-1]}1", "check")),
        ("invoice_details.tax_number", Words("13800000000"), None),
        ("invoice_details.tax_number", Words("我找找"), None),
        ("invoice_details.tax_number", Words("90210"), Found("90210", "length")),
        ("invoice_details.tax_number", Words("税号没有的"), Found(NO_NUMBER)),
        ("invoice_details.tax_number", Words("没有"), Found(NO_NUMBER)),
        ("invoice_details.tax_number", Words("没有税号能开吗", asking=True), None),
        ("invoice_details.tax_number", Words("税号晚点发你"), Found("税号晚点发你", LATER)),
        (
            "invoice_details.tax_number",
            Words("220118833771122009也一起开", _entities(order_number="220118833771122009")),
            None,
        ),
        ("invoice_details.title", Words("就写云溪烘焙坊吧"), Found("云溪烘焙坊")),
        ("invoice_details.title", Words("星河网吧"), Found("星河网吧")),
        ("invoice_details.title", Words("不知道抬头写什么"), Found("不知道抬头写什么", "again")),
        ("invoice_details.title", Words("个体户没有税号"), Found("个体户没有税号", "again")),
        ("invoice_details.title", Words("个人发票 名字叫吴桐"), Found("吴桐")),
        (
            "order_change.value",
            Words("换成我爸单位那边", about="order_change/address"),
            Found("换成我爸单位那边", "again"),
        ),
        ("order_change.value", Words("两个单子都改", _entities(count="两个"), talk=False), None),
        ("return_refund.reason", Words("最后四位是5566"), None),
        ("return_refund.reason", Words("理由是和图上差太多", talk=False), Found("理由是和图上差太多")),
        ("invoice_details.kind", Words("普通的就行"), Found("普票")),
        ("invoice_details.kind", Words("增值税专用发票"), Found("专票")),
        ("invoice_details.kind", Words("都可以", none=True), Found("普票")),
        ("invoice_details.kind", Words("什么"), Found("什么", "again")),
        ("invoice_details.email", Words("ａb@example.com"), Found("ab@example.com")),
        ("invoice_details.email", Words("没有", none=True), Found(NO_EMAIL)),
        ("invoice_details.email", Words("ab@example"), Found("ab@example", "again")),
        ("invoice_details.email", Words("邮箱：小12云@qq.com 谢谢"), Found("小12云@qq.com", "again")),
        ("invoice_details.email", Words("发到云@163"), Found("云@163", "again")),
        ("invoice_details.email", Words("zhang点com"), Found("zhang点com", "again")),
        ("invoice_details.email", Words("20481634"), Found("20481634", "again")),
        ("invoice_details.email", Words("湖滨南路 不是北路"), None),
        ("invoice_details.email", Words("门牌打错了 是68号"), None),
        ("invoice_details.email", Words("13912345678", _entities(phone="13912345678")), None),
        ("invoice_details.medium", Words("纸质的就别给我了 要电子的"), Found("电子")),
        ("invoice_details.medium", Words("纸质的别寄了 电子的吧"), Found("电子")),
        ("invoice_details.medium", Words("就电子的别寄过来"), Found("电子")),
        ("invoice_details.kind", Words("专票的别发错了"), Found("专票")),
        ("invoice_details.title", Words("收件人 何敏", _entities(person_name="何敏")), None),
        ("invoice_details.title", Words("地址：锦江区春熙路8号 收货人 何敏 电话13800001111"), None),
        ("invoice_details.title", Words("抬头 何敏 收件人也是何敏", _entities(person_name="何敏")), Found("何敏")),
        ("invoice_details.title", Words("名字写何敏", _entities(person_name="何敏")), Found("何敏")),
        ("order_change.order", Words("x", _entities(order_number="220118833771122009")), Found("220118833771122009")),
        ("order_change.order", Words("尾号8899"), Found("尾号8899")),
        ("order_change.order", Words("昨天买的那个", _entities(date="昨天")), Found("昨天买的那个")),
        ("order_change.order", Words("快递放驿站了", topic="shipping/delivery_problem"), None),
        ("delivery_problem.happened", Words("没人给我打电话"), Found("没人给我打电话")),
        ("return_refund.reason", Words("算了吧", talk=False), None),
    ],
)
def test_an_answer_to_what_was_asked(slot: str, words: Words, found: Found | None) -> None:
    assert _read(slot, words) == found


@pytest.mark.parametrize(
    ("slot", "words", "found"),
    [
        ("invoice_details.title", Words("杭州云栖科技"), None),
        ("invoice_details.title", Words("抬头就写云溪书吧", within=True), Found("云溪书吧")),
        ("invoice_details.title", Words("私人的", within=True), Found("个人")),
        ("order_change.order", Words("最后四位8899"), Found("尾号8899")),
        ("invoice_details.tax_number", Words(f"我的税号是{GOOD}，麻烦了"), Found(GOOD)),
        ("invoice_details.tax_number", Words(GOOD), None),
        ("invoice_details.kind", Words("能开专票吗", asking=True), None),
        ("order_change.order", Words("手机尾号8899"), None),
        ("order_change.value", Words("黑色的", _entities(colour="黑色")), None),
    ],
)
def test_a_line_that_answers_nothing(slot: str, words: Words, found: Found | None) -> None:
    assert _read(slot, words, asked=False) == found


def test_a_mistyped_phone_is_found() -> None:
    words = Words("改成1380000000", within=True)
    assert _read("order_change.value", words, asked=False) == Found("改成1380000000", "phone")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("不要专票，普票就行", "普票"),
        ("不用专票", None),
        ("专票", "专票"),
        ("发到电子邮箱", None),
        ("要电子的", None),
        ("要电子普票", "普票"),
    ],
)
def test_a_kind_that_is_refused_is_not_the_kind(text: str, kind: str | None) -> None:
    found = _read("invoice_details.kind", Words(text), asked=False)
    assert (found.value if found else None) == kind


@pytest.mark.parametrize("text", ["发票怎么还没发邮件给我", "一直没邮件"])
def test_mail_that_has_not_come_is_no_wish_for_none(text: str) -> None:
    assert _read("invoice_details.email", Words(text, talk=False), asked=False) is None


def test_a_school_without_mail_may_have_a_tax_number() -> None:
    assert _read("invoice_details.tax_number", Words("我们学校，邮箱没有", within=True), asked=False) is None


@pytest.mark.parametrize(
    ("text", "asking"),
    [("邮箱我没有的", False), ("邮箱也没得", False), ("邮箱没有 传这里可以不", True), ("邮箱就不用了", False)],
)
def test_who_has_no_mail_says_so_in_any_order(text: str, asking: bool) -> None:
    assert _read("invoice_details.email", Words(text, talk=False, asking=asking), asked=True) == Found(NO_EMAIL)


@pytest.mark.parametrize(
    ("text", "asking"),
    [("邮箱没收到", False), ("邮箱没有问题", False), ("邮箱没有的话能不能打印", True), ("邮箱没写错吧", True)],
)
def test_other_words_about_mail(text: str, asking: bool) -> None:
    assert _read("invoice_details.email", Words(text, talk=False, asking=asking), asked=True) is None
