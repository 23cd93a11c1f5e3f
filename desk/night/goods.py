"""Words of a message that only say which goods it is about, which no reply need repeat: 台灯 in 台灯保修几年.

A shop sells things that the library has no word for. What marks such a word is that it is a noun, opens its part of the
message with the question behind it, and that no reply about business (money, parcels, returns ...) ever uses it.
"""

from __future__ import annotations

import re
from functools import lru_cache

from contracts.taxonomy import CHAT, intent_of
from desk.night.wording import content
from retrieval.library import Library
from retrieval.segment import tagged

_NOUNS = frozenset({"n", "nz", "nr"})
"""Tags of words for things; a word that the dictionary lacks is often tagged as a name."""

_OF_GOODS = frozenset({"returns/quality", "returns/missing_parts"})
"""Topics beside those of the goods themselves in which buyers name them."""

_SOMEBODY = re.compile(r"[人生师员妇客户者兵友童孩婴工民党粉]$|公司|单位|企业|学校|机关|部队|医院|团体")
"""Words for who buys, which a reply may depend on."""

_PART = re.compile(r"[^\s,，。.;；!！?？~～、]+")
_LEAD = re.compile(r"(?:我|俺|[你您]们?|家|店|买|拍|要|想|的|这|那|个|款|种|请|问|下|一|麻烦|如果|要是)+")


def is_business(topic: str) -> bool:
    """Whether a topic is about what a shop does, not about goods and not small talk."""
    return intent_of(topic) not in CHAT | {"product", "complaint", "out_of_scope"} and topic not in _OF_GOODS


def without_goods(text: str, library: Library) -> str:
    """The text without the nouns that open a part of it and name goods, where something is asked about them."""
    return _PART.sub(lambda part: _rest(part.group(), _business(library)), text)


def _rest(part: str, business: str) -> str:
    """A part of a message without the goods that it begins with; all of it when nothing would be left to ask."""
    lead = _LEAD.match(part)
    start = lead.end() if lead else 0
    end = start
    for word, tag in tagged(part[start:]):
        if tag not in _NOUNS or word in business or _SOMEBODY.search(word):
            break
        end += len(word)
    rest = part[end:]
    return f"{part[:start]} {rest}" if end > start and content(rest).strip() else part


@lru_cache(maxsize=2)
def _business(library: Library) -> str:
    """All that the library says and is asked about anything but the goods."""
    replies = (
        reply for reply in library.replies if intent_of(reply.topic) != "product" and reply.topic not in _OF_GOODS
    )
    return "\n".join(text for reply in replies for text in (reply.text, *reply.questions))
