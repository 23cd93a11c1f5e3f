from __future__ import annotations

from dataclasses import replace

import pytest

from contracts.answer import Route, Suggestion
from contracts.candidate import Candidate, Scores
from contracts.clause import Severity
from contracts.finding import Finding, Verdict
from contracts.policy import AutoMode
from desk.decide import Case, Loop, Move, decide_turn, refusal
from desk.settings import SuggestSettings
from tests.doubles import make_reply

ALARM = "说话很激动"
DOWN = "意图模型没有回应"

SITUATIONS = [
    # what it is about, the case, who answers, what leaves, what the reason says
    ("people are there", Case(open=True, panel_reason="找到3条"), Route.PANEL, Move.NOTHING, "找到3条"),
    ("the shift lasts", Case(lasting="班次延长"), Route.PANEL, Move.NOTHING, "班次延长"),
    ("delivered twice while open", Case(open=True, duplicate=True), Route.PANEL, Move.NOTHING, "duplicate"),
    ("delivered twice at night", Case(duplicate=True, alarm=ALARM), Route.HOLD, Move.NOTHING, "duplicate"),
    ("another robot", Case(loop=Loop.ROBOT, alarm=ALARM), Route.HOLD, Move.NOTHING, "自动回复"),
    ("switched off", Case(mode=AutoMode.OFF, alarm=ALARM), Route.HOLD, Move.NOTHING, "没有开"),
    ("an alarm", Case(alarm=ALARM), Route.HOLD, Move.CALM, "安抚"),
    ("the alarm again", Case(alarm=ALARM, calmed=True), Route.HOLD, Move.NOTHING, "安抚过一次"),
    ("an alarm, notices only", Case(alarm=ALARM, mode=AutoMode.NOTICE), Route.HOLD, Move.CALM, "安抚"),
    ("an alarm while Rasa is down", Case(alarm=ALARM, impaired=DOWN), Route.HOLD, Move.CALM, "安抚"),
    ("a person is wanted", Case(wants_person=True), Route.HOLD, Move.PERSON, "人工"),
    ("a person is wanted, angrily", Case(wants_person=True, alarm=ALARM), Route.HOLD, Move.PERSON, "人工"),
    ("a person after an injury", Case(wants_person=True, alarm="受伤", danger=True), Route.HOLD, Move.CALM, "受伤"),
    ("a person is wanted again", Case(wants_person=True, person_coming=True), Route.HOLD, Move.NOTHING, "已登记"),
    ("a question after that", Case(person_coming=True), Route.HOLD, Move.NOTHING, "自动回复停止"),
    ("an alarm after that", Case(person_coming=True, alarm=ALARM), Route.HOLD, Move.NOTHING, "加急"),
    ("Rasa is down", Case(impaired=DOWN, form="开发票"), Route.HOLD, Move.NOTICE, DOWN),
    ("Rasa is still down", Case(impaired=DOWN, noticed=True), Route.HOLD, Move.NOTHING, "已告知过"),
    ("notices only", Case(mode=AutoMode.NOTICE), Route.HOLD, Move.NOTICE, "留言提示"),
    ("a form asks", Case(form="开发票：按表单收集资料", refusal="没把握"), Route.AUTO, Move.FORM, "表单"),
    ("a form notes", Case(form="开发票：买家补了资料", form_silent=True), Route.HOLD, Move.NOTHING, "记入交接"),
    ("thanks after an answer", Case(small_talk="道谢", kind_word=True), Route.AUTO, Move.SMALL_TALK, "道谢"),
    ("thanks for nothing", Case(small_talk="道谢"), Route.HOLD, Move.NOTHING, "不用回复"),
    ("no safe answer", Case(refusal="把握63%"), Route.HOLD, Move.NOTICE, "把握63%"),
    ("no safe answer again", Case(refusal="把握63%", noticed=True), Route.HOLD, Move.NOTHING, "不再重复"),
    ("answered before", Case(repeated=True), Route.HOLD, Move.NOTHING, "同样的话"),
    ("a clear question", Case(), Route.AUTO, Move.ANSWER, "问题清楚"),
    ("a clear question after the notice", Case(noticed=True), Route.AUTO, Move.ANSWER, "问题清楚"),
]


@pytest.mark.parametrize(
    ("case", "route", "move", "says"), [row[1:] for row in SITUATIONS], ids=[row[0] for row in SITUATIONS]
)
def test_who_answers(case: Case, route: Route, move: Move, says: str) -> None:
    decision = decide_turn(case)
    assert (decision.route, decision.move) == (route, move)
    assert says in decision.reason


@pytest.mark.parametrize("case", [row[1] for row in SITUATIONS], ids=[row[0] for row in SITUATIONS])
def test_while_people_are_there_nothing_leaves(case: Case) -> None:
    decision = decide_turn(replace(case, open=True))
    assert (decision.route, decision.move) == (Route.PANEL, Move.NOTHING)


def _suggestion(
    confidence: float = 0.95, *missing: str, auto: bool = True, finding: bool = False, dense: float = 0.9
) -> tuple[Suggestion, ...]:
    reply = replace(make_reply("a.b", "在"), auto=auto)
    findings = (Finding("tmall.x", Severity.WARN, (0, 1), "", ""),) if finding else ()
    return (Suggestion(Candidate(reply, "在", confidence, Scores(dense), missing), Verdict(findings)),)


@pytest.mark.parametrize(
    ("suggestions", "allowed", "says"),
    [
        pytest.param(_suggestion(), True, "", id="it may leave"),
        pytest.param(_suggestion(0.9), True, "", id="just sure enough"),
        pytest.param(_suggestion(0.899), True, "低于", id="not sure enough"),
        pytest.param(_suggestion(dense=0.6), True, "", id="just near enough"),
        pytest.param(_suggestion(dense=0.59), True, "接近", id="the topic is right, the reply far"),
        pytest.param((), True, "没有放心的建议", id="nothing was found"),
        pytest.param(_suggestion(), False, "不自动回答", id="the shop's policy"),
        pytest.param(_suggestion(auto=False), True, "客服确认", id="not approved for that"),
        pytest.param(_suggestion(0.95, "order.eta"), True, "order.eta", id="an empty slot"),
        pytest.param(_suggestion(finding=True), True, "tmall.x", id="a warning is enough"),
    ],
)
def test_what_keeps_an_answer_back(suggestions: tuple[Suggestion, ...], allowed: bool, says: str) -> None:
    reason = refusal(suggestions, allowed, SuggestSettings(send=0.9, near=0.6), in_talk=False)
    assert (reason == "") == (says == "")
    assert says in reason


@pytest.mark.parametrize(
    ("confidence", "send", "in_talk", "leaves"),
    [(0.9, 0.8, False, True), (0.9, 0.8, True, False), (0.95, 0.8, True, True), (0.96, 0.97, True, False)],
)
def test_what_follows_a_line_of_the_shop_has_to_be_surer(
    confidence: float, send: float, in_talk: bool, leaves: bool
) -> None:
    limits = SuggestSettings(send=send, send_in_talk=0.95, near=0.6)
    assert (refusal(_suggestion(confidence), True, limits, in_talk=in_talk) == "") is leaves
