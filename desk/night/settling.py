"""Which open questions a text settles: the one it was the answer to, and only those beside it that it answers too."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from contracts.forms import Form
from contracts.reply import Reply
from contracts.text import normalise
from desk.night.talk import Period
from desk.night.wishing import about_form, only_wishes
from desk.night.wording import kinds, unmet

SENT_FOR = "已请买家补充"
"""How a point begins whose answer asked the buyer for something."""


def answered(period: Period, line: str, reply: Reply, topics: Iterable[str]) -> Period:
    """Without the question that the line is, and without earlier ones about these topics that the reply answers too.

    An earlier question has its answer when it is the same in other words: of the same kind, with nothing in it that the
    reply leaves open. Being about the same topic is not enough: 有运费险吗 says nothing to 退货运费谁付.
    """
    asked = kinds(line)

    def done(words: str) -> bool:
        if _plain(words) == _plain(line):
            return True
        return bool(asked) and kinds(words) == asked and not unmet(words, reply)

    return period.settling(topics, done)


def taken_up(period: Period, form: Form) -> Period:
    """Without what a form that runs now asks for, and the questions whether and how its matter is done; when stays."""
    topics = about_form(form)
    waits = tuple(point for point in period.asks if point.about not in topics or not point.lead.startswith(SENT_FOR))
    return replace(period, asks=waits).settling(topics, lambda words: only_wishes(words, form, how=True))


def _plain(text: str) -> str:
    return "".join(character for character in normalise(text).text if character.isalnum())
