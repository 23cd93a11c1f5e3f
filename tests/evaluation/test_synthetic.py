from __future__ import annotations

from collections import Counter

from contracts.platform import Platform
from contracts.reply import SLOT
from evaluation.synthetic import synthetic_library
from retrieval.library import Library
from retrieval.segment import words
from retrieval.slots import SLOT_NAMES


def test_a_seed_makes_the_same_library_and_another_another(shipped_library: Library) -> None:
    first, again = (synthetic_library(shipped_library, 50) for _ in range(2))
    assert first.replies == again.replies
    assert {reply.text for reply in first.replies} != {
        reply.text for reply in synthetic_library(shipped_library, 50, seed=12).replies
    }


def test_a_smaller_library_is_the_start_of_a_larger_one(shipped_library: Library) -> None:
    assert synthetic_library(shipped_library, 80).replies[:50] == synthetic_library(shipped_library, 50).replies


def test_every_reply_is_one_that_could_be_served(shipped_library: Library) -> None:
    library = synthetic_library(shipped_library, 500, questions=3)
    assert len({reply.id for reply in library.replies}) == 500
    bases = {reply.id: reply for reply in shipped_library.replies}
    for reply in library.replies:
        base = bases[reply.id.rpartition(".")[0]]
        assert (reply.topic, reply.when, reply.valid) == (base.topic, base.when, base.valid)
        assert reply.text.strip()
        assert 1 <= len(reply.questions) <= 3
        assert reply.platforms
        assert reply.platforms <= base.platforms
        assert set(SLOT.findall(reply.text)) <= SLOT_NAMES
        assert not set("{}") & set(SLOT.sub("", reply.text))


def test_texts_differ_and_have_the_shipped_words(shipped_library: Library) -> None:
    library = synthetic_library(shipped_library, 1000)
    assert len({reply.text for reply in library.replies}) > 900
    known = {
        word for reply in shipped_library.replies for text in (reply.text, *reply.questions) for word in words(text)
    }
    counts = Counter(word for reply in library.replies for word in words(reply.questions[0]))
    strange = sum(count for word, count in counts.items() if word not in known)
    assert strange < 0.2 * counts.total()


def test_half_of_the_replies_are_for_one_platform(shipped_library: Library) -> None:
    counts = Counter(len(reply.platforms) for reply in synthetic_library(shipped_library, 1000).replies)
    assert 400 < counts[1] < 700
    assert counts[len(Platform)] > 250
