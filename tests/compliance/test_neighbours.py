"""A compliant sentence beside another text changes nothing about that text.

It does where it is meant to, and such pairs are left out:
- the sentence holds what the clause asks for anywhere in a reply (a date for a delay, the address for returns);
- a bare yes or no after a sentence that has answered the buyer, or a courtesy (好的): it answers something else;
- the violation is a question: what follows may be the answer that sets it right (加税点吗？不加的);
- a sentence without a subject takes that of the one before it (发票的事我问了。做不到的); from 帮您绕过限制我们做不到
  it differs by its meaning alone.
"""

from __future__ import annotations

import re

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from compliance.checker import Checker
from compliance.completion import answers
from compliance.material import gather
from compliance.reading import read
from tests.compliance.examples import Case, borrows, compliant, found, sentences, supplies, violating, wrong

FIXED = settings(derandomize=True, deadline=None, max_examples=300)
STOPS = ("。", "！", "\n")
_ASKS = re.compile("[吗么嘛?？][亲哦。]?$")


@given(data=st.data())
@FIXED
def test_a_sentence_before_hides_no_violation(checker: Checker, data: st.DataObject) -> None:
    case, neighbour, stop = _beside(data)
    assume(not _answered(case, neighbour))
    text = f"{neighbour}{stop}{case.text}"
    assert found(checker, case, text), (case.clause.id, text)


@given(data=st.data())
@FIXED
def test_a_sentence_after_hides_no_violation(checker: Checker, data: st.DataObject) -> None:
    case, neighbour, stop = _beside(data)
    assume(not _ASKS.search(case.text))
    text = f"{case.text}{stop}{neighbour}"
    assert found(checker, case, text), (case.clause.id, text)


@pytest.mark.parametrize("order", ["before", "after"])
@given(data=st.data())
@FIXED
def test_two_compliant_sentences_are_compliant(checker: Checker, order: str, data: st.DataObject) -> None:
    case = data.draw(st.sampled_from(compliant()))
    neighbour = data.draw(st.sampled_from(sentences(case.platform)))
    assume(not wrong(checker, case, neighbour))
    pair = (neighbour, case.text) if order == "before" else (case.text, neighbour)
    text = data.draw(st.sampled_from(STOPS)).join(pair)
    findings = [finding for finding in wrong(checker, case, text) if not borrows(finding, text)]
    assert findings == [], text


def _beside(data: st.DataObject) -> tuple[Case, str, str]:
    """A violation, a compliant sentence of its platform, and what stands between them."""
    case = data.draw(st.sampled_from(violating()))
    neighbour = data.draw(st.sampled_from(sentences(case.platform)))
    assume(not supplies(case.clause, neighbour))
    return case, neighbour, data.draw(st.sampled_from(STOPS))


def _answered(case: Case, neighbour: str) -> bool:
    """Whether the case is a bare answer to something that the neighbour has answered, or a courtesy after it."""
    material = gather(case.text, case.platform, case.context)
    if len(material.readings) == 1 or material.buyer is None:
        return False
    reading, question = read(neighbour), material.buyer.text
    return case.text.startswith(("好", "嗯")) or any(
        answers(reading.words(index), question) for index in range(len(reading.units))
    )
