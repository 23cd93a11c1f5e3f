from __future__ import annotations

import pytest

from contracts.clause import Severity
from contracts.finding import Finding, Verdict

WARN = Finding("a.b", Severity.WARN, (0, 1), "为什么", "怎么说")
BLOCK = Finding("c.d", Severity.BLOCK, (0, 1), "为什么", "怎么说")


@pytest.mark.parametrize(
    ("findings", "blocked", "clean"),
    [((), False, True), ((WARN,), False, False), ((WARN, BLOCK), True, False), ((BLOCK,), True, False)],
)
def test_only_a_blocking_finding_blocks(findings: tuple[Finding, ...], blocked: bool, clean: bool) -> None:
    verdict = Verdict(findings, 7)
    assert verdict.blocked is blocked
    assert verdict.clean is clean
