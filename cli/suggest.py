"""`huashu suggest`: checked replies for one message, or for the last buyer turn of every dialogue of a file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from cli.output import say, tell, to_json
from cli.progress import with_progress
from cli.session import open_desk
from contracts.answer import Answer
from contracts.context import Context
from contracts.errors import HuashuError, InputError
from contracts.order import Order
from contracts.platform import Platform
from contracts.text import clean, clean_optional
from contracts.turn import Inquiry
from desk.assembly import Desk
from desk.dialogues import build_context, inquiry_of, parse_dialogue, parse_order
from desk.wire import answer_json
from files.atomic import writing
from files.jsonl import JsonLine, count_lines, read_jsonl


def suggest(
    text: Annotated[str | None, typer.Argument(help="What the buyer wrote.")] = None,
    platform: Annotated[str | None, typer.Option(help="tmall, taobao, jd, pdd, douyin or kuaishou.")] = None,
    shop: Annotated[str | None, typer.Option(help="Shop id, a file of data/shops.")] = None,
    order_status: Annotated[
        str | None, typer.Option(help="unpaid, paid, unprinted, printed, locked, shipped, delivered or closed.")
    ] = None,
    previous_buyer: Annotated[str, typer.Option(help="The buyer's line before.")] = "",
    previous_agent: Annotated[str, typer.Option(help="The shop's line before.")] = "",
    k: Annotated[int, typer.Option("-k", min=1, max=20, help="How many suggestions.")] = 3,
    file: Annotated[Path | None, typer.Option(help="Dialogues as JSON lines, instead of TEXT.")] = None,
    out: Annotated[Path | None, typer.Option(help="Where the answers to --file go, a line for each.")] = None,
    rasa: Annotated[bool, typer.Option(help="Ask the intent model; without it retrieval alone answers.")] = True,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Suggest checked replies to a buyer's message."""
    if file is not None:
        if text is not None or out is None:
            raise InputError("--file wants --out and no TEXT")
        _suggest_file(file, out, k, rasa=rasa, as_json=as_json)
        return
    if text is None or platform is None:
        raise InputError("TEXT and --platform are needed, or --file and --out")
    inquiry = _inquiry(text, platform, shop, order_status, previous_buyer, previous_agent)
    with open_desk(rasa=rasa) as desk:
        answer = desk.suggester.suggest(inquiry, desk.shop_of(inquiry), k)
    say(to_json(answer_json(answer)) if as_json else _page(answer))


def _inquiry(
    text: str, platform: str, shop: str | None, status: str | None, previous_buyer: str, previous_agent: str
) -> Inquiry:
    fields = {"status": status} if status else {}
    order, warnings = parse_order(fields)
    if warnings:
        raise InputError(f"--order-status {status!r} is not known")
    context, _ = build_context(fields, {})
    return Inquiry(
        text=clean(text),
        platform=Platform.parse(platform),
        shop=shop,
        previous_buyer=clean_optional(previous_buyer),
        previous_agent=clean_optional(previous_agent),
        context=context if status else Context(),
        order=order if status else Order(),
    )


def _suggest_file(file: Path, out: Path, k: int, *, rasa: bool, as_json: bool) -> None:
    total = count_lines(file)
    if not total:
        raise InputError(f"{file}: holds no dialogue")
    failed = 0
    with open_desk(rasa=rasa) as desk, writing(out) as stream:
        for line in with_progress(read_jsonl(file), total, "suggest"):
            record = _answer_line(desk, line, str(file), k)
            failed += "error" in record
            stream.write(to_json(record) + "\n")
    summary = {"lines": total, "errors": failed, "out": str(out)}
    say(to_json(summary) if as_json else f"{total} lines, {failed} with an error -> {out}")


def _answer_line(desk: Desk, line: JsonLine, file: str, k: int) -> dict[str, Any]:
    raw_id = line.value.get("id")
    name = raw_id if isinstance(raw_id, str) else f"line-{line.number}"
    try:
        if line.error is not None:
            raise line.error
        inquiry = inquiry_of(parse_dialogue(line.value, file, line.number))
        answer = desk.suggester.suggest(inquiry, desk.shop_of(inquiry), k)
    except HuashuError as error:
        tell(f"huashu: {file}:{line.number}: {error}" if not str(error).startswith(file) else f"huashu: {error}")
        return {"id": name, "error": str(error)}
    return {"id": name, **answer_json(answer)}


def _page(answer: Answer) -> str:
    """An answer for a person at a terminal."""
    lines = [f"意图  {_guesses(answer)}", f"去向  {answer.route.value}：{answer.reason}"]
    for number, item in enumerate(answer.suggestions, start=1):
        candidate = item.candidate
        lines.append(f"\n{number}. {candidate.text}")
        scores = candidate.scores
        lines.append(
            f"   {candidate.reply.id}  把握{candidate.confidence:.0%}（语义{scores.dense:.2f} "
            f"关键词{scores.keyword:.2f} 意图{scores.prior:.2f}），已核对{item.verdict.clauses_checked}条规则"
        )
        if candidate.missing_slots:
            lines.append(f"   还缺：{'、'.join(candidate.missing_slots)}")
        lines.extend(f"   提醒 {finding.clause}：{finding.why}" for finding in item.verdict.findings)
    lines.extend(f"\n拦下 {item.reply_id}：{item.findings[0].why}" for item in answer.blocked)
    lines.extend(f"\n注意：{note}" for note in answer.notes)
    times = answer.timings
    lines.append(
        f"\n用时  共{times.total:.1f}毫秒（理解{times.understand:.1f} 编码{times.encode:.1f} 检索{times.search:.1f} "
        f"排序{times.rank:.1f} 检查{times.check:.1f}）"
    )
    return "\n".join(lines)


def _guesses(answer: Answer) -> str:
    shown = answer.understanding.topics[:3] or answer.understanding.intents[:3]
    return "，".join(f"{guess.name} {guess.confidence:.0%}" for guess in shown) or "（没读出来）"
