"""A line that calls something off, and what it asks for besides."""

from __future__ import annotations

import re

from contracts.forms import CANCEL, RETURN, Form
from contracts.taxonomy import CHAT, intent_of
from desk.night.reading import LIKELY, Reading
from desk.night.signals import Signals
from desk.night.taking_back import keeps_order

_CANCELS = "取消"
_ORDER = re.compile(r"订单|整[单个]|全部|单子|这[一]?单|那[一]?单|都取消|[不别](?:买|要了)|重[拍买新]|退款|退钱")
_BACK = re.compile(r"[退换]")
_NO_BACK = re.compile(r"[不别没懒].{0,3}[退换]|[退换](?:起来|货)?.{0,2}(?:麻烦|费劲|慢)")
_EDGE = " ,，。.;；!！~～、…了吧啊呢"
_SHORTEST = 2


def cancels_order(text: str) -> bool:
    """Whether 取消 in the line means the order: it is a wish of its own and calls nothing else off."""
    return _CANCELS in text and bool(_ORDER.search(text)) and not keeps_order(text)


def besides(text: str, signals: Signals) -> list[str]:
    """What a line that calls something off says besides, what stands behind those words first; [] for nothing.

    取消 beside another word for stopping is no second word for it: it says what the buyer wants instead.
    """
    spans = signals.spans("stop", text)
    words = [text[start:end] for start, end in spans]
    others = [span for span, word in zip(spans, words, strict=True) if _CANCELS not in word]
    if not others:
        return [text] if cancels_order(text) else []
    behind = text[others[0][1] :]
    for start, end in others[1:]:
        behind = behind.replace(text[start:end], " ", 1)
    parts = [" ".join(behind.split()).strip(_EDGE), text[: others[0][0]].strip(_EDGE)]
    return [part for part in parts if len(part) >= _SHORTEST]


def wishes(rest: Reading, dropped: Form) -> bool:
    """Whether what a line says besides calling a form off is a matter of its own and no reason for it."""
    if rest.alarm is not None or rest.has("person") or cancels_order(rest.text):
        return True
    if (rest.has("request") or rest.has("question")) and not rest.small_talk:
        return rest.business or rest.has("question")
    if dropped.id == RETURN and _BACK.search(rest.text) and not _NO_BACK.search(rest.text):
        return True
    near = {intent_of(topic) for topic in dropped.topics}
    own = rest.topic != CANCEL and intent_of(rest.topic) in near | CHAT
    return not own and rest.probabilities.of_name(rest.topic) >= LIKELY
