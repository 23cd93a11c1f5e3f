from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from contracts.errors import SetupNeeded
from contracts.platform import Platform
from retrieval.entries import LABELS, Entries, texts_of
from retrieval.library import Library
from tests.doubles import make_reply

JD = frozenset({Platform.JD})


def test_a_text_for_every_reply_and_every_question_slots_left_out(library: Library) -> None:
    entries, texts = Entries.of(library), list(texts_of(library))
    assert len(entries) == len(texts)
    named = [(library.replies[owner].id, text) for owner, text in zip(entries.owners, texts, strict=True)]
    assert named[:4] == [
        ("invoice.yes", "发票可以开的"),
        ("invoice.yes", "能开发票吗"),
        ("invoice.yes", "有票吗"),
        ("invoice.taobao", "付款后在订单里申请发票"),
    ]
    assert ("invoice.days", "天内开好发票") in named


def test_the_labels_are_the_platforms() -> None:
    entries = Entries.of(Library((make_reply("a.all", "在"), make_reply("a.jd", "在", "吗", platforms=JD))))
    assert entries.labels.tolist() == [(1 << len(Platform)) - 1, *[1 << LABELS[Platform.JD]] * 2]


def test_an_id_is_of_reply_platforms_and_text_wherever_it_stands() -> None:
    a, b = make_reply("a.a", "在", "在吗"), make_reply("a.b", "在", "在吗")
    ids, turned = Entries.of(Library((a, b))).ids, Entries.of(Library((b, a))).ids
    assert len(set(ids.tolist())) == 4
    assert ids[[2, 3, 0, 1]].tolist() == turned.tolist()
    assert (ids >= 0).all()
    for other in (make_reply("a.a", "在", "在吗", platforms=JD), make_reply("a.c", "在", "在吗")):
        assert not set(ids.tolist()) & set(Entries.of(Library((other,))).ids.tolist())


def test_equal_texts_have_equal_digests() -> None:
    digests = Entries.of(
        Library((make_reply("a.a", "在", "在吗"), make_reply("a.b", "在吗", "在", platforms=JD)))
    ).digests
    assert digests.tolist() == digests[[0, 1, 1, 0]].tolist()
    assert digests[0] != digests[1]


def test_a_text_that_a_reply_has_twice_counts_once() -> None:
    assert list(texts_of(Library((make_reply("a.a", "在", "在", "在吗", "在吗"),)))) == ["在", "在吗"]


def test_stored_and_loaded_they_are_the_same(tmp_path: Path, library: Library) -> None:
    entries = Entries.of(library)
    entries.save(tmp_path / "entries.npz")
    loaded = Entries.load(tmp_path / "entries.npz")
    for name in ("ids", "digests", "labels", "owners"):
        np.testing.assert_array_equal(getattr(loaded, name), getattr(entries, name))


def test_what_cannot_be_read_needs_set_up(tmp_path: Path) -> None:
    (tmp_path / "entries.npz").write_bytes(b"PK\x03\x04")
    with pytest.raises(SetupNeeded, match=r"entries\.npz cannot be read; run `huashu setup`"):
        Entries.load(tmp_path / "entries.npz")
