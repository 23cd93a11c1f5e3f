"""`huashu check`: what the platform's rules say about a text, or about every text of a file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from cli.output import Exit, say, tell, to_json
from cli.progress import with_progress
from compliance.checker import Checker
from contracts.context import Context
from contracts.errors import DataError, HuashuError, InputError
from contracts.finding import Verdict
from contracts.platform import Platform
from desk.assembly import open_checker, open_shops
from desk.settings import load_settings
from desk.wire import verdict_json
from files.atomic import writing
from files.jsonl import JsonLine, count_lines, read_jsonl

_NO_PENALTY = frozenset({"", "none", "无"})
"""How clauses say that a breach costs nothing."""


def check(
    text: Annotated[str | None, typer.Argument(help="The text that is about to leave.")] = None,
    platform: Annotated[str | None, typer.Option(help="tmall, taobao, jd, pdd, douyin or kuaishou.")] = None,
    shop: Annotated[str | None, typer.Option(help="Whose own rules and hints hold as well.")] = None,
    context: Annotated[str, typer.Option(help='State as JSON, e.g. {"order.status":"paid"}.')] = "{}",
    file: Annotated[Path | None, typer.Option(help="Texts as JSON lines {id, platform, text, context}.")] = None,
    out: Annotated[Path | None, typer.Option(help="Where the findings of --file go, a line for each.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Hold a text against the platform's rules; exit 1 when it is blocked."""
    settings = load_settings()
    checker = open_checker(settings)
    if file is not None:
        if text is not None or out is None or shop is not None:
            raise InputError("--file wants --out and neither TEXT nor --shop")
        blocked = _check_file(checker, file, out, as_json=as_json)
    elif text is None or platform is None:
        raise InputError("TEXT and --platform are needed, or --file and --out")
    else:
        sells_on = Platform.parse(platform)
        seller = open_shops(settings).get(shop, sells_on) if shop else None
        verdict = checker.check(text, sells_on, _context(context), seller)
        say(to_json(verdict_json(verdict)) if as_json else _page(text, verdict))
        blocked = verdict.blocked
    if blocked:
        raise typer.Exit(Exit.FINDING)


def _context(raw: str) -> Context:
    try:
        values = json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise InputError(f"--context is not JSON: {str(error)[:200]}") from None
    if not isinstance(values, dict):
        raise InputError("--context must be a JSON object")
    known, warnings = Context().with_values(values)
    for warning in warnings:
        tell(f"huashu: {warning}")
    return known


def _check_file(checker: Checker, file: Path, out: Path, *, as_json: bool) -> bool:
    total = count_lines(file)
    if not total:
        raise InputError(f"{file}: holds no text")
    blocked = failed = 0
    with writing(out) as stream:
        for line in with_progress(read_jsonl(file), total, "check"):
            record = _check_line(checker, line, str(file))
            failed += "error" in record
            blocked += record.get("blocked", False)
            stream.write(to_json(record) + "\n")
    summary = {"lines": total, "blocked": blocked, "errors": failed, "out": str(out)}
    say(to_json(summary) if as_json else f"{total} lines, {blocked} blocked, {failed} with an error -> {out}")
    return blocked > 0


def _check_line(checker: Checker, line: JsonLine, file: str) -> dict[str, Any]:
    raw_id = line.value.get("id")
    name = raw_id if isinstance(raw_id, str) else f"line-{line.number}"
    try:
        if line.error is not None:
            raise line.error
        text, platform, context = _fields(line, file)
        known, warnings = Context().with_values(context)
        for warning in warnings:
            tell(f"huashu: {file}:{line.number}: {warning}")
        return {"id": name, **verdict_json(checker.check(text, platform, known))}
    except HuashuError as error:
        tell(f"huashu: {error}")
        return {"id": name, "error": str(error)}


def _fields(line: JsonLine, file: str) -> tuple[str, Platform, dict[str, Any]]:
    text, name, context = line.value.get("text"), line.value.get("platform"), line.value.get("context") or {}
    for field, value, kind in (("text", text, str), ("platform", name, str), ("context", context, dict)):
        if not isinstance(value, kind):
            raise DataError("is missing or of the wrong kind", file=file, line=line.number, field=field)
    try:
        platform = Platform.parse(str(name))
    except InputError as error:
        raise DataError(str(error), file=file, line=line.number, field="platform") from None
    return str(text), platform, dict(context)


def _page(text: str, verdict: Verdict) -> str:
    """A verdict for a person at a terminal."""
    if verdict.clean:
        return f"可以发送：核对了{verdict.clauses_checked}条规则，没有问题"
    lines = ["不能发送" if verdict.blocked else "可以发送，但请看提醒"]
    for finding in verdict.findings:
        start, end = finding.span
        lines.append(f"\n{finding.severity.value}  {finding.clause}  「{text[start:end]}」")
        lines.append(f"  为什么：{finding.why}")
        lines.append(f"  可以说：{finding.instead}")
        if finding.penalty not in _NO_PENALTY:
            lines.append(f"  平台处罚：{finding.penalty}")
    return "\n".join(lines)
