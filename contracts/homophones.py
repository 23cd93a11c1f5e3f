"""Labels of an invoice that were typed by their sound: 台头 for 抬头, 税好 for 税号."""

from __future__ import annotations

import re

_WORDS = (
    ("抬头", re.compile(r"[台太泰胎]头(?!山|村|镇|路|街|人物)|抬投|台投")),
    ("税号", re.compile(r"[水睡谁碎岁](?:号|好)(?=[^\u4e00-\u9fffA-Za-z]{0,3}[0-9A-Za-z]{6})|税[好浩耗豪]")),
    ("邮箱", re.compile(r"[油由游][箱相香](?=[^\s,，。;；]{0,2} ?[^\s@,，。;；]{1,20}@)")),
    ("发票", re.compile(r"(?<!头)[发法][漂飘瓢](?![染白洗流亮逸移发虫])|法票")),
)
"""Each label with what it is typed as, of the same length; what is a thing of its own is one only where a value is."""


def right_labels(text: str) -> str:
    """The text with these labels written rightly; every character stands where it stood."""
    for right, expression in _WORDS:
        text = expression.sub(right, text)
    return text
