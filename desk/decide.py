"""Who answers a message, and why."""

from __future__ import annotations

from dataclasses import dataclass

from contracts.answer import Route, Suggestion
from contracts.candidate import Candidate


@dataclass(frozen=True)
class Decision:
    """The route of a message with the reason that the agent reads."""

    route: Route
    reason: str


def decide(suggestions: tuple[Suggestion, ...], best: Candidate | None, blocked: int, floor: float) -> Decision:
    """The route for what was found: an agent answers, with suggestions or with the reason why there are none.

    `best` is the highest candidate before the checker, `blocked` how many the checker stopped, `floor` the
    confidence below which nothing is suggested.
    """
    if suggestions:
        top = suggestions[0].candidate
        if not any(item.candidate.sendable for item in suggestions):
            return Decision(Route.PANEL, f"建议里还有空缺要补：{'、'.join(top.missing_slots)}")
        return Decision(Route.PANEL, f"找到{len(suggestions)}条可用回复，最高把握{top.confidence:.0%}")
    if best is None:
        return Decision(Route.PANEL, "没有放心的建议：话术库里没有适用于这个平台和订单状态的回复")
    if best.confidence < floor:
        return Decision(Route.PANEL, f"没有放心的建议：最接近的回复把握只有{best.confidence:.0%}，低于{floor:.0%}")
    return Decision(Route.PANEL, f"没有放心的建议：找到的{blocked}条回复都没有通过平台规则检查")
