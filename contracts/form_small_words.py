"""Lines that say hardly more than a value: the value among words that carry no matter of their own."""

from __future__ import annotations

import re

_SMALL = (
    "啊额呃嗯哦噢喔哎唉那就还是要不然算了对错改换成为拿选拍定发给我想一下吧呢哈等刚才说的最后再重新应该来码号尺大小好行买用穿写打报填去"
    "麻烦帮您你请亲们咱这"
)
"""Characters of words by which somebody hesitates, chooses or asks; no unit is among them, and no noun but the size."""

CLAUSE = re.compile(r"[^\s,，。;；、!！?？~～]+")
_MARKS = re.compile(r"[\W_]+")
_SAID = re.compile(f"[{_SMALL}]*")
_WISH = re.compile(r"[改换]成?|要|来|就|还是|写|[寄送发]|开|填|用|选|拿|也(?:行|可以?|好|成|中)(?!不)")
_ANOTHER = re.compile(r"[送寄](?:到|去|回|给)?|发[到去往给]|[写用填]|[改换]成?")
_STAYS = re.compile(r"原[来先本]|之前|以前|老样子|这样|随便|照旧|(?<!要)不|退|取消|投诉|快|别家|自己去")
_REFUSAL = re.compile(
    r"(?:(?<!要)不|别|甭|没必要|无需|不用|不想|先不|不必|懒得)(?:再|去|给我|帮我)?(?:改|换|开|要|弄|办|退|加|写|备注|登记|麻烦|管)"
)


def only_small_words(text: str) -> bool:
    """Whether a text carries no matter of its own."""
    return bool(_SAID.fullmatch(_MARKS.sub("", text)))


def only_values(text: str, values: tuple[str, ...]) -> bool:
    """Whether a text says hardly more than the values in it."""
    for value in values:
        text = text.replace(value, " ")
    return only_small_words(text)


def wished(text: str, values: tuple[str, ...]) -> str:
    """A line that calls something off with no more of it than what it wishes instead; the rest is blanked out.

    A clause wishes when it is hardly more than one of the `values`, or has a word for wishing and none for refusing.
    """
    blanked = list(text)
    for clause in CLAUSE.finditer(text):
        words = clause.group()
        refusals = list(_REFUSAL.finditer(words))
        behind = words[refusals[-1].end() :] if refusals else words
        wishes = bool(_WISH.search(behind)) or (not refusals and only_values(words, values))
        if not wishes:
            blanked[clause.start() : clause.end()] = " " * len(words)
    return "".join(blanked)


def names_another(text: str) -> bool:
    """Whether a wish says in words where to or to whom instead, and not that all is to stay."""
    found = _ANOTHER.search(text)
    return found is not None and not _STAYS.search(text) and not only_small_words(text[found.end() :])
