"""A run as it should be, and one fault after another planted in it: the account must name each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace

import pytest

from evaluation.load.account import Account, account
from evaluation.load.notes import Acknowledged, Answered, Notes, Ready
from evaluation.load.plan import Line
from evaluation.load.stored import Stored
from evaluation.load.waits import spread

OPENED = (Line("open-0", 0, "lamps", "a", "在吗"), Line("open-1", 0, "lamps", "b", "在吗"))
WRITTEN = (Line("line-0", 0, "lamps", "a", "能开票吗"), Line("line-1", 1, "lamps", "a", "急"))


@dataclass
class Seen:
    """What clients, database and the shop's end know of one run."""

    notes: Notes
    stored: Stored
    got: Counter[str]

    def account(self) -> Account:
        return account(OPENED, WRITTEN, self.notes, self.stored, self.got)


def _good() -> Seen:
    """Two conversations; two lines of the first are answered together, 0.2 and 0.1 seconds after they were taken."""
    notes = Notes(events=6, delays=[0.02] * 6)
    stored = Stored(answers={"sent": "delivered"}, suggested=Counter({"m-open-0": 1, "m-open-1": 1, "m-line-1": 1}))
    moments = {"open-0": 0.0, "open-1": 0.0, "line-0": 10.0, "line-1": 10.1}
    for place, line in enumerate((*OPENED, *WRITTEN), 1):
        talk, at = f"talk-{line.buyer}", moments[line.id]
        taken = Acknowledged(line.id, "lamps", f"m-{line.id}", talk, at - 0.01, at, 1)
        notes.acknowledged[line.id], notes.places[taken.message] = taken, place
        stored.asked[taken.message] = talk
    for number, (message, talk, at) in enumerate(
        (("m-open-0", "talk-a", 0.1), ("m-open-1", "talk-b", 0.1), ("m-line-1", "talk-a", 10.2)), 10
    ):
        notes.note_ready(Ready(message, talk, number, at, at))
    notes.answered["k"] = Answered("k", "sent")
    return Seen(notes, stored, Counter({"sent": 1}))


def test_a_run_in_which_nothing_went_wrong() -> None:
    result = _good().account()
    assert result.whole
    assert result.quick
    assert (result.lines["written"], result.lines["taken"], result.lines["stored"]) == (4, 4, 4)
    milliseconds = result.suggestions["milliseconds"]
    assert (milliseconds["count"], milliseconds["p50"], milliseconds["most"]) == (2, 150.0, 200.0)
    assert result.webhook["milliseconds"]["p50"] == 10.0
    assert (result.answers["sent"], result.answers["delivered"]) == (1, 1)


def test_what_a_closed_shop_sends_by_itself_is_no_answer_of_an_agent() -> None:
    seen = _good()
    seen.stored.automatic.update({"auto": "delivered", "back": "withdrawn"})
    seen.got["auto"] = 1
    result = seen.account()
    assert result.whole
    assert (result.answers["automatic"], result.answers["doubled"], result.answers["lost"]) == (2, 0, 0)
    del seen.got["auto"]
    assert seen.account().answers["lost"] == 1


def _never_taken(seen: Seen) -> None:
    del seen.notes.acknowledged["line-1"]
    del seen.stored.asked["m-line-1"]


def _taken_not_stored(seen: Seen) -> None:
    del seen.stored.asked["m-line-0"]


def _stored_twice(seen: Seen) -> None:
    seen.stored.asked["another"] = "talk-a"


def _taken_as_two(seen: Seen) -> None:
    seen.notes.wrong_doubles.append("line-0")


def _no_suggestions(seen: Seen) -> None:
    seen.notes.talks["talk-a"].pop()


def _suggested_twice(seen: Seen) -> None:
    seen.stored.suggested["m-open-0"] += 1


def _event_missed(seen: Seen) -> None:
    seen.notes.gaps += 1


def _event_twice(seen: Seen) -> None:
    seen.notes.repeats += 1


def _not_delivered(seen: Seen) -> None:
    seen.got.clear()


def _sent_twice(seen: Seen) -> None:
    seen.stored.answers["again"] = "delivered"


@pytest.mark.parametrize(
    ("plant", "part", "name"),
    [
        (_never_taken, "lines", "lost"),
        (_taken_not_stored, "lines", "lost"),
        (_stored_twice, "lines", "doubled"),
        (_taken_as_two, "lines", "doubled"),
        (_no_suggestions, "suggestions", "lost"),
        (_suggested_twice, "suggestions", "doubled"),
        (_event_missed, "live", "lost"),
        (_event_twice, "live", "doubled"),
        (_not_delivered, "answers", "lost"),
        (_sent_twice, "answers", "doubled"),
    ],
)
def test_every_fault_is_seen_where_it_is(plant: Callable[[Seen], None], part: str, name: str) -> None:
    seen = _good()
    plant(seen)
    result = seen.account()
    assert not result.whole
    assert getattr(result, part)[name] >= 1


def test_a_delivery_repeated_under_its_key_is_no_double() -> None:
    seen = _good()
    seen.got["sent"] = 2
    assert seen.account().whole
    assert seen.account().answers["repeated_deliveries"] == 1


def test_late_suggestions_are_not_quick() -> None:
    seen = _good()
    late = seen.notes.talks["talk-a"]
    late[-1] = replace(late[-1], seen_at=12.0)
    assert seen.account().whole
    assert not seen.account().quick


def test_no_times_have_no_spread() -> None:
    assert (spread([]).count, spread([]).p95) == (0, 0.0)
