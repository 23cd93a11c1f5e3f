"""What a buyer gives of a company for its invoice beside title and tax number: bank, account, address and telephone.

And where an invoice on paper is to be sent. None of it is asked for, and none of it changes where the parcel goes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from contracts.form_address_levels import reaches_the_house
from contracts.form_words import Found, Words
from contracts.forms import PAPER_WORDS, FormSlot

_LABEL = re.compile(
    r"(?P<bank>开户(?:银?行|银行)?(?:名称|全称)?(?:[及和与、/]*(?:银行)?[账帐]号)?|(?:开户|对公)银行)"
    r"|(?P<account>(?<!支付宝)(?<!微信)(?<!qq)(?:银行|对公|公司|单位|基本户)?(?:[账帐][号户]|卡号))"
    r"|(?P<own>(?:注册|开票|公司|单位|企业|经营|营业执照)的?(?:地址|电话)(?:[及和与、/,， ]*(?:联系)?电话)?"
    r"|地址[及和与、/,， ]*(?:联系)?电话)"
    r"|(?P<place>地址|(?:联系|办公)?电话|座机)"
    r"|(?P<of_invoice>(?:纳税人)?(?:识别号|税号)|(?:统一)?(?:社会)?信用代码|(?:单位|公司|企业|购方|开票)?名称|抬头)"
    r"|(?P<other>邮箱|e-?mail|收票人|收件人|订单号?|备注|[普专]票|发票类型|谢谢|麻烦)",
    re.IGNORECASE,
)
_OF_COMPANY = frozenset({"own", "bank", "account", "of_invoice"})
"""Labels beside which an address and a telephone number are the company's."""
_MARKS = " ,，。.;；:：、是为\t\r\n"
_ACCOUNT = re.compile(r"(?<!\d)\d(?:[ -]?\d){7,29}(?!\d)")
_BANK = re.compile(r"行|信用社|合作社|支付|财务公司|营业部|农商|[工农中建交招]")
_PHONE = re.compile(r"\d{3,4}[- ]?\d{7,8}|1[3-9]\d{9}")
_NOT_GIVEN = re.compile(r"没有?|无|不[用要需填]|要不要|吗|多少|什么|哪")
_SENT = re.compile(r"寄|邮|送|快递|收|发到")
_CHANGES = re.compile(r"收货|改(?!寄)|换|订单")


@dataclass(frozen=True)
class _Labelled:
    kind: str
    label: str
    value: str


def _labelled(text: str) -> list[_Labelled]:
    """What stands behind each label of a line, up to the next label."""
    labels = list(_LABEL.finditer(text))
    ends = [*(label.start() for label in labels[1:]), len(text)][: len(labels)]
    return [
        _Labelled(label.lastgroup or "", label.group(), text[label.end() : end].strip(_MARKS))
        for label, end in zip(labels, ends, strict=True)
    ]


def invoice_block(text: str) -> dict[str, str]:
    """The bank, the account and the company's own address and telephone that a line gives, by these names."""
    pieces = [piece for piece in _labelled(text) if piece.value and not _NOT_GIVEN.match(piece.value)]
    kinds = {piece.kind for piece in pieces}
    found: dict[str, str] = {}
    own: list[str] = []
    for piece in pieces:
        account = _ACCOUNT.search(piece.value)
        if piece.kind == "bank":
            bank = (piece.value[: account.start()] if account else piece.value).strip(_MARKS)
            found |= {"bank": bank} if _BANK.search(bank) else {}
        if piece.kind in ("bank", "account") and account:
            found["account"] = re.sub(r"[ -]", "", account.group())
        of_company = piece.kind == "own" or (piece.kind == "place" and bool(kinds & _OF_COMPANY))
        if of_company and (reaches_the_house(piece.value) or _PHONE.search(piece.value)):
            own.append(piece.value)
    return found | ({"own": " ".join(own)} if own else {})


def without_account(text: str) -> str:
    """The line without the number of a bank account, which is no tax number."""
    return _ACCOUNT.sub(" ", text) if invoice_block(text).get("account") and not _of_tax(text) else text


def _of_tax(text: str) -> bool:
    return any(piece.kind == "of_invoice" and any(map(str.isdigit, piece.value)) for piece in _labelled(text))


def beside(slot: FormSlot, line: Words) -> Found | None:
    """The value of a slot that is only kept when the buyer gives it."""
    if line.asking:
        return None
    if slot.name == "mail_to":
        return _mail_to(line)
    of_invoice = line.within or line.topic.startswith("invoice/") or bool(line.named("invoice_title", "tax_number"))
    value = invoice_block(line.text).get(slot.name) if of_invoice else None
    return Found(value) if value else None


def _mail_to(line: Words) -> Found | None:
    """Where the invoice on paper is to be sent: an address in words for sending, which change no order."""
    places = [place for place in line.named("address") if reaches_the_house(place)]
    own = invoice_block(line.text).get("own", "")
    paper = line.paper or bool(re.search(PAPER_WORDS, line.text))
    given = paper and places and places[-1] not in own and not _CHANGES.search(line.text)
    if not given or not (_SENT.search(line.text) or line.text.strip(_MARKS).startswith(places[-1])):
        return None
    return Found("，".join([places[-1], *line.named("person_name")[-1:], *line.named("phone")[-1:]]))
