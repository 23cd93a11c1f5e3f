from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from compliance.catalogue import load_catalogue
from compliance.checker import Checker
from contracts.platform import Platform
from contracts.reply import Reply
from contracts.taxonomy import Taxonomy, Topic
from desk.replies.lint import LONGEST, Report, lint, lint_library
from retrieval.encoder.protocol import Encoder
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


def _report(checker: Checker, embedded: Encoder, *replies: Reply, fixed: tuple[Reply, ...] = ()) -> Report:
    return lint(Library((FINE, *replies)), Library(fixed), TAXONOMY, checker, embedded)


def test_a_good_library_has_neither_problems_nor_advice(checker: Checker, embedded: Encoder) -> None:
    assert _report(checker, embedded) == Report((), ())


def test_the_same_in_other_words_is_a_problem_and_for_a_state_advice(checker: Checker, embedded: Encoder) -> None:
    said = make_reply("a.said", "开票不收税点，普票专票都不加钱，您按页面价付就好。")
    again = "普票专票都不加税点，开票不收钱，您按页面价格付款就好哦～"
    report = _report(checker, embedded, said, make_reply("a.again", again))
    assert report.advice == ()
    assert report.problems[0].startswith("a.again: says the same as a.said (cosine 0.")
    paid = _report(checker, embedded, said, make_reply("a.again", again, when={"order.status": ["paid"]}))
    assert paid.problems == ()
    assert paid.advice[0].endswith("one of them is for fewer states")


def test_a_rule_that_does_not_exist_cannot_be_kept(checker: Checker, embedded: Encoder) -> None:
    reply = replace(make_reply("b.keeps", "发票能开"), keeps=("tmall.no-rule",))
    report = _report(checker, embedded, reply)
    assert report.problems == ("b.keeps: keeps the rule tmall.no-rule, which does not exist",)


def test_what_breaks_a_rule_is_a_problem_and_what_is_warned_of_advice(embedded: Encoder, small_data: Path) -> None:
    checker = Checker(load_catalogue(small_data / "clauses"))
    bad, absolute = make_reply("b.bad", "要票加6个点"), make_reply("b.sure", "绝对没问题")
    report = _report(checker, embedded, bad, fixed=(absolute,))
    assert report.problems == ("b.bad: breaks tmall.invoice.free on tmall: 买家要发票就得免费开。",)
    assert report.advice == ("b.sure: all.wording.absolute: 绝对的话容易被投诉。",)


def test_fixed_texts_are_read_too(checker: Checker, embedded: Encoder) -> None:
    assert _report(checker, embedded, fixed=(make_reply("night.you", "你好"),)).problems == (
        "night.you: says 你 to the buyer; write 您",
    )


def test_a_fixed_text_must_be_free_to_leave_in_every_state(checker: Checker, embedded: Encoder) -> None:
    changed = replace(make_reply("form.changed", "好的，这就给您改好了"), platforms=frozenset({Platform.JD}))
    (problem,) = _report(checker, embedded, fixed=(changed,)).problems
    assert problem.startswith("form.changed: cannot leave for jd.order_change.when 「")
    assert problem.endswith("on jd/printed")
