"""What of a line a form hears: words that only look like calling it off are left out, and what they take back goes.

别开错 asks to take care; 红的不要了 takes back a value, not the matter; 地址不动 says that something stays as it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from contracts.form_small_words import CLAUSE
from contracts.form_titles import said_holder
from contracts.forms import INVOICE, ORDER_CHANGE, FormState, FormStatus, SlotKind
from desk.night.cancelling import threatens
from desk.night.reading import Reading
from desk.night.signals import Signals
from desk.night.staying import says_that_it_stays, what_stays
from desk.night.taking_back import conditional, undecided
from desk.night.talk import Period

_CARE = re.compile(
    r"(?:可|千万|一定|记得|注意|麻烦|请)*(?:别|甭|勿|不要|不能)(?:再|又|给我|帮我|把[^\s,，。]{1,6}?)*"
    r"(?:[写填开发寄弄搞打输改换送登记派配装拿拍报]{1,2}[错漏混反丢岔串重](?!的)(?:了|掉|成[^\s,，。]{1,6})?|(?<=别)[忘漏](?!的)了?|(?<=再)[忘漏](?!的)了?)"
)
"""Asking to take care: 别写错了."""
_TAG = re.compile(r"(?:[是对]吧|[吗么嘛]|是不是|[?？])[\s?？]*$")
_SMALL = re.compile(
    r"[那这]一?[张条份种位件双款套]|[那这]个?|邮箱|邮件|税号|识别号|刚才?|刚刚|之前|前面|上面|原来|先前|最早|一开始|发|给|报|说|写|填|我|你们?|的|了|哈|吧|啊|呀|呢|哦|就|先|也|都"
    r"|名字|姓名|抬头|地址|颜色|尺码|电话|号码?|要|不|别|用|还是|算|[^\w]|_"
)
_HELD = (INVOICE, ORDER_CHANGE)
_NOUNS = re.compile(r"邮箱|邮件|税号|识别号")
_LIGHT = ("stop", "mistake")


@dataclass(frozen=True)
class Heard:
    """A line as a form hears it.

    `reading` has the signals that are meant, `words` is the line with spaces for what the form is not to hear,
    `state` the form without the value that the line takes back, which is `emptied`; `remark` when no words are left.
    """

    reading: Reading
    words: str
    state: FormState | None
    emptied: str = ""
    remark: bool = False

    @property
    def for_form(self) -> Reading:
        """The reading of the words that the form hears."""
        return replace(self.reading, text=self.words) if self.words != self.reading.text else self.reading


def hear(reading: Reading, period: Period, signals: Signals) -> Heard:
    """The line as the form that runs or is complete hears it; without one only what is meant by it."""
    state = period.form if period.form is not None and period.form.status is not FormStatus.STOPPED else None
    text = reading.text
    words = _blanked(text, _CARE)
    words = _without_what_stays(words, state)
    emptied, spared = "", False
    if state is not None and reading.has("stop"):
        words, emptied, spared = _without_refused(words, state, period.replaced, signals)
    left = _without(state, emptied) if state is not None and emptied else state
    if state is not None and left is None:  # the only value of a change: the change itself is called off
        return Heard(reading, text, state)
    asked = conditional(text) and bool(_TAG.search(text))
    suspended = asked or spared or undecided(text) or threatens(text)
    heard = reading
    if asked and not reading.has("question"):
        heard = reading = replace(reading, signals=(*reading.signals, signals.named("question")))
    if words != text or suspended:
        heard = _meant(reading, words, {name for name in _LIGHT if suspended or not signals.worded(name, words)})
    return Heard(heard, words, left, emptied, words != text and not _says_anything(words))


def _meant(reading: Reading, words: str, gone: set[str]) -> Reading:
    """The reading without these signals and without the entities that do not stand in the words."""
    understood = reading.answer.understanding
    kept = tuple(entity for entity in understood.entities if words[entity.start : entity.end].strip())
    answer = replace(reading.answer, understanding=replace(understood, entities=kept))
    return replace(reading, answer=answer, signals=tuple(one for one in reading.signals if one.id not in gone))


def _blanked(text: str, expression: re.Pattern[str]) -> str:
    return expression.sub(lambda found: " " * len(found.group()), text)


def _without_what_stays(text: str, state: FormState | None) -> str:
    """The line without the clauses that say that something stays which was not to be changed."""
    changed = {kind for kind, _ in state.parts} if state is not None and state.form.id == ORDER_CHANGE else set()
    blanked = list(text)
    for clause in CLAUSE.finditer(text):
        words = clause.group()
        if says_that_it_stays(words) and not what_stays(words) & changed:
            blanked[clause.start() : clause.end()] = " " * len(words)
    return "".join(blanked)


def _without_refused(text: str, state: FormState, replaced: tuple[str, ...], signals: Signals) -> tuple[str, str, bool]:
    """The line without the clauses that call off a value and nothing more, and the value that goes with them.

    Also whether what is left calls nothing off: 邮箱不用了 says that there is none.
    """
    if state.form.id not in _HELD:
        return text, "", False
    blanked, emptied, spared = list(text), "", False
    for clause in CLAUSE.finditer(text):
        words = clause.group()
        spans = signals.spans("stop", words)
        if not spans:
            continue
        rest = words
        for start, end in reversed(spans):
            rest = rest[:start] + rest[end:]
        named = _SMALL.sub("", rest)
        value = _value(named, state)
        if value or _given(named, replaced) or _other_choice(named, state):
            emptied = value or emptied
            blanked[clause.start() : clause.end()] = " " * len(words)
        elif not named and state.form.id == INVOICE and (_NOUNS.search(words) or said_holder(words)):
            spared = True
        else:
            return text, "", False
    return "".join(blanked), emptied, spared


def _value(named: str, state: FormState) -> str:
    """The value of the form that these words name, "" for none."""
    words = {slot.key for slot in state.form.slots if slot.kind in (SlotKind.WORDS, SlotKind.ORDER)}
    held = [value for _, value in state.parts]
    held += [value for key, value in state.values if key not in words and key != "new_value"]
    chosen = {value for slot in state.form.slots for value, words in slot.choices if re.fullmatch(words, named)}
    return next((value for value in held if value in chosen or _same(named, value)), "")


def _without(state: FormState, value: str) -> FormState | None:
    """The form without this value, open again; None when nothing of what was to be changed is left."""
    if state.form.id == ORDER_CHANGE:
        parts = {kind: one for kind, one in state.parts if one != value}
        return replace(state.emptied("new_value"), parts=()).pieced("new_value", parts) if parts else None
    key = next(key for key, one in state.values if one == value)
    name = next(slot.name for slot in state.form.slots if slot.key == key)
    left = state.emptied(key)
    optional = state.form.slot(name).optional
    return left if optional else replace(left, status=FormStatus.OPEN, asked=name)


def _given(named: str, replaced: tuple[str, ...]) -> bool:
    return any(_same(named, value) for value in replaced)


def _other_choice(named: str, state: FormState) -> bool:
    """Whether the words are a choice of the form that was not taken, or what the order has."""
    choices = (expression for slot in state.form.slots for _, expression in slot.choices)
    return bool(named) and (_given(named, state.had) or any(re.fullmatch(expression, named) for expression in choices))


def _same(named: str, value: str) -> bool:
    plain = value.rstrip("色码号的")
    short = len(named) < 2 and not (len(plain) == 1 and named == plain)
    return bool(named) and not short and (named in value or (plain in named and bool(plain)))


def _says_anything(words: str) -> bool:
    return any(character.isalnum() for character in re.sub(r"[啊呀哈哦吧了的嗯好]", "", words))
