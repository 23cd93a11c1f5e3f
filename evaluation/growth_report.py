"""What growth was measured, as Markdown with a chart."""

from __future__ import annotations

from collections.abc import Sequence

from evaluation.growth import Plan, Row
from evaluation.stand_in import JITTER
from retrieval.vectors.store import EXACT_UP_TO

_HEAD = (
    "replies | texts | vectors | encode | dense | keyword | rank | **encode to ranked** | p99 | core | recall@10 |"
    " index | of it encoding | open | memory"
)


def markdown(rows: Sequence[Row], plan: Plan, machine: str) -> str:
    """The page `docs/benchmarks/retrieval.md`; `machine` says on what it was measured."""
    columns = _HEAD.count("|") + 1
    table = [f"| {_HEAD} |", "|" + "---:|" * columns, *(_line(row) for row in rows)]
    return "\n".join([*_introduction(plan, machine), *table, "", *_chart(rows), ""])


def _introduction(plan: Plan, machine: str) -> list[str]:
    cosine = 1 / (1 + JITTER**2) ** 0.5
    return [
        "# Retrieval by the size of the library",
        "",
        f"Made by `huashu bench retrieval` on {machine}.",
        "",
        f"Times of a message are medians over {plan.messages} messages, one after another, in milliseconds; `dense`",
        "and `keyword` are the two searches within, timed once more alone. `core` is what a core worked from encode to",
        "ranked, without its waits for other processes of the machine.",
        "",
        f"The replies are synthetic (`evaluation/synthetic.py`), questions for each: {plan.questions}. A text is a",
        f"reply's own or a question. At most {plan.encoded:,} texts are encoded, once for all sizes beyond; further",
        f"texts have shifted copies of their vectors (cosine to the original {cosine:.2f}). The time to index leaves",
        "out making those up.",
        "",
        f"Up to {EXACT_UP_TO:,} vectors are compared one by one; above, recall@10 is against comparing with every one.",
        "Memory is of the whole process: encoder, replies and both indexes.",
        "",
    ]


def _line(row: Row) -> str:
    steps = [f"{row.p50[step]:.2f}" for step in ("encode", "dense", "keyword", "rank")]
    cells = [
        f"{row.replies:,}",
        f"{row.texts:,}",
        "one by one" if row.exact else "in lists",
        *steps,
        f"**{row.p50['total']:.2f}**",
        f"{row.p99['total']:.2f}",
        f"{row.p50['cpu']:.2f}",
        "1" if row.recall is None else f"{row.recall:.3f}",
        f"{row.index_seconds:,.0f} s",
        f"{row.encode_seconds:,.0f} s" + ("" if row.encoded == row.texts else f" ({row.encoded:,} texts)"),
        f"{row.open_seconds:.1f} s",
        f"{row.megabytes:,} MB",
    ]
    return f"| {' | '.join(cells)} |"


def _chart(rows: Sequence[Row]) -> list[str]:
    sizes = ", ".join(f'"{row.replies:,}"' for row in rows)
    return [
        "```mermaid",
        "xychart-beta",
        '  title "Encode to ranked, milliseconds: median (bars) and 99th percentile (line)"',
        f"  x-axis [{sizes}]",
        '  y-axis "ms"',
        f"  bar [{', '.join(str(row.p50['total']) for row in rows)}]",
        f"  line [{', '.join(str(row.p99['total']) for row in rows)}]",
        "```",
    ]
