"""What every peer must do, whatever it is made of."""

from __future__ import annotations

import pytest

from evaluation.peers.protocol import Ask, Canned, Peer

REPLIES = (
    Canned("invoice", "invoice/issue", frozenset({"jd", "tmall"}), "可以开发票的", ("能开发票吗", "有发票吗")),
    Canned("invoice.jd", "invoice/issue", frozenset({"jd"}), "京东随单开具发票", ("京东发票在哪里填", "开发票怎么填")),
    Canned("ship", "shipping/delivery_time", frozenset({"jd", "tmall"}), "今天之内发货", ("什么时候发货", "几天发货")),
    Canned("return", "returns/how", frozenset({"tmall"}), "七天之内可以退货", ("怎么退货", "可以退货吗")),
)


class PeerConformance:
    """A subclass gives `peer`, not yet indexed."""

    @pytest.fixture
    def indexed(self, peer: Peer) -> Peer:
        peer.index(REPLIES)
        return peer

    def test_a_known_question_finds_its_reply(self, indexed: Peer) -> None:
        assert indexed.suggest(Ask("1", "什么时候发货", "tmall"), 3)[0].reply_id == "ship"

    def test_each_reply_comes_once_and_the_surest_first(self, indexed: Peer) -> None:
        hits = indexed.suggest(Ask("1", "能开发票吗", "jd"), 3)
        assert hits[0].reply_id == "invoice"
        assert len({hit.reply_id for hit in hits}) == len(hits)
        assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)

    def test_only_replies_of_the_platform(self, indexed: Peer) -> None:
        assert all(hit.reply_id != "return" for hit in indexed.suggest(Ask("1", "怎么退货", "jd"), 3))
        assert all(hit.reply_id != "invoice.jd" for hit in indexed.suggest(Ask("1", "京东发票在哪里填", "tmall"), 3))

    def test_no_more_than_asked_for(self, indexed: Peer) -> None:
        assert len(indexed.suggest(Ask("1", "能开发票吗", "jd"), 1)) == 1
