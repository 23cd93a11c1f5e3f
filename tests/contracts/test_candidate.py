from __future__ import annotations

from datetime import date

from contracts.candidate import Candidate, Scores
from contracts.platform import Platform
from contracts.reply import Approval, Reply

REPLY = Reply("a.b", "invoice/issue", frozenset(Platform), "可以开", ("能开吗",), Approval("demo", date(2026, 11, 21)))


def test_a_candidate_with_an_unfilled_slot_is_not_sendable() -> None:
    assert Candidate(REPLY, "可以开", 0.9, Scores()).sendable
    assert not Candidate(REPLY, "{order.eta}到", 0.9, Scores(), ("order.eta",)).sendable
