"""A wish beside those told before, which stand: a second note, one thing more."""

from __future__ import annotations

import re

from contracts.form_orders import corrects

_GIVE = "给帮来加多写送放配备要拿买拍补附塞装包贴印"
_FIRST = re.compile(
    r"^(?:哦|噢|啊|嗯|那|对了|等[下等]|诶|哎|[\s,，])*"
    rf"(?:还有|还[要得想请帮别]|另外?|再[{_GIVE}]|顺[便带]|外加|同时|以及|[多加](?:[来拍买送放要发给配个条双件]|[一两二三四五\d]))"
)
_WITHIN = re.compile(
    rf"(?:^|[\s,，。;；])(?:还有|还[要得]|另外?|顺[便带]|再[{_GIVE}])|也(?:要|帮|给|别|请|不要|[改换加来放写送备包])"
)
_INSTEAD = re.compile(r"[改换]成|[改换]为|还是(?!也)|要不|不是|重新|不(?:要|用|写|备注).{0,12}了|作废|为准")


def is_addition(text: str) -> bool:
    """Whether the line wants one thing more than was told before."""
    return bool(_FIRST.search(text) or _WITHIN.search(text))


def is_instead(text: str) -> bool:
    """Whether the line wants something in the place of what was told before."""
    return corrects(text) or bool(_INSTEAD.search(text))
