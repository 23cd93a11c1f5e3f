"""What the checker says about a text."""

from __future__ import annotations

from dataclasses import dataclass

from contracts.clause import Severity


@dataclass(frozen=True)
class Finding:
    """A breach of one clause at `span` (start, end in characters of the text as given).

    `penalty` is what the platform does about it, as the clause says it.
    """

    clause: str
    severity: Severity
    span: tuple[int, int]
    why: str
    instead: str
    penalty: str = ""


@dataclass(frozen=True)
class Verdict:
    """All findings for one text, and how many clauses were applied to it."""

    findings: tuple[Finding, ...] = ()
    clauses_checked: int = 0

    @property
    def blocked(self) -> bool:
        return any(finding.severity is Severity.BLOCK for finding in self.findings)

    @property
    def clean(self) -> bool:
        return not self.findings
