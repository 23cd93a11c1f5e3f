from __future__ import annotations

import numpy as np

from contracts.platform import Platform
from contracts.reply import Validity
from retrieval.columns import Columns
from retrieval.library import Library
from tests.doubles import TODAY, make_reply

JD = frozenset({Platform.JD})
LIBRARY = Library(
    (
        make_reply("c.one", "一", topic="invoice/issue"),
        make_reply("a.one", "二", topic="shipping/delay", platforms=JD),
        make_reply("b.one", "三", topic="invoice/issue", when={"order.status": ["paid"]}),
        make_reply("d.one", "四", topic="invoice/issue", platforms=JD, valid=Validity(TODAY, None)),
    )
)
COLUMNS = Columns(LIBRARY)


def test_topics_are_counted_in_the_order_they_come_in() -> None:
    assert COLUMNS.topics == ("invoice/issue", "shipping/delay")
    assert COLUMNS.topic_of.tolist() == [0, 1, 0, 0]
    assert COLUMNS.counts(np.array([1, 2, 3])).tolist() == [2, 1]
    assert COLUMNS.counts(np.array([], dtype=np.int64)).tolist() == [0, 0]


def test_ids_are_ordered() -> None:
    assert COLUMNS.order_of.tolist() == [2, 0, 1, 3]


def test_replies_for_the_same_platforms_days_and_states_have_one_use() -> None:
    assert [reply.id for reply in COLUMNS.uses] == ["c.one", "a.one", "b.one", "d.one"]
    twice = Columns(Library((*LIBRARY.replies, make_reply("e.one", "五"), make_reply("f.one", "六", platforms=JD))))
    assert list(twice.use_of) == [0, 1, 2, 3, 0, 1]


def test_the_replies_of_a_topic_are_ordered_by_id_on_each_platform() -> None:
    assert list(COLUMNS.about("invoice/issue", Platform.JD)) == [2, 0, 3]
    assert list(COLUMNS.about("invoice/issue", Platform.PDD)) == [2, 0]
    assert list(COLUMNS.about("shipping/delay", Platform.PDD)) == []
    assert list(COLUMNS.about("coupon/find", Platform.JD)) == []
