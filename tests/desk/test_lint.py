from __future__ import annotations

import pytest

from contracts.platform import Platform
from contracts.reply import Reply
from contracts.taxonomy import Taxonomy, Topic
from desk.lint import LONGEST, lint_library
from retrieval.library import Library
from tests.doubles import make_reply

TAXONOMY = Taxonomy([Topic("invoice", "issue", "能不能开")])
FINE = make_reply("a.fine", "可以开的", "能开吗")


def _problems(*replies: Reply) -> list[str]:
    return [str(problem) for problem in lint_library(Library(replies), TAXONOMY)]


def test_a_good_library_has_no_problems() -> None:
    assert _problems(FINE, make_reply("a.you", "你们几位都可以开", "能开吗")) == []


@pytest.mark.parametrize(
    ("reply", "where", "says"),
    [
        (make_reply("b.long", "开" * (LONGEST + 1)), "b.long", f"{LONGEST + 1} characters"),
        (make_reply("b.rude", "你可以开"), "b.rude", "write 您"),
        (make_reply("b.twice", "能开的", "能开吗", "能开吗"), "b.twice", "same question twice"),
        (make_reply("b.twin", "可以開的"), "b.twin", "same text as a.fine"),
    ],
)
def test_what_should_be_mended_is_named(reply: Reply, where: str, says: str) -> None:
    (problem,) = _problems(FINE, reply)
    assert problem.startswith(f"{where}: ")
    assert says in problem


def test_a_text_of_the_longest_is_fine() -> None:
    assert _problems(FINE, make_reply("b.long", "开" * LONGEST)) == []


def test_every_topic_needs_a_reply_for_every_platform_and_state() -> None:
    only_paid = make_reply("a.paid", "可以开的", "能开吗", when={"order.status": ["paid"]})
    only_jd = make_reply("a.jd", "可以开的吧", "能开吗", platforms=frozenset({Platform.JD}))
    (problem,) = _problems(only_paid, only_jd)
    assert problem == "invoice/issue: has no reply for every state on tmall, taobao, pdd, douyin, kuaishou"


def test_an_empty_library_lacks_everything() -> None:
    assert len(_problems()) == 1
