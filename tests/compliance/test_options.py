from __future__ import annotations

import pytest

from compliance.kinds import KINDS, build
from compliance.lexicon import Lexicon
from compliance.options import OptionError


def test_an_unknown_kind_lists_the_known_ones() -> None:
    with pytest.raises(OptionError, match="unknown kind of check 'magic'; known: any_of, claim"):
        build("magic", {}, Lexicon({}))


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_kind_refuses_options_it_does_not_know(kind: str) -> None:
    good = {
        "any_of": {"checks": [{"kind": "claim", "says": ["坏"]}]},
        "claim": {"says": ["坏"]},
        "compensation": {"about": ["坏"], "least": 0.1, "token": 5},
        "contact": {"channels": ["wechat"]},
        "dispatch": {"about": ["发货"], "hours": 72},
        "emoji": {"most": 3},
        "lacking": {"when": {"kind": "claim", "says": ["坏"]}, "needs": [["好"]]},
        "many": {"signs": "emoji", "most": 2},
        "length": {"characters": {"over": 9}},
        "personal": {"whose": ["他"], "places": ["住"]},
        "quantity": {"about": ["张"], "true": {"at_most": 1}},
        "reprice": {"most": 0.5, "about": ["改"]},
        "state": {"when": {"order.status": "paid"}},
        "surname": {"asks": ["称呼"]},
        "wording": {"words": ["坏"]},
        "threshold": {"about": ["券"], "says": ["能用"]},
    }[kind]
    build(kind, good, Lexicon({}))
    with pytest.raises(OptionError, match="unknown option 'colour'; known: "):
        build(kind, {**good, "colour": "red"}, Lexicon({}))


@pytest.mark.parametrize(
    ("kind", "options", "message"),
    [
        ("claim", {}, "'says' and 'flatly'"),
        ("claim", {"says": "坏"}, "list of patterns"),
        ("claim", {"says": ["坏"], "reach": "world"}, "allowed: unit"),
        ("contact", {"channels": ["pigeon"]}, "allowed: wechat"),
        ("contact", {"channels": ["link"], "domains": {"ebay": ["x"]}}, "unknown platform 'ebay'"),
        ("dispatch", {"about": ["发"], "hours": "many"}, "must be a number"),
        ("lacking", {"when": {"kind": "claim", "says": ["坏"]}, "needs": []}, "list of lists"),
        ("any_of", {"checks": ["claim"]}, "a mapping with 'kind'"),
        ("reprice", {"most": 2, "about": ["改"]}, "between 0 and 1"),
        ("state", {"when": {"order.colour": "red"}}, "unknown context key 'order.colour'"),
        ("state", {"when": {"order.status": "lost"}}, "known: unpaid"),
        ("state", {"when": {"now": {"from": "late", "to": "08:00"}}}, "are times"),
        ("state", {}, "is needed"),
    ],
)
def test_values_that_cannot_be_used_are_refused(kind: str, options: dict[str, object], message: str) -> None:
    with pytest.raises(OptionError, match=message):
        build(kind, options, Lexicon({}))
