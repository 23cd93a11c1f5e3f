"""A disguise neither hides a violation nor makes one, whatever it is put on.

Not undone, because undoing it would stop what is right: a space or a dot between two digits (2 3天) or between Latin
letters, and a single space or emoji where a phrase may end, which is how people write a comma. Three separators in a
row end a phrase too, unless every character around stands by itself. Clauses that count emoji are right to count those
of a disguise.
"""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compliance.checker import Checker
from tests.compliance.disguises import DISGUISES, Disguise
from tests.compliance.examples import compliant, counts_signs, found, violating, wrong

FIXED = settings(derandomize=True, deadline=None, max_examples=120)


@pytest.mark.parametrize("disguise", DISGUISES, ids=lambda disguise: disguise.__name__)
@given(data=st.data())
@FIXED
def test_a_violation_stays_found(checker: Checker, disguise: Disguise, data: st.DataObject) -> None:
    case = data.draw(st.sampled_from(violating()))
    text = data.draw(st.composite(disguise)(case.text))
    assert found(checker, case, text), (case.clause.id, case.text, text)


@pytest.mark.parametrize("disguise", DISGUISES, ids=lambda disguise: disguise.__name__)
@given(data=st.data())
@FIXED
def test_a_compliant_text_stays_free(checker: Checker, disguise: Disguise, data: st.DataObject) -> None:
    case = data.draw(st.sampled_from(compliant()))
    text = data.draw(st.composite(disguise)(case.text))
    findings = [finding for finding in wrong(checker, case, text) if not counts_signs(finding)]
    assert findings == [], (case.clause.id, case.text, text)


@pytest.mark.parametrize("disguise", DISGUISES, ids=lambda disguise: disguise.__name__)
@given(data=st.data())
@settings(FIXED, max_examples=50)
def test_findings_point_into_what_was_written(checker: Checker, disguise: Disguise, data: st.DataObject) -> None:
    case = data.draw(st.sampled_from(violating()))
    text = data.draw(st.composite(disguise)(case.text))
    for finding in checker.check(text, case.platform, case.context).findings:
        assert 0 <= finding.span[0] < finding.span[1] <= len(text)
