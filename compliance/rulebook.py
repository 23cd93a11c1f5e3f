"""The catalogue as a page for people, in Markdown: `docs/rules.md`; one clause of it for `huashu clauses show`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from compliance import in_words
from compliance.catalogue import Catalogue
from compliance.learnt.gate import learnable
from contracts.clause import Clause, Example

COMMAND = "huashu clauses docs --out docs/rules.md"
"""What writes the page."""

_PLAIN_EXAMPLES = 2
_EXAMPLES = 3
_MARKUP = re.compile(r"([\\`*_\[\]<>|~])")

_OPENING = f"""\
# 平台规则 Platform rules

<!-- Written by `{COMMAND}` from data/clauses; change the clauses, not this page. -->

每条发出去的话都要过这些规则。一条规则写着：它说什么，违反了会怎样，平台怎么罚，出处在哪，怎么查，该怎么说，哪些话会被查出来，哪些话没问题。

- **拦下**：发不出去，谁写的都一样。**提醒**：发得出去，先看一眼。**可关闭的提示**：只是说话方式上的建议，店铺可以关掉。
- **未核实**：规则和处罚来自公开的文章，没有和平台的规则原文对过。依靠它之前，请先到平台的规则中心核对。
- **另看意思**：字眼对不上时，再由从标注过的客服话里学出来的检查判断；字眼对上、意思却明显不是的，它会放过。
  电话、账号、链接照字面查，不放过。
- 例句前的括号是当时的状态：同一句话，状态不同，对错也不同。

Every text that leaves is held against these rules. 拦下 blocks, 提醒 warns, 可关闭的提示 is advice on manner
that a shop may switch off; 未核实 means that nobody has compared the clause with the platform's own text.
"""


def rulebook(catalogue: Catalogue) -> str:
    """The whole page: a table of contents with counts, then the clauses common to all platforms, to several, to one."""
    chapters = _chapters(catalogue)
    parts = [_OPENING, _contents(chapters, catalogue)]
    for title, clauses in chapters.items():
        parts.append(f"## {title}\n")
        parts += [section(catalogue, clause) for clause in clauses]
    return "\n".join(parts)


def section(catalogue: Catalogue, clause: Clause) -> str:
    """One clause, headed by its id."""
    learnt = clause.id in learnable(catalogue)
    lines = [
        f"### {clause.id}",
        "",
        _text(clause.statement_zh),
        "",
        _text(clause.statement_en),
        "",
        f"- 适用：{in_words.platforms(clause)}",
        f"- 违反时：{in_words.severity(clause)}",
        f"- 处罚：{_text(clause.penalty)}",
        f"- 出处：{in_words.source(clause.source)}",
        f"- 怎么查：{in_words.check(clause, learnt=learnt)}",
        f"- 为什么：{_text(clause.why)}",
        f"- 可以说：{_text(clause.instead)}",
        "- 会查出来：",
        *_examples(clause.violating),
        "- 没问题：",
        *_examples(clause.compliant),
        "",
    ]
    return "\n".join(lines)


def _chapters(catalogue: Catalogue) -> Mapping[str, Sequence[Clause]]:
    """The clauses by chapter; each stands in one chapter only."""
    every = len(in_words.PLATFORMS)
    chapters = {
        "所有平台 All platforms": [clause for clause in catalogue.clauses if len(clause.platforms) == every],
        "几个平台 Several platforms": [clause for clause in catalogue.clauses if 1 < len(clause.platforms) < every],
    }
    for platform, name in in_words.PLATFORMS.items():
        only = frozenset((platform,))
        chapters[f"{name} {platform.value}"] = [clause for clause in catalogue.clauses if clause.platforms == only]
    return {title: clauses for title, clauses in chapters.items() if clauses}


def _contents(chapters: Mapping[str, Sequence[Clause]], catalogue: Catalogue) -> str:
    lines = ["## 目录 Contents", "", "| 章 | 规则 | 拦下 | 提醒 | 可关闭的提示 |", "|---|---|---|---|---|"]
    for title, clauses in chapters.items():
        lines.append(f"| [{title}](#{title.lower().replace(' ', '-')}) | {_counts(clauses)} |")
    lines += [
        f"| 合计 | {_counts(catalogue.clauses)} |",
        "",
        "每个平台要守的规则 Rules that hold on each platform:",
        "",
    ]
    lines += ["| 平台 | 规则 | 拦下 | 提醒 | 可关闭的提示 |", "|---|---|---|---|---|"]
    for platform, name in in_words.PLATFORMS.items():
        lines.append(f"| {name} {platform.value} | {_counts(catalogue.for_platform(platform))} |")
    verified = sum(clause.source.verified_on is not None for clause in catalogue.clauses)
    lines += ["", f"核实过的：{verified}条，未核实的：{len(catalogue.clauses) - verified}条。", ""]
    return "\n".join(lines)


def _counts(clauses: Sequence[Clause]) -> str:
    """Cells of a table: all, those that block, those that warn, hints."""
    hints = sum(clause.hint for clause in clauses)
    blocks = sum(clause.severity.value == "block" for clause in clauses)
    return " | ".join(str(count) for count in (len(clauses), blocks, len(clauses) - blocks - hints, hints))


def _examples(examples: Sequence[Example]) -> Iterator[str]:
    """Up to three examples, one read in a state among them where there is one."""
    plain = [example for example in examples if not example.context]
    staged = [example for example in examples if example.context]
    few = plain[: _PLAIN_EXAMPLES if staged else _EXAMPLES]
    for example in (*few, *staged[: _EXAMPLES - len(few)]):
        state = in_words.context(example.context)
        yield f"  - {f'（{_text(state)}）' if state else ''}{_code(example.text)}"


def _code(text: str) -> str:
    """A text shown exactly as it is."""
    plain = " ".join(text.split())
    return f"`` {plain} ``" if "`" in plain else f"`{plain}`"


def _text(text: str) -> str:
    """Prose on one line, in which nothing is read as markup."""
    return _MARKUP.sub(r"\\\1", " ".join(text.split()))
