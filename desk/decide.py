"""Who answers a message, and why."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum

from contracts.answer import Route, Suggestion
from contracts.candidate import Candidate
from contracts.policy import AutoMode
from contracts.reply import SLOT, Reply
from contracts.taxonomy import CHAT, intent_of
from desk.settings import SuggestSettings

_OPENING = 18
"""Characters of the nearest reply that a reason shows."""


@dataclass(frozen=True)
class Decision:
    """The route of a message with the reason that the agent reads."""

    route: Route
    reason: str


class Move(str, Enum):
    """What Huashu says of its own accord: nothing, the notice, a calm word, that a person will come, a form's text,
    an answer from the library, or a kind word.
    """

    NOTHING = "nothing"
    NOTICE = "notice"
    CALM = "calm"
    PERSON = "person"
    FORM = "form"
    ANSWER = "answer"
    SMALL_TALK = "small_talk"


class Loop(str, Enum):
    """Why a line looks like part of a loop with another robot."""

    ROBOT = "对方像是自动回复"
    ECHO = "对方把店里的自动消息发了回来"
    LATELY = "对方刚才像是自动回复"
    REPEATED = "同一句话短时间内发了好几遍"
    MANY = "短时间内自动回复太多"


ROBOTS = frozenset({Loop.ROBOT, Loop.ECHO, Loop.LATELY})
"""Those in which no person speaks: what is said means nothing for the morning."""


@dataclass(frozen=True)
class Case:
    """A buyer line as the decision sees it; "" where there is nothing to say.

    `lasting` why the shift goes on although it is over; `loop` why the line looks like a robot's; `alarm` what in it
    needs a person soon, `danger` when that is an injury not yet spoken to, `calmed` when the calm word for it went out
    before; `halted` when an injury ended automatic answers; `impaired` which part is down; `form` what a form says to
    it; `refusal` why no answer of the library may leave; `repeated` when the answer went out before; `noticed` when the
    buyer knows that nobody is there; `more` when the buyer's next line is there already, which gets the notice.
    """

    open: bool = False
    lasting: str = ""
    panel_reason: str = ""
    duplicate: bool = False
    loop: Loop | None = None
    mode: AutoMode = AutoMode.ANSWERS
    alarm: str = ""
    danger: bool = False
    calmed: bool = False
    wants_person: bool = False
    person_coming: bool = False
    halted: bool = False
    impaired: str = ""
    form: str = ""
    form_silent: bool = False
    small_talk: str = ""
    kind_word: bool = False
    refusal: str = ""
    repeated: bool = False
    noticed: bool = False
    more: bool = False


@dataclass(frozen=True)
class NightDecision:
    """The route, the reason, and the kind of text that leaves."""

    route: Route
    reason: str
    move: Move = Move.NOTHING


def decide_turn(case: Case) -> NightDecision:
    """Who answers one buyer line. While people are there they do; else the first row below that fits."""
    if case.duplicate:
        route = Route.PANEL if case.open or case.lasting else Route.HOLD
        return NightDecision(route, "同一条消息送达了两次（duplicate），只算一条")
    if case.open or case.lasting:
        return NightDecision(Route.PANEL, case.panel_reason if case.open else case.lasting)
    if case.loop:
        return NightDecision(Route.HOLD, f"{case.loop.value}，不再自动回复")
    if case.mode is AutoMode.OFF:
        return NightDecision(Route.HOLD, "下班时间，本店没有开自动回复，留给下一班")
    return _urgent(case) or _unaided(case) or _answered(case)


def _urgent(case: Case) -> NightDecision | None:
    """What a person has to see to first."""
    if case.person_coming:
        if case.wants_person or case.alarm:
            return NightDecision(Route.HOLD, f"{case.alarm or '又找人工'}：已登记转人工，加急留给下一班")
        return NightDecision(Route.HOLD, "买家已要求人工，自动回复停止，留给下一班")
    if case.danger:
        return _calm(case)
    if case.wants_person:
        return NightDecision(Route.HOLD, "买家找人工客服：告知上班时间，加急交接", Move.PERSON)
    if case.alarm:
        return _calm(case)
    if case.halted:
        return NightDecision(Route.HOLD, "这段对话里有人身安全的事，自动回复停止，加急留给下一班")
    return None


def _calm(case: Case) -> NightDecision:
    if case.calmed:
        return NightDecision(Route.HOLD, f"{case.alarm}：安抚过一次，不再自动回复，加急留给下一班")
    return NightDecision(Route.HOLD, f"{case.alarm}：只发一次固定安抚话术，加急交接", Move.CALM)


def _unaided(case: Case) -> NightDecision | None:
    """What leaves no room for an answer."""
    if case.impaired:
        return _notice(case, f"自动应答暂不可用（{case.impaired}）")
    if case.mode is AutoMode.NOTICE:
        return _notice(case, "本店下班时间只发留言提示")
    return None


def _answered(case: Case) -> NightDecision:
    if case.form:
        if case.form_silent:
            return NightDecision(Route.HOLD, f"{case.form}，已记入交接，不用再说")
        return NightDecision(Route.AUTO, case.form, Move.FORM)
    if case.small_talk:
        if case.kind_word:
            return NightDecision(Route.AUTO, f"{case.small_talk}，回一句客气话", Move.SMALL_TALK)
        return NightDecision(Route.HOLD, f"{case.small_talk}，不用回复")
    if case.repeated:
        return NightDecision(Route.HOLD, "这一问刚才已经回答过，同样的话不再发")
    if case.refusal:
        return _notice(case, case.refusal)
    return NightDecision(Route.AUTO, "问题清楚，话术可自动发送，没有缺项和规则提醒", Move.ANSWER)


def unsaid(decision: NightDecision, case: Case) -> NightDecision:
    """What becomes of a decision whose text the rules stop: the notice in its place, where the buyer has not had it."""
    reason = f"{decision.reason}；但没有通过规则检查，没有发出"
    if decision.move in (Move.NOTICE, Move.SMALL_TALK):
        return NightDecision(Route.HOLD, reason)
    return _notice(replace(case, more=False), reason)


def _notice(case: Case, reason: str) -> NightDecision:
    if case.noticed:
        return NightDecision(Route.HOLD, f"{reason}；本次下班时段已告知过，不再重复，留给下一班")
    if case.more:
        return NightDecision(Route.HOLD, f"{reason}；买家还在说，和下一句一起回复")
    return NightDecision(Route.HOLD, f"{reason}；告知上班时间，留给下一班", Move.NOTICE)


def decide(
    suggestions: tuple[Suggestion, ...], best: Candidate | None, blocked: int, limits: SuggestSettings
) -> Decision:
    """The route for what was found: an agent answers, with suggestions or with the reason why there are none.

    `best` is the highest candidate before the checker, `blocked` how many the checker stopped.
    """
    if suggestions:
        top = suggestions[0].candidate
        if not any(item.candidate.sendable for item in suggestions):
            return Decision(Route.PANEL, f"建议里还有空缺要补：{'、'.join(top.missing_slots)}")
        return Decision(Route.PANEL, f"找到{len(suggestions)}条可用回复，最高把握{top.confidence:.0%}")
    if best is None:
        return Decision(Route.PANEL, "没有放心的建议：话术库里没有适用于这个平台和订单状态的回复")
    least = limits.floor if intent_of(best.reply.topic) in CHAT else max(limits.floor, limits.business)
    if best.confidence < least:
        sure = f"把握只有{best.confidence:.0%}，低于{least:.0%}"
        return Decision(Route.PANEL, f"没有放心的建议：最接近的是「{_opening(best.reply)}」，{sure}")
    if not blocked:
        nearest = f"最接近的是「{_opening(best.reply)}」"
        return Decision(Route.PANEL, f"没有放心的建议：买家这句话多半没有在问什么，也没有合适的客气话；{nearest}")
    return Decision(Route.PANEL, f"没有放心的建议：找到的{blocked}条回复都没有通过平台规则检查")


def _opening(reply: Reply) -> str:
    """What tells an agent which reply it is, without what this buyer's order fills in: reasons are kept and counted."""
    text = SLOT.sub("…", reply.text)
    return text if len(text) <= _OPENING else f"{text[: _OPENING - 1]}…"


def refusal(answer: tuple[Suggestion, ...], allowed: bool, limits: SuggestSettings, *, in_talk: bool) -> str:
    """Why the best suggestion may not leave by itself, "" when it may; `allowed` is the shop's policy for its topic.

    `in_talk`: somebody of the shop has spoken before, so that the message may hang on what was said.
    """
    if not answer:
        return "没有放心的建议"
    best = answer[0]
    candidate = best.candidate
    if not allowed:
        return "这类问题本店不自动回答"
    if not candidate.reply.auto:
        return "最合适的话术需要客服确认后才能发"
    if candidate.missing_slots:
        return f"话术还有空缺：{'、'.join(candidate.missing_slots)}"
    if best.verdict.findings:
        return f"规则提醒：{best.verdict.findings[0].clause}"
    least = max(limits.send, limits.send_in_talk) if in_talk else limits.send
    if candidate.confidence < least:
        return f"把握{candidate.confidence:.1%}，低于自动发送的{least:.0%}"
    if candidate.scores.dense < limits.near:
        return f"话题清楚，但话术和原话只有{candidate.scores.dense:.0%}接近，低于自动发送的{limits.near:.0%}"
    return ""
