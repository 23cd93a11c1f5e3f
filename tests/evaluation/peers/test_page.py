from __future__ import annotations

from evaluation.peers.catalogue import Entry, Runtime
from evaluation.peers.job import Facts
from evaluation.peers.page import Row, markdown
from evaluation.peers.running import Outcome
from evaluation.peers.scoring import Duel, Figures, Shown

FIGURES = Figures(Shown(46, 0.8, 0.95, 0.87), Shown(53, 0.7, 0.9, 0.81), 0.0, 0.25, None, 12.34, 56.78)
OUTCOME = Outcome(facts=Facts(3.21, 2.5, 501), megabytes=1182)


def test_two_tables_and_what_was_left_out() -> None:
    rows = [
        Row(Entry("huashu", "**Huashu**", Runtime.MAIN), FIGURES, OUTCOME, None),
        Row(Entry("bm25", "BM25", Runtime.PEERS), FIGURES, OUTCOME, Duel(27, 2, 1.6e-06)),
    ]
    page = markdown(rows, [(Entry("txtai", "txtai", Runtime.PEERS), "it is not there")], "2 cores")
    assert page.startswith("53 messages about business, 46 of them clear alone; 2 cores.\n")
    assert "| **Huashu** | 0.800 | 0.950 | 0.700 | 0.900 | 0.810 | 0.000 | 0.250 |  |  |" in page
    assert "| BM25 | 0.800 | 0.950 | 0.700 | 0.900 | 0.810 | 0.000 | 0.250 |  | 27 / 2 / 1.6e-06 |" in page
    assert "| BM25 | 12.3 | 56.8 | 3.2 | 2.5 | 1182 | 501 |" in page
    assert page.endswith("Left out: txtai (it is not there).\n")
