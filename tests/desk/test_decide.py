from __future__ import annotations

from dataclasses import replace

import pytest

from contracts.answer import Route, Suggestion
from contracts.candidate import Candidate, Scores
from contracts.finding import Verdict
from desk.decide import decide
from desk.settings import SuggestSettings
from tests.doubles import make_reply

LIMITS = SuggestSettings(floor=0.2, business=0.4)


def _candidate(confidence: float, *missing: str, text: str = "在", topic: str = "greet/hello") -> Candidate:
    return Candidate(make_reply("a.b", text, topic=topic), text, confidence, Scores(), missing)


def _suggestions(*candidates: Candidate) -> tuple[Suggestion, ...]:
    return tuple(Suggestion(candidate, Verdict()) for candidate in candidates)


SURE, LACKING, UNSURE = _candidate(0.91), _candidate(0.9, "order.eta", "order.carrier"), _candidate(0.12)
BUSINESS = _candidate(0.39, topic="invoice/issue")
SLOTS = replace(_candidate(0.12, text="单号{order.number}，{order.carrier}在送"), text="单号8812，顺丰在送")
LONG = _candidate(0.12, text="可以开的，您在订单详情里点申请开票，填好抬头就行。")


@pytest.mark.parametrize(
    ("suggestions", "best", "blocked", "says"),
    [
        pytest.param(_suggestions(SURE, LACKING), SURE, 0, ["2条", "91%"], id="suggestions"),
        pytest.param(_suggestions(LACKING), LACKING, 0, ["空缺", "order.eta、order.carrier"], id="slots are empty"),
        pytest.param((), None, 0, ["没有放心的建议", "没有适用"], id="nothing is eligible"),
        pytest.param((), UNSURE, 0, ["没有放心的建议", "最接近的是「在」", "12%", "20%"], id="nothing is sure"),
        pytest.param((), BUSINESS, 0, ["没有放心的建议", "39%", "40%"], id="no business reply is sure"),
        pytest.param((), LONG, 0, ["「可以开的，您在订单详情里点申请开票…」"], id="of a long reply its beginning"),
        pytest.param((), SLOTS, 0, ["「单号…，…在送」"], id="no order's data in a reason"),
        pytest.param((), SURE, 0, ["没有放心的建议", "没有在问什么", "最接近的是「在」"], id="nothing is asked"),
        pytest.param((), SURE, 4, ["没有放心的建议", "4条", "规则"], id="everything is blocked"),
    ],
)
def test_the_agent_reads_why(
    suggestions: tuple[Suggestion, ...], best: Candidate | None, blocked: int, says: list[str]
) -> None:
    decision = decide(suggestions, best, blocked, LIMITS)
    assert decision.route is Route.PANEL
    assert all(part in decision.reason for part in says), decision.reason
