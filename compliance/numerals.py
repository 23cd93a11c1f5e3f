"""Chinese numerals as digits, where they are numbers and not part of a word."""

from __future__ import annotations

import re

_DIGITS = {
    name: str(value)
    for value, names in enumerate(("零〇", "一幺", "二两", "三", "四", "五", "六", "七", "八", "九"))
    for name in names
}
_SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10_000}
_NUMBER = "[零〇一二两三四五六七八九十百千万]"
_UNIT = (
    "(?:个(?:点|百分点|工作日|小时|月|钟头|星期|礼拜|税点)|天|小时|工作日|日内|"
    "周(?!年|到|末|边|[一二三四五六日])|星期(?![一二三四五六日天])|分钟|年(?!轻)|"
    "件|块(?![用儿去发寄给退买拍])|元|毛|角|折|%|点税|倍|成(?=手|新))"
)

NUMERAL = re.compile(
    rf"百分之(?P<percent>{_NUMBER}{{1,5}})|(?P<whole>百分(?:之)?百)"
    rf"|(?P<code>[零〇一幺二三四五六七八九]{{5,30}})"
    rf"|(?<!第)(?<!唯)(?<!统)(?<!万)(?P<count>{_NUMBER}{{1,6}}(?=多?{_UNIT}))"
    rf"|(?P<price>(?<=[改减降调][到成为]){_NUMBER}{{2,6}}|[一二两三四五六七八九][百千](?:[一二三四五六七八九])?(?=的单|的订单|改))"
)
"""A percentage, a long row of digits (a number read aloud) or a count before a unit."""


def to_digits(match: re.Match[str]) -> str:
    """The digits for a match of NUMERAL."""
    if match["whole"]:
        return "100%"
    if match["percent"]:
        return f"{_value(match['percent'])}%"
    if match["code"]:
        return "".join(_DIGITS[character] for character in match["code"])
    return str(_value(match["count"] or match["price"]))


def _value(numeral: str) -> int:
    """The value of a numeral such as 七十二; a row without scales is read digit by digit, 一百二 is 120."""
    if not any(character in _SCALES for character in numeral):
        return int("".join(_DIGITS[character] for character in numeral))
    total = section = digit = 0
    for character in numeral:
        scale = _SCALES.get(character)
        if scale is None:
            digit = int(_DIGITS[character])
        elif scale == 10_000:
            total, section, digit = total + max(section + digit, 1) * scale, 0, 0
        else:
            section, digit = section + max(digit, 1) * scale, 0
    if digit and len(numeral) > 1 and numeral[-2] in "百千":
        digit *= _SCALES[numeral[-2]] // 10
    return total + section + digit
