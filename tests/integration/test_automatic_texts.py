"""The rules as they were learnt at set-up let every text leave that is sent by itself."""

from __future__ import annotations

from desk.assembly import open_checker
from desk.replies.lint import lint_fixed
from desk.settings import Settings
from retrieval.building import open_fixed


def test_no_automatic_text_is_stopped(settings: Settings) -> None:
    assert lint_fixed(open_fixed(settings.data), open_checker(settings)) == []
