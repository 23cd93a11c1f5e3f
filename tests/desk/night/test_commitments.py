from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from contracts.turn import Speaker, Turn
from desk.night.commitments import asked_after, commitments, is_owed, promised_before
from desk.night.talk import Line

SAID = datetime.fromisoformat("2026-11-20T15:10:00+08:00")
BACK = datetime.fromisoformat("2026-11-21T09:00:00+08:00")


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("我后天中午前给您重发一个", "2026-11-22T12:00"),
        ("明天中午给您重发一个", "2026-11-21T14:00"),
        ("登记好了，今晚十点前给您快递单号", "2026-11-20T22:00"),
        ("在打包了，今晚发走", "2026-11-20T23:59"),
        ("您放心，周日之前给您回信", "2026-11-22T23:59"),
        ("登记好了，半小时内给您回电话", "2026-11-20T15:40"),
        ("财务明天上午给您补开", "2026-11-21T12:00"),
        ("最迟下周一 我给您转过去退掉差价", "2026-11-23T23:59"),
        ("这边下班前帮您催一下驿站", "2026-11-20T18:00"),
        ("有货了联系您", None),
        ("差的我会补给您的", None),
        ("一会儿给您拍张实物图", None),
        ("这个我送您一瓶", None),
        ("裂的那只给您补一只新的", None),
        ("来回的运费我们承担", None),
        ("我给您申请重发一套", None),
        ("我帮您备注轻拿轻放", None),
    ],
)
def test_what_the_shop_will_do_for_the_buyer_is_a_promise(text: str, due: str | None) -> None:
    (found,) = commitments(text, SAID)
    assert found.due == (datetime.fromisoformat(f"{due}:00+08:00") if due else None)


@pytest.mark.parametrize(
    "text",
    [
        "现货一般48小时内发货",
        "付款后72小时内给您发出",
        "退款通常3天内到账",
        "明天给您补寄可以吗？",
        "要不我明天给您换一个？",
        "昨天已经给您补寄了",
        "刚给您发出啦",
        "您明天把照片发我看看",
        "请您晚点再试试",
        "快递明天给您派送",
        "系统会自动退给您",
        "今天发不了",
        "这款周五上新",
        "如果破了明天给您补",
        "拍下送您一包纸巾",
        "满三件送您一个袋子",
        "可以给您换一件",
        "快递送您家门口",
        "我给您发个尺码表",
        "给您备注过了",
        "坏了给您换",
        "好的",
    ],
)
def test_policy_questions_what_is_done_and_what_others_do_are_none(text: str) -> None:
    assert commitments(text, SAID) == ()


def _line(text: str, minutes: float = 0, speaker: Speaker = Speaker.AGENT) -> Line:
    at = SAID + timedelta(minutes=minutes)
    return Line(Turn(speaker, text, at), at)


def _promised(*lines: Line, now: datetime = SAID + timedelta(hours=10)) -> list[tuple[str, datetime | None]]:
    return [(promise.text, promise.due) for promise in promised_before(lines, now, BACK)]


def test_a_promise_stands_with_its_words_and_its_time() -> None:
    found = _promised(_line("亲，明天10点前给您补发"), _line("明天10点前给您补发", speaker=Speaker.BUYER))
    assert found == [("客服说过：“明天10点前给您补发”", datetime.fromisoformat("2026-11-21T10:00:00+08:00"))]


def test_soon_is_when_people_are_back() -> None:
    assert [due for _, due in _promised(_line("稍后答复您"))] == [BACK]
    assert [due for _, due in _promised(_line("到货通知您"))] == [None]


def test_what_is_done_is_owed_no_more() -> None:
    sending = _line("今天下午给您补寄")
    assert _promised(sending, _line("补寄的已经寄出了", 60)) == []
    assert len(_promised(sending, _line("退款已经退了", 60))) == 1
    assert len(_promised(sending, _line("还没寄出", 60))) == 1


def test_an_answer_comes_by_any_line_some_time_later() -> None:
    answering = _line("稍后回复您")
    assert _promised(answering, _line("这款是棉的", 20)) == []
    assert len(_promised(answering, _line("稍等哈亲", 1))) == 1


def test_what_an_agent_does_while_talking_is_owed_while_nothing_was_said_after_it() -> None:
    looking = _line("我来给您处理")
    assert _promised(looking) == [("客服说过：“我来给您处理”", BACK)]
    assert _promised(looking, _line("请您把照片发来", 1)) == []
    assert len(_promised(_line("另外送您一支笔"), _line("请您把照片发来", 1))) == 1


def test_an_old_promise_counts_while_its_time_has_not_come() -> None:
    later = SAID + timedelta(days=5)
    assert _promised(_line("明天给您补寄"), now=later) == []
    assert len(_promised(_line("28号给您补寄"), now=later)) == 1


@pytest.mark.parametrize(
    ("asked", "owed"), [("单号呢", True), ("啥时候给我快递单号", True), ("能开发票吗", False), ("在吗", False)]
)
def test_a_question_about_a_promised_thing_is_for_people(asked: str, owed: bool) -> None:
    lines = [Line(Turn(Speaker.AGENT, "补好了，晚上十点前给您快递单号", SAID), SAID)]
    assert is_owed(asked, lines, SAID + timedelta(hours=9)) is owed


def test_what_was_given_is_owed_no_more() -> None:
    made = Line(Turn(Speaker.AGENT, "晚上十点前给您快递单号", SAID), SAID)
    given = Line(Turn(Speaker.AGENT, "快递单号已经告诉您啦，您看下", BACK), BACK)
    assert not is_owed("单号呢", [made, given], BACK)


@pytest.mark.parametrize(
    "asked", ["有结果了吗", "哎 怎么还没消息", "问到了没", "问好了吗", "怎么样了", "在吗 有回信没"]
)
def test_who_asks_after_a_promise_need_not_name_it(asked: str) -> None:
    lines = [Line(Turn(Speaker.AGENT, "我帮您问一下仓库，今晚给您消息", SAID), SAID)]
    assert asked_after(asked, lines, SAID + timedelta(hours=5)) == SAID
    assert is_owed(asked, lines, SAID + timedelta(hours=5))
    assert asked_after(asked, [], SAID) is None


@pytest.mark.parametrize("asked", ["改好了没", "发货了没有", "有消息通知功能吗", "能开发票吗", "好吧"])
def test_another_question_is_not_after_it(asked: str) -> None:
    lines = [Line(Turn(Speaker.AGENT, "我帮您问一下仓库，今晚给您消息", SAID), SAID)]
    assert asked_after(asked, lines, SAID + timedelta(hours=5)) is None
