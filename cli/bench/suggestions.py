"""`huashu bench`: where the time of one suggestion goes."""

from __future__ import annotations

from typing import Annotated, Any

import numpy as np
import typer

from cli.output import say, to_json
from cli.progress import with_progress
from cli.session import open_desk
from contracts.platform import Platform
from contracts.turn import Inquiry
from desk.assembly import Desk
from desk.wire import answer_json

WARM_UP = 20
"""Messages answered before the clock counts."""


def bench(
    context: typer.Context,
    messages: Annotated[int, typer.Option("--messages", "-n", min=10, max=100_000, help="How many to answer.")] = 500,
    rasa: Annotated[bool, typer.Option(help="With the intent model.")] = True,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Answer messages one after another, as one client would, and show the time of each step in milliseconds."""
    if context.invoked_subcommand is not None:
        return
    with open_desk(rasa=rasa) as desk:
        inquiries = _inquiries(desk, messages + WARM_UP)
        for inquiry in inquiries[:WARM_UP]:
            desk.suggester.suggest(inquiry)
        answers = [desk.suggester.suggest(item) for item in with_progress(inquiries[WARM_UP:], messages, "bench")]
    degraded = sum(answer.understanding.degraded for answer in answers)
    times = [answer_json(answer)["timings_ms"] for answer in answers]
    figures = {step: _figures([time[step] for time in times]) for step in times[0]}
    result = {"messages": messages, "without_rasa": degraded, "milliseconds": figures}
    say(to_json(result) if as_json else _table(result))


def _inquiries(desk: Desk, wanted: int) -> list[Inquiry]:
    """Questions of the library in an order that jumps between topics, on the platforms in turn."""
    questions = [question for reply in desk.library.replies for question in reply.questions]
    order = np.random.default_rng(7).permutation(len(questions))
    platforms = tuple(Platform)
    return [
        Inquiry(questions[order[number % len(order)]], platforms[number % len(platforms)]) for number in range(wanted)
    ]


def _figures(values: list[float]) -> dict[str, float]:
    middle, high, highest = np.percentile(values, [50, 95, 99])
    return {"p50": round(float(middle), 3), "p95": round(float(high), 3), "p99": round(float(highest), 3)}


def _table(result: dict[str, Any]) -> str:
    lines = [f"{result['messages']} messages, one client; milliseconds", f"{'step':12}{'p50':>9}{'p95':>9}{'p99':>9}"]
    for step, figures in result["milliseconds"].items():
        lines.append(f"{step:12}" + "".join(f"{figures[name]:9.2f}" for name in ("p50", "p95", "p99")))
    lines.append("understand runs beside encode and search, so the parts add up to more than the total")
    if result["without_rasa"]:
        lines.append(f"{result['without_rasa']} answered without the intent model")
    return "\n".join(lines)
