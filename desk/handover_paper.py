"""The handover book as a table for spreadsheets and as a page for the printer."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from html import escape
from zoneinfo import ZoneInfo

from contracts.masking import mask
from contracts.shop import Shop
from desk.handover_book import BookPage
from desk.storage.handovers import BookEntry, EntryKind, EntryState

CSV_COLUMNS = (
    "时段", "类别", "状态", "买家", "要什么", "已回复", "已收集", "待办", "承诺与期限", "备注", "处理人", "更新时间"
)  # fmt: skip

KINDS = {EntryKind.URGENT: "紧急", EntryKind.CUSTOMER: "移交客户", EntryKind.LEAD: "潜在客户"}
STATES = {EntryState.OPEN: "待处理", EntryState.TAKEN: "已接手", EntryState.DONE: "已办"}

_STYLE = """
body { font: 13px/1.5 "Noto Sans CJK SC", "Microsoft YaHei", sans-serif; margin: 24px; color: #000; }
h1 { font-size: 18px; margin: 0 0 4px; } p { margin: 0 0 12px; }
table { border-collapse: collapse; width: 100%; } tr { break-inside: avoid; } thead { display: table-header-group; }
th, td { border: 1px solid #777; padding: 4px 6px; text-align: left; vertical-align: top; }
td.box { font-size: 18px; text-align: center; } tr.urgent td { font-weight: bold; }
@media print { body { margin: 0; } }
"""


def csv_rows(entries: Iterable[BookEntry], shop: Shop, *, masked: bool) -> list[list[str]]:
    """A row for each entry; with `masked` no telephone numbers, addresses and the like."""
    rows = [_row(entry, ZoneInfo(shop.timezone)) for entry in entries]
    return [[mask(cell) for cell in row] for row in rows] if masked else rows


def paper(page: BookPage, shop: Shop, now: datetime) -> str:
    """The page as HTML that needs nothing else."""
    zone = ZoneInfo(shop.timezone)
    open_ones = sum(entry.state is not EntryState.DONE for entry in page.entries)
    heads = "".join(
        f"<th>{head}</th>" for head in ("办", "类别", "买家", "要什么", "待办", "已收集", "承诺与期限", "备注")
    )
    body = "".join(_line(entry, zone) for entry in page.entries) or '<tr><td colspan="8">没有要交接的事</td></tr>'
    title = escape(f"{shop.name} 交接记录本")
    about = f"{_time(now, zone)} 打印，共{len(page.entries)}条，未办{open_ones}条"
    return (
        f'<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>{title}</title>'
        f"<style>{_STYLE}</style></head><body><h1>{title}</h1><p>{about}</p>"
        f"<table><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table></body></html>"
    )


def _line(entry: BookEntry, zone: ZoneInfo) -> str:
    _, kind, _, buyer, wants, _, collected, asks, promises, note, _, _ = _row(entry, zone)
    box = "☑" if entry.state is EntryState.DONE else "☐"
    cells = "".join(f"<td>{_lines(cell)}</td>" for cell in (kind, buyer, wants, asks, collected, promises, note))
    urgent = ' class="urgent"' if entry.kind is EntryKind.URGENT else ""
    return f'<tr{urgent}><td class="box">{box}</td>{cells}</tr>'


def _lines(cell: str) -> str:
    return escape(cell).replace("\n", "<br>")


def _row(entry: BookEntry, zone: ZoneInfo) -> list[str]:
    said = entry.entry
    promises = [
        f"{promise['text']}（{_time(datetime.fromisoformat(promise['due']), zone)}）"
        if promise["due"]
        else promise["text"]
        for promise in said.get("promises", ())
    ]
    began = entry.place.period
    return [
        _time(datetime.fromisoformat(began), zone) if began else "",
        KINDS[entry.kind],
        STATES[entry.state],
        entry.buyer_name or entry.buyer,
        said.get("wants", ""),
        "\n".join(item["text"] for item in said.get("answered", ())),
        "\n".join(f"{name}: {value}" for name, value in said.get("collected", {}).items()),
        "\n".join(said.get("asks", ())),
        "\n".join(promises),
        entry.note,
        entry.changed_by,
        _time(entry.updated_at, zone),
    ]


def _time(moment: datetime, zone: ZoneInfo) -> str:
    return moment.astimezone(zone).strftime("%Y-%m-%d %H:%M")
