"""A message as the patterns read it: folded, each masked token one character, with a way back to what was typed."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from contracts.homophones import right_labels
from contracts.text import normalise


@dataclass(frozen=True)
class Mask:
    """A masked token such as [订单x]: the words it is written with, its one character, the entity it hides."""

    words: tuple[str, ...]
    character: str
    entity: str


# Private-use characters: `normalise` drops them from what people type, so they can stand for nothing else.
ORDER = Mask(("订单",), "\ue000", "order_number")
PHONE = Mask(("电话",), "\ue001", "phone")
ADDRESS = Mask(("地址",), "\ue002", "address")
AMOUNT = Mask(("金额",), "\ue003", "amount")
DATE = Mask(("日期",), "\ue004", "date")
TIME = Mask(("时间",), "\ue005", "time")
PERSON = Mask(("姓名",), "\ue006", "person_name")
NUMBER = Mask(("数字", "身份证号", "账号"), "\ue007", "number")
SITE = Mask(("站点",), "\ue008", "site")
LINK = Mask(("链接",), "\ue009", "product_link")
COMPANY = Mask(("组织机构",), "\ue00a", "invoice_title")
EMAIL = Mask(("邮箱",), "\ue00b", "email")
CARRIER = Mask(("快递",), "\ue00c", "carrier")

MASKS = (ORDER, PHONE, ADDRESS, AMOUNT, DATE, TIME, PERSON, NUMBER, SITE, LINK, COMPANY, EMAIL, CARRIER)

_CHARACTERS = {word: mask.character for mask in MASKS for word in mask.words}
_TOKEN = re.compile(rf"\[({'|'.join(_CHARACTERS)})x\]")
_INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn"}


@dataclass(frozen=True)
class Reading:
    """`text` is lower case, half width, simplified, with labels spelt rightly.

    Its character i covers `original[starts[i]:ends[i]]`.
    """

    original: str
    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where `text[start:end]`, which is not empty, stands in the original."""
        return self.starts[start], self.ends[end - 1]

    def said(self, start: int, end: int) -> str:
        """`text[start:end]` in the buyer's own characters: half width, visible, runs of space as one."""
        left, right = self.span(start, end)
        folded = unicodedata.normalize("NFKC", " ".join(self.original[left:right].split()))
        return "".join(character for character in folded if unicodedata.category(character) not in _INVISIBLE)


def read(text: str) -> Reading:
    """The reading of any text, however odd; its work grows with the length only."""
    normal = normalise(text)
    parts: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    place = 0
    for token in _TOKEN.finditer(normal.text):
        _copy(normal.text, normal.origins, (place, token.start()), (parts, starts, ends))
        left, right = normal.span(*token.span())
        parts.append(_CHARACTERS[token.group(1)])
        starts.append(left)
        ends.append(right)
        place = token.end()
    _copy(normal.text, normal.origins, (place, len(normal.text)), (parts, starts, ends))
    return Reading(text, right_labels("".join(parts)), tuple(starts), tuple(ends))


def _copy(
    text: str, origins: tuple[int, ...], span: tuple[int, int], into: tuple[list[str], list[int], list[int]]
) -> None:
    """Take over a stretch that holds no masked token."""
    parts, starts, ends = into
    parts.append(text[slice(*span)])
    starts.extend(origins[slice(*span)])
    ends.extend(origin + 1 for origin in origins[slice(*span)])
