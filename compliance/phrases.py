"""Where a phrase ends in text without punctuation, by the two characters at the place.

How much likelier a character is to stand before or after a punctuation mark than within a phrase, counted over the
labelled lines and the approved replies: two points from four times as likely on, one from twice, the same below zero.
"""

from __future__ import annotations

from collections.abc import Mapping

_BEFORE = {
    2: "了行亲哈吧呀元呢啦歉嗯嘛哦",
    1: "的票来开好货款费价话件寄着邮样事系钱题走理码错色起口数格掉查法修急认常管减慢",
    -1: "您我个们请后页补面家小店运分买台快边核手明同加标公让十放保方提仓五找二重售客免位规月税全进记拿评示满便谁路"
    "本告配转他外条截入物四带午刷中审流",
    -2: "不是一就这给没那在要能也都会可别再先订得时还把跟自两和照三前打么电哪按已想平商今才只现己咱老地周直经申正为统"
    "晚几原东支留帮随刚链情第处之当活主显工确抱你什最或麻谢另备抬",
}
_AFTER = {
    2: "我请今咱刚",
    1: "您不这没别页还跟换改两运快核等按明想只差已平现标仓直周正真结老路他谁截之活第带或",
    -1: "是单在用上里开好说都点以货出会价得问去自接和样分前理算定库关亲期图名方让字公提内完通经装错口批月百规记掉门情"
    "便修清链支复工急注道减果证流度半解作",
    -2: "的了个们来号款天费人哈话子件时行着面家品卡块吧头台张么边事题意递呢心才己动码哦账啦呀次色量统位为交元诉儿起间额"
    "务消司示址格法嘛处认种准歉讲条外服午板常年管购西烦持",
}


def _points(groups: Mapping[int, str]) -> Mapping[str, int]:
    return {character: points for points, characters in groups.items() for character in characters}


_ENDS, _BEGINS = _points(_BEFORE), _points(_AFTER)


def ends_phrase(last: str, first: str) -> bool:
    """Whether a phrase likelier ends than goes on between the characters `last` and `first`."""
    return _ENDS.get(last, 0) + _BEGINS.get(first, 0) > 0
