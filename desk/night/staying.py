"""Lines that say that something stays as it is: a remark on the matter that runs, and no wish to change it."""

from __future__ import annotations

import re

from contracts.form_small_words import CLAUSE

_NOUNS = (
    ("address", re.compile(r"地址|[寄发送]")),
    ("person_name", re.compile(r"收[件货]人|名字|姓名|联系人")),
    ("phone", re.compile(r"电话|手机|号码")),
    ("colour", re.compile(r"颜色|色")),
    ("size", re.compile(r"尺[码寸]|码|型号|规格|大小")),
    ("count", re.compile(r"数量|件数|个数")),
)
_THING = (
    r"(?:(?:收货)?地址|收[件货]人|联系人|名字|姓名|联系?电话|电话|手机号?|号码|颜色|尺[码寸]|码数?|型号|规格|款式?|数量|件数|抬头|税号|邮箱|备注|时间|快递"
    r"|其[他它余](?:信息|的|都)?|别的|剩下的?|[\u4e00-\u9fff]{1,3}色|[a-zA-Z\d]{1,4}码?|[和跟与、])"
)
_STAYS = re.compile(
    rf"(?:那|就|我|这个|是|哦|嗯|不过|但|还有)*(?:{_THING}的?)*(?:就|也|都|还是|还|先|全|一律|仍然?|依旧|保持|跟?之前|跟?原来)*"
    r"(?:不变|没变|不动|别动|不(?:用|要|需要|必)(?:变|动)|照旧|照原样|照老样子|老样子|照之前的?|原样)(?:了|的|吧|哈|就行|就好|即可)*"
)
_SAME = re.compile(
    rf"(?:那|就|我|是|嗯|{_THING}|的)*(?:还是|就|仍|也|都|照)?(?:[寄发送]|按|用|写|填|走|放)?(?:到|在|去|给)?(?:我?原(?:来|先|本)?|之前|以前|订单上?|下单时?|上面)(?:写|填|留|用)?(?:的|那个|那)+"
    rf"(?:{_THING})?(?:就行|就好|就可以|即可|可以|吧|哈|不变|不动|不改)*"
)
_LEAVE = re.compile(
    rf"(?:那|就|我|这个|不过|但)*(?:{_THING})+(?:就|也|都|先)*(?:不(?:用|要|需要|必)?|别)(?:再)?(?:改|换)(?:了|的|吧|哈|啊)*"
)
_MOVED = re.compile(r"(?:改|换)(?:成|为|到)|退|拿回|改回|换回")


def says_that_it_stays(clause: str) -> bool:
    """Whether a clause says that a thing stays as it is, and no more."""
    if _MOVED.search(clause):
        return False
    return any(expression.fullmatch(clause) for expression in (_STAYS, _SAME, _LEAVE))


def only_stays(text: str) -> bool:
    """Whether every clause of a line says so."""
    clauses = [found.group() for found in CLAUSE.finditer(text)]
    return bool(clauses) and all(map(says_that_it_stays, clauses)) and not re.search(r"[?？]", text)


def what_stays(clause: str) -> set[str]:
    """The kinds of values that a clause names."""
    return {kind for kind, noun in _NOUNS if noun.search(clause)}
