"""Cases as a run gives them, short for tests."""

from __future__ import annotations

from collections.abc import Sequence

from evaluation.cases import Asked, Found, Said, Shown, Where

TIMES = {"understand": 3.0, "encode": 1.0, "search": 2.0, "rank": 0.5, "check": 0.5, "total": 6.0}


def asked(
    number: int = 0,
    topics: str = "invoice/type",
    shown: str = "invoice/type",
    *,
    read: str = "",
    sure: float = 0.9,
    confidences: Sequence[float] = (0.9, 0.6, 0.3),
    out_of_scope: float = 0.0,
    automatic: bool = False,
    dialogue: str = "",
    text: str = "能开专票吗",
    clear: str = "1",
    day: bool | None = True,
    platform: str = "tmall",
) -> Asked:
    """A message about `topics` for which replies about the topics of `shown` were suggested."""
    names = tuple(topics.split())
    intents = tuple(dict.fromkeys(name.split("/")[0] for name in names))
    dialogue = dialogue or f"d{number}"
    return Asked(
        id=f"{dialogue}#{number}",
        where=Where(dialogue, platform, open=day),
        text=text,
        before="",
        intents=intents,
        topics=names,
        clear=clear,
        read=((read or intents[0], sure),),
        out_of_scope=out_of_scope,
        shown=tuple(
            Shown(f"r{place}.{topic.replace('/', '.')}", topic, f"回复{place}", confidence)
            for place, (topic, confidence) in enumerate(zip(shown.split(), confidences, strict=False))
        ),
        blocked=(),
        automatic=automatic,
        timings=TIMES,
    )


def said(number: int = 0, violates: str = "", found: str = "", *, stops: bool = True, dialogue: str = "") -> Said:
    """An agent's turn that breaks the clauses of `violates`; those of `found` were found. All of them block."""
    broken = tuple(violates.split())
    dialogue = dialogue or f"s{number}"
    return Said(
        id=f"{dialogue}#{number}",
        where=Where(dialogue, "tmall"),
        text="加我微信",
        violates=broken,
        blocking=broken,
        found=tuple(Found(clause, stops) for clause in found.split()),
    )
