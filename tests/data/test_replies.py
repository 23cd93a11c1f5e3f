from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import product

import pytest

from compliance.catalogue import Catalogue
from compliance.checker import Checker
from contracts.context import Context
from contracts.platform import Platform
from contracts.reply import Reply
from contracts.taxonomy import Taxonomy, intent_of
from contracts.text import clean, normalise
from desk.replies.lint import lint_library
from retrieval.library import Library


def test_enough_replies(shipped_library: Library) -> None:
    assert len(shipped_library) >= 120


@pytest.mark.parametrize("platform", list(Platform))
def test_every_intent_on_every_platform(shipped_library: Library, taxonomy: Taxonomy, platform: Platform) -> None:
    answered = {intent_of(reply.topic) for reply in shipped_library.replies if platform in reply.platforms}
    assert set(taxonomy.intents) - answered == set()


def _states(reply: Reply) -> Iterator[Context]:
    """Every state that the reply is meant for."""
    keys = [condition.key for condition in reply.when]
    for values in product(*(condition.values for condition in reply.when)):
        context, warnings = Context().with_values(dict(zip(keys, values, strict=True)))
        assert warnings == ()
        yield context


def test_every_reply_passes_the_rules_of_each_of_its_platforms(shipped_library: Library, checker: Checker) -> None:
    breaches = [
        f"{reply.id} on {platform.value}: {finding.clause} 「{reply.text[slice(*finding.span)]}」"
        for reply in shipped_library.replies
        for platform in sorted(reply.platforms)
        for state in _states(reply)
        for finding in checker.check(reply.text, platform, state).findings
    ]
    assert breaches == []


def test_the_rules_a_reply_was_written_to_keep_exist(shipped_library: Library, catalogue: Catalogue) -> None:
    known = {clause.id for clause in catalogue.clauses}
    missing = {
        f"{reply.id}: {clause}" for reply in shipped_library.replies for clause in reply.keeps if clause not in known
    }
    assert sorted(missing) == []


def test_a_rule_that_is_kept_holds_on_a_platform_of_the_reply(shipped_library: Library, catalogue: Catalogue) -> None:
    platforms = {clause.id: clause.platforms for clause in catalogue.clauses}
    elsewhere = [
        f"{reply.id}: {clause}"
        for reply in shipped_library.replies
        for clause in reply.keeps
        if clause in platforms and not platforms[clause] & reply.platforms
    ]
    assert elsewhere == []


def test_nothing_to_mend(shipped_library: Library, taxonomy: Taxonomy) -> None:
    assert [str(problem) for problem in lint_library(shipped_library, taxonomy)] == []


def test_texts_are_stored_as_they_are_sent(shipped_library: Library) -> None:
    assert [reply.id for reply in shipped_library.replies if clean(reply.text) != reply.text] == []


def test_no_question_belongs_to_two_intents(shipped_library: Library) -> None:
    intents: dict[str, set[str]] = {}
    for reply in shipped_library.replies:
        for question in reply.questions:
            intents.setdefault(normalise(question).text, set()).add(intent_of(reply.topic))
    assert {question: sorted(names) for question, names in intents.items() if len(names) > 1} == {}


def test_no_question_is_used_up_by_replies_of_one_topic(shipped_library: Library) -> None:
    """The same question under many replies of a topic and a platform says nothing about which is meant."""
    seen = Counter(
        (normalise(question).text, platform, reply.when)
        for reply in shipped_library.replies
        for question in reply.questions
        for platform in reply.platforms
    )
    assert [key[0] for key, count in seen.items() if count > 1] == []
