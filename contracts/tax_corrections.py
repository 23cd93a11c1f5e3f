"""A line that sets right a part of a tax number given before: its last character, an O that is a 0, one left out."""

from __future__ import annotations

import re
from collections.abc import Iterable

from contracts.tax_number import compact, looks_meant, tax_number_fault

_SPOKEN = {
    **dict(zip("零〇洞一幺二两三四五六七八九", "00011223456789", strict=True)),
    **{"欧": "O", "圈": "0", "艾": "I", "爱": "I", "哎": "I"},
}
_SIGN = rf"(?:(?:大写|小写|英文|字母|数字|阿拉伯数字)(?:的)?)*(?:[0-9A-Za-z]|[{''.join(_SPOKEN)}])(?![0-9A-Za-z]{{6}})"
_SIGNS = rf"(?:[0-9A-Za-z]{{1,6}}|{_SIGN})"
_NUMERALS = {**dict(zip("一二三四五六七八九", range(1, 10), strict=True)), "两": 2, "十": 10}
_COUNT = r"(?:\d{1,2}|十?[一二两三四五六七八九]|十)"
_PLACE = re.compile(
    rf"(?P<back>倒数|从后|后面?数|末尾)?第(?P<nth>{_COUNT})(?:位|个)|(?P<last>最后|末尾?|后面?|尾巴?|结尾)(?P<many>{_COUNT})?(?:位|个|字母|数字)"
    rf"|(?P<first>最前面?|开头|首|前面?)(?P<heads>{_COUNT})?(?:位|个)"
)
_SAYS = r"(?:应该|应当|其实|正确的?)?(?:就?是|为|改成|换成|改为)"
_NEW = re.compile(rf"(?<!不){_SAYS}(?:个|的)?(?P<new>{_SIGNS})")
_CONTRASTS = (
    re.compile(rf"不是(?:个|那个)?(?P<old>{_SIGN})[,，、 ]*(?:而|应该|应当)*是(?:个)?(?P<new>{_SIGN})"),
    re.compile(rf"(?<!不)是(?:个)?(?P<new>{_SIGN})[,，、 ]*(?:而)?不是(?:个)?(?P<old>{_SIGN})"),
    re.compile(rf"(?P<old>{_SIGN})(?:应该|应当|其实|都)?(?:就?是|改成)(?:个)?(?P<new>{_SIGN})|(?P<from>{_SIGN})(?:都|全)?(?:改成|换成|改为)(?P<to>{_SIGN})"),
    re.compile(rf"(?P<new>{_SIGN})(?:给)?(?:[写打填输弄看抄]|[写打填输弄看抄]错)成了?(?:个)?(?P<old>{_SIGN})"),
)  # fmt: skip
_LEFT_OUT = re.compile(
    rf"(?:[漏少缺掉](?:打|写|了|发|输|抄)*)(?:一|1)?(?:位|个)?(?:数字?|字母)?[,，、 ]*(?:是)?(?P<new>{_SIGN})"
)
_TOO_MANY = re.compile(rf"多(?:打|写|发|输|抄)?了?(?:一|1)?(?:位|个)(?:数字?|字母)?[,，、 ]*(?P<old>{_SIGN})")
_YES = re.compile(
    r"(?:嗯+|对对?|是的?|对的|没错|应该|可能|好像|就|都|是|数字|打成字母了?|字母|了|的|哦|啊|呀|呢|吧|看错|打错|抱歉|不好意思|[\s,，。.!！~～])+"
)
_LONGEST_SIGN = 4
_OTHERS = re.compile(r"手机|电话|订单|单号|邮箱|邮件|@|卡号|账号|门牌|尾号|抬头|名字")
"""Words of other values, whose characters are not the number's."""
_ASSENT = re.compile(r"嗯|对|是|没错")


def corrected_code(text: str, before: str, *, alone: bool = False) -> str | None:
    """The number with what the line sets right in it, None when it sets nothing right or it is not sure where.

    Where the line names no place, it is the one place at which the number checks afterwards. `alone` when the form
    waits for this number: then a bare yes says that letters are digits, as we asked.
    """
    code, text = compact(before), re.sub(r"(?<=\S)[：:](?=\S)", "", text)
    if not code or _OTHERS.search(text):
        return None
    placed = _placed(text, code)
    if placed is not None:
        return placed
    exchanges = [exchange for expression in _CONTRASTS if (exchange := _exchange(expression.search(text))) is not None]
    for old, new in exchanges:
        found = _only_good(_exchanged(code, old, new))
        if found is not None:
            return found
    left_out, too_many = _LEFT_OUT.search(text), _TOO_MANY.search(text)
    if left_out and len(code) < 18:
        new = _sign(left_out["new"])
        return _only_good(f"{code[:place]}{new}{code[place:]}" for place in range(len(code) + 1))
    if too_many and len(code) > 18:
        old = _sign(too_many["old"])
        return _only_good(f"{code[:place]}{code[place + 1 :]}" for place in range(len(code)) if code[place] == old)
    digits = looks_meant(code)
    named = _NEW.search(text)
    says = bool(named and _sign(named["new"]) in "0125" and len(named["new"]) <= _LONGEST_SIGN)
    assents = bool(_YES.fullmatch(text) and _ASSENT.search(text))
    return digits if digits is not None and alone and (says or assents) else None


def _placed(text: str, code: str) -> str | None:
    """The number with other characters at the place that the line names."""
    place, new = _PLACE.search(text), None
    if place is None:
        return None
    contrast = next(
        (found for one in _CONTRASTS if (found := _exchange(one.search(text, place.end()))) is not None), None
    )
    named = _NEW.search(text, place.end())
    if contrast is not None:
        new = contrast[1]
    elif named is not None:
        new = _sign(named["new"])
    if new is None:
        return None
    many = _number(place["many"] or place["heads"]) or len(new)
    if len(new) != many:
        return None
    if place["nth"]:
        nth = _number(place["nth"])
        start = len(code) - nth if place["back"] else nth - 1
    else:
        start = len(code) - many if place["last"] else 0
    if not 0 <= start <= len(code) - len(new):
        return None
    return f"{code[:start]}{new}{code[start + len(new) :]}"


def _exchange(match: re.Match[str] | None) -> tuple[str, str] | None:
    """The wrong character and the right one that the line names."""
    if match is None:
        return None
    groups = {name: value for name, value in match.groupdict().items() if value}
    old, new = groups.get("old") or groups.get("from"), groups.get("new") or groups.get("to")
    return (_sign(old), _sign(new)) if old and new else None


def _exchanged(code: str, old: str, new: str) -> list[str]:
    """The number with the new character for the old one, at each place and at all."""
    places = [place for place, character in enumerate(code) if character == old]
    return [*(f"{code[:place]}{new}{code[place + 1 :]}" for place in places), code.replace(old, new)] if places else []


def _only_good(codes: Iterable[str]) -> str | None:
    good = {code for code in codes if tax_number_fault(code) is None}
    return good.pop() if len(good) == 1 else None


def _sign(words: str) -> str:
    """The characters of a code that are meant, without the words for what kind they are."""
    bare = re.sub(r"大写|小写|英文|字母|阿拉伯数字|数字|的", "", words)
    return "".join(_SPOKEN.get(character, character) for character in bare).upper()


def _number(words: str | None) -> int:
    if not words:
        return 0
    if words.isdigit():
        return int(words)
    return sum(_NUMERALS[character] for character in words)
