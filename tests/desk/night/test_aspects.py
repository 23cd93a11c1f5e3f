from __future__ import annotations

from datetime import date

import pytest

from contracts.platform import Platform
from contracts.reply import Approval, Reply
from desk.night.aspects import Aspects
from retrieval.library import Library

_SEVERAL = (
    "几单都要开票 两单一起开票 三单开票 好几单要票 其余几单的票 前面两单补票 多单开票 这几单的发票 两单发票 那几单开票"
)
_PLAIN = "能开票吗 怎么开票 发票开吗 要票 可以开发票不 开票怎么弄 想开发票 给开票吗 有发票吗 发票能开不"


def _reply(name: str, questions: str, topic: str = "invoice/issue") -> Reply:
    return Reply(
        id=name,
        topic=topic,
        platforms=frozenset({Platform.TMALL}),
        text="请说下。",
        questions=tuple(questions.split()),
        approved=Approval("demo", date(2026, 11, 1)),
    )


@pytest.mark.parametrize(
    ("said", "strange"),
    [("我要开发票", True), ("麻烦开票", True), ("两单都要开票", False), ("那几单的发票一起开", False)],
)
def test_a_reply_for_a_case_of_its_own_needs_that_case_spoken_of(said: str, strange: bool) -> None:
    several = _reply("several", _SEVERAL)
    aspects = Aspects(Library((several, _reply("plain", _PLAIN))))
    assert aspects.strange(several, said) is strange


def test_a_reply_for_its_topic_at_large_fits_whatever_is_said() -> None:
    plain = _reply("plain", _PLAIN)
    assert not Aspects(Library((plain, _reply("several", _SEVERAL)))).strange(plain, "东西什么时候到")


def test_too_few_questions_show_nothing() -> None:
    few = _reply("few", " ".join(_SEVERAL.split()[:4]))
    assert not Aspects(Library((few, _reply("plain", _PLAIN)))).strange(few, "我要开发票")


def test_replies_to_other_topics_do_not_count() -> None:
    several = _reply("several", _SEVERAL)
    assert not Aspects(Library((several, _reply("plain", _PLAIN, "returns/how")))).strange(several, "开发票")


_MEMBERS = "88会员打折吗 开了88怎么没折 88折扣在哪 用88的号买便宜不 有88能优惠吗 88打折不 88能用吗 88优惠在哪看"


@pytest.mark.parametrize(("said", "strange"), [("会员打折吗", True), ("88会员有折吗", False)])
def test_a_word_that_nearly_all_its_questions_hold_must_be_there(said: str, strange: bool) -> None:
    members = _reply("members", _MEMBERS)
    assert Aspects(Library((members, _reply("plain", _PLAIN)))).strange(members, said) is strange


def test_one_of_its_own_questions_is_never_strange() -> None:
    odd = _reply("several", f"{_SEVERAL} 发票全都给我")
    aspects = Aspects(Library((odd, _reply("plain", _PLAIN))))
    assert not aspects.strange(odd, "发票全都给我")
    assert aspects.strange(odd, "发票全部寄来")
