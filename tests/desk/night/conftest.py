from __future__ import annotations

import pytest

from desk.assembly import Desk, open_first_reply
from desk.night.first_reply import FirstReply
from desk.storage.database import Database
from tests.desk.night.life import NightLife
from tests.replay_cases.reader import LabelReader


@pytest.fixture(scope="module")
def first_reply(night_desk: Desk) -> FirstReply:
    return open_first_reply(night_desk)


@pytest.fixture
def life(database: Database, night_desk: Desk, first_reply: FirstReply, label_reader: LabelReader) -> NightLife:
    return NightLife(database, night_desk, first_reply, label_reader)
