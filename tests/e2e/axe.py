"""axe, which finds what people with a screen reader or without a mouse would stumble over."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Frame, Page

from desk.settings import PROJECT
from tests.e2e.chromium import lacking

SCRIPT = PROJECT / "panel" / "node_modules" / "axe-core" / "axe.min.js"
SERIOUS = ("serious", "critical")
_RUN = """async () => {
  const found = await axe.run(document, { resultTypes: ['violations'] })
  return found.violations.map(({ id, impact, nodes }) => ({
    id, impact, where: nodes.slice(0, 5).map((node) => `${node.target.join(' ')}: ${node.failureSummary}`),
  }))
}"""


def axe_source(path: Path = SCRIPT) -> str:
    """The script, which comes with what builds the panel."""
    if not path.is_file():
        lacking("axe-core is not there (make setup fetches it)")
    return path.read_text(encoding="utf-8")


def faults(page: Page | Frame) -> list[str]:
    """The serious and critical faults of a page as it stands, each with where it is."""
    page.evaluate(axe_source())
    found = page.evaluate(_RUN)
    return [f"{fault['id']}: {where}" for fault in found if fault["impact"] in SERIOUS for where in fault["where"]]
