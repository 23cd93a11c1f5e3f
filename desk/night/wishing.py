"""What a question wishes for: the matter of a form and no more (能开专票吗), or to be told something (能抵税吗)."""

from __future__ import annotations

import re

from contracts.forms import CANCEL, INVOICE, ORDER_CHANGE, RETURN, Form
from contracts.text import normalise
from contracts.understanding import Entity
from desk.night.wording import content, kinds

_DOINGS = {
    INVOICE: "开具|补开|开|出具|出|申请|提供|增值税?|增票|发票|一般纳税人|个人|私人|公司|单位|企业|抬头|名义|电子|名",
    RETURN: "退|换|货|申请|办理?|商品|东西|新",
    ORDER_CHANGE: "修改|更改|更换|改|换|成|为|加|减|备注|收货|信息|订单",
}
"""Words for what a form is about, beside its nouns."""
_CHANGES = re.compile(r"改|换|[加减]|备注")
"""What a wish to change an order says: a question for a colour by itself asks whether there is one."""
_TO_BE_TOLD = re.compile(r"还是|哪|谁|为什么|麻烦(?=吗|么|不|嘛)|区别|必须|一定|(?<!得)了(?=吗|么|没|不|嘛)")
_EITHER = re.compile(r"(.)不\1")
_HAVING = re.compile(r"[开要有出换退改]|提供|支持|可以|能")
_CLAUSE = re.compile(r"[\s,，。;；!！?？~～]+")
_HOW = re.compile(r"怎么|怎样|咋|如何")
_CANCELS = re.compile(r"取消|订单|退款|退钱|[这那]?单|关闭|不要")


def only_wishes(text: str, form: Form, entities: tuple[Entity, ...] = (), *, how: bool = False) -> bool:
    """Whether a question asks for no more than the form's own matter; also how that is done, when `how`."""
    doings = _DOINGS.get(form.id)
    plain = _EITHER.sub(r"\1", normalise(text).text)
    if doings is None or kinds(plain) or _TO_BE_TOLD.search(plain) or (_HOW.search(plain) and not how):
        return False
    if form.id == ORDER_CHANGE and not _CHANGES.search(plain):
        return False
    for entity in sorted(entities, key=lambda entity: -len(entity.value)):
        plain = plain.replace(normalise(entity.value).text, " ")
    choices = [[expression for _, expression in slot.choices] for slot in form.slots]
    if any(sum(bool(re.search(expression, plain)) for expression in of_slot) > 1 for of_slot in choices):
        return False
    return _nothing_left(
        re.sub("|".join((*(words for of_slot in choices for words in of_slot), form.nouns, doings)), " ", plain)
    )


def wished_in(text: str, form: Form) -> tuple[str, ...]:
    """The clauses of a line that ask for the form's matter and no more, each with a word for having it."""
    clauses = _CLAUSE.split(normalise(text).text)
    return tuple(clause for clause in clauses if _HAVING.search(clause) and only_wishes(clause, form))


def only_cancels(text: str) -> bool:
    """Whether words about cancelling an order say no more than that."""
    plain = normalise(text).text
    return not (kinds(plain) or _TO_BE_TOLD.search(plain)) and _nothing_left(_CANCELS.sub(" ", plain))


def about_form(form: Form) -> frozenset[str]:
    """What a wish or a point may be about that belongs to the form: its topics, its title, and never cancelling."""
    return (form.topics | {form.title}) - {CANCEL}


def _nothing_left(words: str) -> bool:
    return not any(character.isalnum() for character in re.sub(r"[不没]", "", content(words)))
