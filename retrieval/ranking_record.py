"""The fitted ranking as a file: `data/ranking.yml`, written by `huashu replies fit` or learnt from decisions."""

from __future__ import annotations

from pathlib import Path

from pydantic import BaseModel, ConfigDict

from files.atomic import write_text
from files.records import read_mapping
from retrieval.ranking import Weights

RANKING_FILE = "ranking.yml"
"""Below `data/`; where it is missing, `Weights()` rank."""

_HEADER = """\
# How two searches and the intent model become one confidence (docs/decisions/0004).
# Written by %s.
"""

_FROM_LINES = "`huashu replies fit --write` from training lines that nothing else was trained on"


class _Record(BaseModel):
    """The coefficients of `Weights`."""

    model_config = ConfigDict(extra="forbid", allow_inf_nan=False)

    bias: float
    dense: float
    keyword: float
    prior: float


def load_weights(data: Path) -> Weights:
    """The weights below `data`. Raises DataError for a file that cannot be used."""
    path = data / RANKING_FILE
    if not path.exists():
        return Weights()
    record = read_mapping(path, _Record).value
    return Weights(record.bias, record.dense, record.keyword, record.prior)


def save_weights(data: Path, weights: Weights, source: str = _FROM_LINES) -> None:
    """Write the weights below `data`, in one step; `source` says what wrote them, and from what."""
    values = {"bias": weights.bias, "dense": weights.dense, "keyword": weights.keyword, "prior": weights.prior}
    lines = "".join(f"{name}: {value:.3f}\n" for name, value in values.items())
    write_text(data / RANKING_FILE, _HEADER % source + lines)
